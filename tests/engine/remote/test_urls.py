"""Names on other machines: what is one, how it is spelled, what is refused before anything is asked."""

import pytest

from engine.confinement import ROOT, barred, unwritable
from engine.errors import ImageError
from engine.files.remote.faults import sentence
from engine.files.remote.listing import listed
from engine.files.remote.ssh import options
from engine.files.remote.url import above, absolute, is_url, parsed
from tests.far import Far


@pytest.mark.parametrize(
    ("given", "one"),
    [
        ("s3://bucket/a//b/../c/", "s3://bucket/a/c"),
        ("S3A://bucket", "s3://bucket"),
        ("ssh://me@host:22/~/photos/", "sftp://me@host:22/~/photos"),
        ("sftp://host/", "sftp://host"),
        ("gs://bucket/x#1?.jpg", "gs://bucket/x#1?.jpg"),
    ],
)
def test_one_spelling(given: str, one: str) -> None:
    assert absolute(given) == absolute(one) == one


def test_paths_are_no_urls() -> None:
    assert not any(map(is_url, ("/a/b", "a:b", "C:/x", "./s3:/x", "")))
    assert is_url("sftp://host/x")


def test_the_folder_around() -> None:
    assert above("s3://bucket/a/b.jpg") == "s3://bucket/a"
    assert above("s3://bucket/a") == "s3://bucket"
    assert above("s3://bucket") == "s3://bucket"
    assert above("/a/b") == "/a"


@pytest.mark.parametrize("url", ["sftp://me:secret@host/x", "s3://key:secret@bucket/x", "s3://key@bucket/x"])
def test_secrets_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ImageError, match="no password and no key") as caught:
        absolute(url)
    assert "secret" not in str(caught.value)
    assert "key@" not in str(caught.value)


@pytest.mark.parametrize(("url", "said"), [("ftp://host/x", "no kind of address"), ("s3:///x", "names no bucket")])
def test_others_are_a_sentence(url: str, said: str) -> None:
    with pytest.raises(ImageError, match=said):
        absolute(url)


def test_nothing_is_reached_from_within_a_root(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert not barred("s3://bucket/x")
    monkeypatch.setenv(ROOT, str(tmp_path))
    assert barred("s3://bucket/x")
    assert unwritable("sftp://host/x")
    with pytest.raises(ImageError, match="outside the only folder"):
        listed("sftp://host/x")


def test_a_server_that_is_not_known_is_not_talked_to(sftp: Far, tmp_path: object) -> None:
    known = tmp_path / "home" / ".ssh" / "known_hosts"  # type: ignore[operator]
    assert listed(sftp.url) == []
    known.write_text("")
    with pytest.raises(ImageError, match="is not known here"):
        listed(sftp.url.replace("sftp://", "sftp://root@"))


def test_a_server_with_another_key_is_not_talked_to(sftp: Far, tmp_path: object) -> None:
    home = tmp_path / "home" / ".ssh"  # type: ignore[operator]
    line = (home / "known_hosts").read_text()
    name = line.split()[0]
    other = "AAAAC3NzaC1lZDI1NTE5AAAAIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII"
    (home / "known_hosts").write_text(f"{name} ssh-ed25519 {other}\n")
    with pytest.raises(ImageError, match="shows another key"):
        listed(sftp.url.replace("sftp://", "sftp://root@"))


def test_hosts_of_ones_own_configuration(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("paramiko")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".ssh"  # type: ignore[operator]
    folder.mkdir()
    (folder / "config").write_text("Host nas\n  HostName 10.0.0.7\n  Port 2222\n  User ann\n")
    found = options("nas")
    assert (found["host"], found["port"], found["username"]) == ("10.0.0.7", 2222, "ann")
    assert options("bob@nas:23")["username"] == "bob"
    assert options("bob@nas:23")["port"] == 23
    assert options("[::1]:5")["host"] == "::1"


@pytest.mark.parametrize("url", ["sftp://127.0.0.1:1/x", "sftp://nobody.invalid/x"])
def test_nobody_there_is_a_sentence(url: str) -> None:
    pytest.importorskip("paramiko")
    with pytest.raises(ImageError, match="is not reached"):
        listed(url)


def test_what_to_try_is_what_would_be_typed() -> None:
    url = parsed("sftp://me@host:2222/x")
    assert "`ssh -p 2222 me@host`" in str(sentence(url, TimeoutError("slow")))
    assert "`ssh me@host`" in str(sentence(url._replace(authority="me@host"), TimeoutError("slow")))


def test_questions_of_addresses_are_not_repeated() -> None:
    said = str(sentence(parsed("s3://b/x"), ConnectionError('no answer: "http://h/b?list-type=2&token=SECRET%2F"')))
    assert 'no answer: "http://h/b"' in said
    assert "SECRET" not in said
