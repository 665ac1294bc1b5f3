"""Headers of JPEG XL: fields bit by bit as the standard lays them out, and heads that are cut short or changed."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.files import jxl_header
from engine.files.format import Facts, UnsupportedError
from engine.files.formats import jxl

EIGHTHS = (1, 1), (5, 1), (3, 0), (5, 0)
"""8 x 16 pixels."""
WHOLE_8, FLOAT_32, FLOAT_24 = ((1, 0), (2, 0)), ((1, 1), (2, 0), (4, 7)), ((1, 1), (2, 2), (4, 7))
WHOLE_20 = (1, 0), (2, 3), (6, 19)
GREY, DEFAULT_COLOURS = ((1, 0), (1, 0), (2, 1)), ((1, 1),)
GREY_WITH_PROFILE = (1, 0), (1, 1), (2, 1)
NAMED_BLACK = (1, 0), (2, 2), (4, 2), *WHOLE_8, (2, 0), (2, 1), (4, 1), (8, 65)
"""A channel of kind 4 and the name A."""
FIELDS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 1023)), max_size=60)


def codestream(*fields: tuple[int, int]) -> bytes:
    """The signature, then numbers of so many bits each, the least significant first."""
    number = at = 0
    for count, value in fields:
        number |= (value & ((1 << count) - 1)) << at
        at += count
    return jxl_header.SIGNATURE + number.to_bytes(at // 8 + 20, "little")


def metadata(
    depth: tuple[tuple[int, int], ...],
    colours: tuple[tuple[int, int], ...],
    channels: tuple[tuple[int, int], ...] = ((2, 0),),
) -> bytes:
    """A head with these fields (ISO/IEC 18181-1, D.3), no turn and no XYB."""
    return codestream(*EIGHTHS, (1, 0), (1, 0), *depth, (1, 1), *channels, (1, 0), *colours)


def test_grey_is_told_beside_a_profile() -> None:
    for colours, profile in ((GREY, False), (GREY_WITH_PROFILE, True)):
        header = jxl_header.read(metadata(WHOLE_8, colours))
        assert (header.width, header.height, header.grey, header.profile, header.xyb) == (8, 16, True, profile, False)
    assert not jxl_header.read(metadata(WHOLE_8, DEFAULT_COLOURS)).grey


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (metadata(WHOLE_20, GREY), "has 20-bit whole numbers"),
        (metadata(FLOAT_24, GREY), "has 24-bit floats"),
        (metadata(WHOLE_8, DEFAULT_COLOURS, ((2, 1), *NAMED_BLACK)), "is in CMYK"),
    ],
    ids=["whole", "floats", "black"],
)
def test_what_the_plugin_cannot_give_is_refused_by_its_header(head: bytes, said: str) -> None:
    with pytest.raises(UnsupportedError, match=said):
        jxl.examine(BytesIO(head))


def test_memory_grows_with_depth_and_channels() -> None:
    plain = jxl.examine(BytesIO(metadata(WHOLE_8, GREY)))
    deep = jxl.examine(BytesIO(metadata(FLOAT_32, GREY)))
    many = jxl.examine(BytesIO(metadata(WHOLE_8, GREY, ((2, 2), (4, 3), *((1, 1),) * 5))))
    assert (plain.depth, deep.depth, many.channels) == (8, 32, 2)
    assert plain.work < deep.work
    assert many.work - plain.work == 8 * 16 * jxl.CHANNEL_DECODING * 5


def test_previews_and_animations_are_stepped_over() -> None:
    preview = (1, 1), (1, 1), (2, 2), (5, 7), (3, 1)
    animation = (1, 1), (2, 2), (10, 23), (2, 0), (2, 1), (3, 5), (1, 0)
    turned = (1, 1), (3, 5), (1, 1), *EIGHTHS, *preview, *animation
    head = codestream(*EIGHTHS, (1, 0), *turned, *WHOLE_8, (1, 1), (2, 0), (1, 0), *GREY)
    header = jxl_header.read(head)
    assert (header.orientation, header.animated, header.grey, header.bits) == (6, True, True, 8)


def test_a_head_cut_short_is_an_error() -> None:
    whole = metadata(WHOLE_8, GREY, ((2, 1), *NAMED_BLACK[:-1], (8, 65)))
    short = (sum(count for count, _ in (*EIGHTHS, *WHOLE_8, *NAMED_BLACK)) + 10) // 8
    for length in range(short):
        with pytest.raises(ValueError, match=r"end early|no codestream"):
            jxl_header.read(whole[:length])


@settings(max_examples=300)
@given(FIELDS, st.booleans())
def test_a_head_of_any_fields_ends(fields: list[tuple[int, int]], boxed: bool) -> None:
    data = codestream(*EIGHTHS, (1, 0), *fields)
    if boxed:
        data = jxl.CONTAINER + (len(data) + 12).to_bytes(4, "big") + b"jxlp" + bytes(4) + data
    try:
        facts = jxl.examine(BytesIO(data))
    except (ValueError, UnsupportedError):
        return
    assert isinstance(facts, Facts)
    assert facts.width * facts.height == 8 * 16
