"""The text of a step, taken apart and put together."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError
from engine.grammar import format_specification, parse_specification

NAMES = st.text(string.ascii_lowercase + "-", min_size=1, max_size=12).filter(lambda name: name.strip("-"))
VALUES = st.one_of(
    st.text(st.characters(exclude_characters="\"'", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["[0 0; 0.5 0.6; 1 1]", "[", "[a],b", "it's", 'say "x"', " ", "\n", "a[b", "]", "="]),
)


@given(name=NAMES, parameters=st.dictionaries(NAMES, VALUES, max_size=4))
def test_put_together_and_taken_apart_is_the_same(name: str, parameters: dict[str, str]) -> None:
    text = format_specification(name, parameters.items())
    assert parse_specification(text) == (name, parameters)


@given(text=st.text(string.printable, max_size=30))
def test_any_text_is_understood_or_refused_with_a_sentence(text: str) -> None:
    try:
        name, parameters = parse_specification(text)
    except SpecError:
        return
    assert name
    assert all(parameters)


@pytest.mark.parametrize(
    ("text", "name", "parameters"),
    [
        ("invert", "invert", {}),
        ("invert:", "invert", {}),
        (" gamma : gamma = 2 ", "gamma", {"gamma": "2"}),
        ("a:b=1,c=2", "a", {"b": "1", "c": "2"}),
        ("a:b='x, y: z',c=\"it's\"", "a", {"b": "x, y: z", "c": "it's"}),
        ("a:points=[0 0, 1 1; 2 2],b=3", "a", {"points": "[0 0, 1 1; 2 2]", "b": "3"}),
        ("a:b=", "a", {"b": ""}),
        ("a:b=c=d", "a", {"b": "c=d"}),
    ],
)
def test_examples(text: str, name: str, parameters: dict[str, str]) -> None:
    assert parse_specification(text) == (name, parameters)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no filter"),
        (":a=1", "names no filter"),
        ("gamma:2", "'2' in 'gamma:2' is not parameter=value"),
        ("gamma:=2", "is not parameter=value"),
        ("gamma:gamma=2,", "is not parameter=value"),
        ("gamma:gamma=1,gamma=2", "'gamma' is given twice"),
        ("a:b='x", "lacks a closing '"),
        ("a:b=[1 2", "lacks a closing ]"),
    ],
)
def test_what_cannot_be_understood_is_named(text: str, words: str) -> None:
    with pytest.raises(SpecError) as refusal:
        parse_specification(text)
    assert words in str(refusal.value)
