"""Lines of ImageMagick: each operator's filter, what is said of those that differ, and lines that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError
from engine.presets.magick import from_magick
from engine.presets.magick.geometry import plain
from engine.presets.magick.turning import known_operators
from engine.stack import Stack


@pytest.mark.parametrize(
    ("operators", "filters"),
    [
        ("-blur 0x2.5", ["gaussian-blur:sigma=2.5"]),
        ("-gaussian-blur 3", ["gaussian-blur:sigma=1"]),
        ("-unsharp 0x1+2+0", ["unsharp-mask:radius=1,amount=2,threshold=0"]),
        ("-resize 50%", ["resize:scale=50"]),
        ("-resize 800x600", ["resize:width=800,height=600"]),
        ("-resize 800x600!", ["resize:width=800,height=600,fit=stretch"]),
        ("-resize x600", ["resize:height=600"]),
        ("-resize 800x600>", ["resize:width=800,height=600,fit=shrink"]),
        ("-scale 25%", ["resize:scale=25,kernel=area"]),
        ("-rotate 450", ["rotate-90:turns=1"]),
        ("-rotate -90", ["rotate-90:turns=3"]),
        ("-rotate 0", []),
        ("-background none -rotate 10", ["rotate:angle=10,border=transparent"]),
        ("-flip -flop", ["flip:direction=vertical", "flip:direction=horizontal"]),
        ("-transpose", ["rotate-90:turns=1", "flip:direction=horizontal"]),
        ("-gravity Center -crop 50%x80%+0+0 +repage", ["crop:left=25,right=25,top=10,bottom=10"]),
        ("-crop 60%x100%+0+0", ["crop:right=40"]),
        ("-bordercolor #123 -border 12", ["canvas:size=12,colour=#112233"]),
        ("-bordercolor PapayaWhip -border 3", ["canvas:size=3,colour=#ffefd5"]),
        ("-bordercolor red +bordercolor -border 3", ["canvas:size=3,colour=#dfdfdf"]),
        ("-background black +background -rotate 10", ["rotate:angle=10,border=white"]),
        ("-negate", ["invert"]),
        ("-gamma 1.4", ["gamma:gamma=1.4"]),
        ("-level 10%,90%,1.2", ["levels:black=0.1,white=0.9,mid=1.2"]),
        ("-level 6553.5", ["levels:black=0.1,white=0.9"]),
        ("-brightness-contrast 20", ["brightness:amount=0.2"]),
        ("-evaluate multiply 2 -evaluate Add 10%", ["exposure:ev=1", "brightness:amount=0.1"]),
        ("-sigmoidal-contrast 0", []),
        ("-auto-level", ["auto-contrast:clip=0"]),
        ("-solarize 40%", ["solarise:threshold=0.4"]),
        ("-posterize 4", ["posterise:levels=4"]),
        ("-modulate 100,100,100", []),
        ("-modulate 200", ["exposure:ev=1"]),
        ("-colorspace Gray", ["greyscale"]),
        ("-statistic Median 5x5", ["median:radius=2"]),
        ("-morphology Open Square:3", ["open:radius=3"]),
        ("-strip -quality 85 -auto-orient", []),
    ],
)
def test_an_operator_becomes_a_filter(operators: str, filters: list[str]) -> None:
    turned = from_magick(f"convert in.jpg {operators} out.png")
    assert turned.specifications == filters
    assert turned.sources == ["in.jpg"]
    assert turned.options[-2:] == ["--format", "png"]
    assert not [each for each in turned.left if "+repage" not in each]


@pytest.mark.parametrize(
    ("operators", "why"),
    [
        ("-liquid-rescale 50%", "-liquid-rescale 50%: Safelight has nothing like it"),
        ("-resize 100x100^", "is filled"),
        ("-crop 100x100+5+5", "cut by percent"),
        ("-evaluate sine 3", "only multiply, divide, add and subtract"),
        ("-blur nonsense", "nonsense is not what it takes"),
        ("-blur 0x5000", "sigma"),
        ("-gamma 0.8,1,1.2", "channel-curves"),
        ("-border 4x8", "as wide on every side"),
        ("-bordercolor plaid -border 3", "plaid"),
        ("-level 90%,10%", "is no range of tones"),
        ("-statistic Median 4x4", "odd number"),
        ("-morphology Thinning Square", "Dilate, Erode, Open and Close"),
    ],
)
def test_what_cannot_be_is_named_and_the_rest_is_turned(operators: str, why: str) -> None:
    turned = from_magick(["mogrify", *operators.split(), "-negate", "*.jpg"])
    assert turned.specifications == ["invert"]
    assert turned.sources == ["*.jpg"]
    (sentence,) = turned.left
    assert why in sentence


@pytest.mark.parametrize(
    ("line", "sources", "options"),
    [
        ("mogrify -negate a.jpg b.jpg", ["a.jpg", "b.jpg"], ["--in-place"]),
        ("magick mogrify -path out -negate a.jpg b.jpg", ["a.jpg", "b.jpg"], ["-o", "out"]),
        ("mogrify.exe -format png -negate a.jpg", ["a.jpg"], ["--format", "png"]),
        ("convert a.jpg b.jpg -negate c.jpg", ["a.jpg", "b.jpg"], []),
        ("convert a.jpg -negate out/c.JPEG", ["a.jpg"], ["-o", "out"]),
        ("convert a.tif -negate out/c.png", ["a.tif"], ["-o", "out", "--format", "png"]),
        ("convert a.jpg -negate -", ["a.jpg"], ["-o", "-"]),
        ("convert a.jpg -negate png:-", ["a.jpg"], ["-o", "-", "--format", "png"]),
        ("convert a.jpg -negate webp:b.jpg", ["a.jpg"], ["--format", "webp"]),
        ("convert a.jpg -negate", ["a.jpg"], []),
    ],
)
def test_results_go_where_the_line_sends_them(line: str, sources: list[str], options: list[str]) -> None:
    turned = from_magick(line)
    assert (turned.sources, turned.options) == (sources, options)


def test_a_ground_that_is_not_to_be_had_is_said() -> None:
    (sentence,) = from_magick("convert a.jpg -background red -rotate 10 b.jpg").nearly
    assert "white here" in sentence


def test_what_differs_is_said() -> None:
    turned = from_magick("magick in.jpg -resize 800x800< -modulate 110,120 -sepia-tone 80% out.jpg")
    assert [sentence.split(":")[0] for sentence in turned.nearly] == [
        "-resize 800x800<",
        "-modulate 110,120",
        "-sepia-tone 80%",
    ]
    assert not turned.left


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "The line is empty"),
        ("convert", "The line is empty"),
        ("identify a.jpg", "does not change a picture"),
        ("convert 'a.jpg", "check its quotes"),
        ("convert a.jpg -blur", "The line ends"),
        ("convert a.jpg ( b.jpg -negate ) -composite c.jpg", "makes one picture of several"),
    ],
)
def test_what_is_no_such_line_is_refused_in_one_sentence(line: str, why: str) -> None:
    with pytest.raises(SpecError, match=why):
        from_magick(line)


WORDS = st.one_of(
    st.sampled_from(sorted(known_operators())).map(lambda name: f"-{name}"),
    st.sampled_from(
        ["+", "-", "0x1", "50%", "10%,90%", "1e9", "-3", "%", "x", "inf", "nan", "in.jpg", "^", "99999999"]
    ),
    st.text(max_size=5),
)


@given(st.lists(WORDS, max_size=6))
def test_whatever_the_line_its_filters_are_such_or_it_is_refused(words: list[str]) -> None:
    try:
        turned = from_magick(["convert", *words])
    except SpecError:
        return
    if turned.specifications:
        Stack.parse(turned.specifications)


@given(st.floats(-1e6, 1e6))
def test_numbers_are_written_plainly(number: float) -> None:
    assert float(plain(number)) == pytest.approx(number, rel=1e-4, abs=1e-5)
    assert "e" not in plain(number)
