"""What doctor says of formats, with an extra and without."""

from dataclasses import replace

import pytest

from engine.files.format import Extra
from engine.files.formats import formats
from tui.cli.examining.formats import _told, examine


def test_every_format_is_told() -> None:
    facts = examine()
    assert list(facts) == list(formats())
    assert facts["jpeg"] == facts["avif"] == "read and written"


@pytest.mark.parametrize(("name", "ways"), [("heic", "read and written"), ("raw", "read")])
def test_a_missing_extra_is_named(name: str, ways: str) -> None:
    form = formats()[name]
    assert _told(replace(form, extra=Extra(name, "no_such_module"))) == f"not {ways}: pip install 'safelight[{name}]'"
    assert _told(replace(form, extra=Extra(name, "json"))) == f"{ways}, by the extra {name}"
