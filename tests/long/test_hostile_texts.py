"""Ten thousand scraps each as specifications, presets and tables of colours: understood, or one sentence.

`pytest tests/long/test_hostile_texts.py` takes some minutes.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.stack import Stack
from tests.engine.pictures import stacks
from tests.engine.test_hostile_texts import SCRAPS, try_preset, try_specification, try_table

many = settings(max_examples=10_000)


@many
@given(stack=stacks(3), scrap=SCRAPS, place=st.floats(0, 1))
def test_specifications(stack: Stack, scrap: str, place: float) -> None:
    try_specification(stack, scrap, place)


@many
@given(cut=st.integers(0, 100), scrap=SCRAPS)
def test_presets(tmp_path_factory: pytest.TempPathFactory, cut: int, scrap: str) -> None:
    try_preset(tmp_path_factory.getbasetemp(), cut, scrap)


@many
@given(cut=st.integers(0, 80), scrap=SCRAPS)
def test_tables(tmp_path_factory: pytest.TempPathFactory, cut: int, scrap: str) -> None:
    try_table(tmp_path_factory.getbasetemp(), cut, scrap)
