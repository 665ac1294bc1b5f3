"""Every property once more, with examples that chance finds: what the default run leaves out so as to be repeatable."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

USES_HYPOTHESIS = re.compile(r"^@given", re.MULTILINE)
TESTS = Path(__file__).parents[1]
FILES = sorted(
    path.relative_to(TESTS).as_posix()
    for path in TESTS.rglob("test_*.py")
    if "long" not in path.parts and USES_HYPOTHESIS.search(path.read_text())
)


@pytest.mark.parametrize("file", FILES)
def test_properties_hold_for_examples_that_nobody_has_seen(file: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=new", TESTS / file],
        cwd=TESTS.parent,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
