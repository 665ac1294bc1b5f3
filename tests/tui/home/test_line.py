"""The line that fetches files, run by real shells, a real rsync and a real sftp against names of every kind."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.home.line import address, commands, line
from tui.home.quoting import folded, quoted

NAMES = (
    *("plain.jpg", "a b.jpg", "it's.jpg", 'say "hi".jpg', "new\nline.jpg", os.fsdecode(b"b\xff\xfe7.jpg"), "star*.jpg"),
    *("br[ab].jpg", "back\\slash.jpg", "q?.jpg", "semi;$(x)`.jpg", "~tilde", "-dash", "Ä ö.jpg", "e\u0301.jpg", "!x"),
    *("{a,b}", "two\\\\b*.jpg", "end\\", "a:b", "#x", "tab\t", " lead", "trail ", "\u202egpj.exe", "*", "both'\"\\ \n"),
)
HERE = pwd.getpwuid(os.getuid()).pw_name
RSYNC = """#!/bin/sh
while case "$1" in -*) true;; *) false;; esac; do case "$1" in -l | -p) shift;; esac; shift; done
shift
exec sh -c "$*"
"""
SFTP = f"#!/bin/sh\nexec {shutil.which('sftp-server', path='/usr/lib/openssh:/usr/libexec:/usr/lib/ssh')}\n"
texts = st.binary(min_size=1, max_size=60).filter(lambda raw: b"\0" not in raw).map(os.fsdecode)


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """Files of every name, and one for each pattern to catch."""
    folder = tmp_path / "far away"
    folder.mkdir()
    for name in (*NAMES, "starZ.jpg", "bra.jpg", "qq.jpg"):
        (folder / name).write_text(repr(name))
    return folder


def fetched(tmp_path: Path, typed: str, script: str, option: str) -> dict[str, str]:
    """Names and contents after the line was typed in a folder of its own, with a shell here in place of the network."""
    there = tmp_path / "there"
    there.write_text(script)
    there.chmod(0o755)
    near = tmp_path / "near"
    near.mkdir()
    words = typed.split(" ", 1)
    subprocess.run(["bash", "-c", f"{words[0]} {option} {there} {words[1]}"], cwd=near, check=True, capture_output=True)
    return {path.name: path.read_text() for path in near.iterdir()}


@pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed")
def test_rsync_brings_files_of_any_name_and_no_other(tmp_path: Path, far: Path) -> None:
    names = [name for name in NAMES if not ("\\" in name and "*" in name)]
    typed = line([str(far / name) for name in names], {"PATH": os.environ["PATH"]})
    assert typed.startswith("rsync -avP --protect-args ")
    assert typed.isprintable()
    assert fetched(tmp_path, typed, RSYNC, "-e") == {name: repr(name) for name in names}


@pytest.mark.skipif("None" in SFTP, reason="sftp-server is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_sftp_brings_a_file_of_any_name(tmp_path: Path, far: Path, name: str) -> None:
    typed = line([str(far / name)], {"PATH": ""})
    assert typed.startswith("sftp ")
    assert typed.isprintable()
    assert fetched(tmp_path, typed, SFTP, "-S") == {name: repr(name)}


def test_a_name_that_rsync_cannot_be_told_is_fetched_by_sftp() -> None:
    ((program, *_),) = commands(["/a\\b*"], os.environ)
    assert program == "sftp"


def test_the_host_is_the_one_that_ssh_tells() -> None:
    there = {"SSH_CONNECTION": "10.0.0.9 50000 192.0.2.7 2222", "PATH": os.environ["PATH"]}
    assert f"-e 'ssh -p 2222' {HERE}@192.0.2.7:/a.jpg :/b.jpg ." in line(["/a.jpg", "/b.jpg"], there)
    assert line(["/a.jpg"], there | {"PATH": ""}) == f"sftp -P 2222 {HERE}@192.0.2.7:/a.jpg ."
    assert line(["/etc", "/b"], {"PATH": ""}).startswith(f"sftp -r {HERE}@{os.uname().nodename}:/etc . && sftp ")
    assert address({"SSH_CONNECTION": "::2 1 2001:db8::1 22"}) == ("[2001:db8::1]", 22)
    for hostile in ("a b $(x) 22", "1 2 3", "a b 192.0.2.7 x", "-e -e -oProxyCommand=x 22", ""):
        assert address({"SSH_CONNECTION": hostile}) == (os.uname().nodename, 22)


@pytest.mark.parametrize("shell", [shell for shell in ("bash", "zsh", "ksh") if shutil.which(shell)])
def test_a_shell_reads_back_every_byte(shell: str) -> None:
    every = [*NAMES, "".join(map(chr, range(1, 128))), os.fsdecode(bytes(range(1, 256)))]
    script = f"printf '%s\\0' {' '.join(map(quoted, every))}"
    done = subprocess.run([shell, "-c", script], check=True, capture_output=True)
    assert done.stdout == b"".join(os.fsencode(name) + b"\0" for name in every)


@given(st.lists(texts, min_size=1, max_size=5), st.integers(24, 60))
def test_folded_lines_fit_and_say_the_same(words: list[str], width: int) -> None:
    lines = folded(words, width)
    assert all(each.isprintable() for each in lines)
    assert all(len(each) <= width for each in lines)
    assert all(each.endswith("\\") for each in lines[:-1])


def test_a_shell_reads_folded_lines_as_one() -> None:
    words = [*NAMES, "x" * 100, "y z" * 40]
    script = "printf '%s\\0' " + "\n".join(folded(words, 30))
    assert subprocess.run(["bash", "-c", script], check=False, capture_output=True).stdout == b"".join(
        os.fsencode(word) + b"\0" for word in words
    )
