"""Names on other machines as people and programs have made them, and links among them."""

import os
from pathlib import Path

import pytest

from engine.errors import ImageError
from engine.files.edition import edition
from engine.files.folder import scan, walk
from engine.files.limits import Limits
from engine.files.looking import identity, is_folder
from engine.files.source import read
from engine.files.tree import branch
from engine.files.write import write_new
from engine.run.thumbnails import Thumbnails
from engine.sidecars.edits import has_edits
from tests.far import Far

LIMITS = Limits()
ODD = ("a b", "50%20off", "what?", "nr #3", "Å日e\u0301", "quote'\"", "a;b&c=1+2", "star*", "[x]", "back\\slash",
       "esc\x1b[1m", "~tilde", "-dash", "a:b", "ends ", " ", "a@b")  # fmt: skip


def there(far: Far) -> Path:
    """The server's folder as its disk has it."""
    return Path("/" + far.url.removeprefix("sftp://").partition("/")[2])


def test_odd_names_are_listed_read_and_written(far: Far) -> None:
    for name in ODD:
        far.put(f"{name}/{name}.jpg", name.encode())
        write_new(f"{far.url}/{name}/new.jpg", b"new " + name.encode())
    assert set(branch(far.url).folders) == set(ODD)
    for name in ODD:
        assert [entry.name for entry in scan(f"{far.url}/{name}")] == sorted(
            (f"{name}.jpg", "new.jpg"), key=str.casefold
        )
        assert read(f"{far.url}/{name}/{name}.jpg", LIMITS) == name.encode()
        assert far.get(f"{name}/new.jpg") == b"new " + name.encode()


def test_a_name_that_is_no_text_is_one_of_many(sftp: Far, photographs: Path) -> None:
    folder = there(sftp)
    for name in (b"a.jpg", b"b\xff.jpg", b"c.jpg"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(name)
    found = [entry.path for entry in scan(sftp.url)]
    assert [read(path, LIMITS) for path in found] == [b"a.jpg", b"b\xff.jpg", b"c.jpg"]
    url, picture = sftp.url + os.fsdecode(b"/e\xfd.jpg"), photographs / "two-dogs.jpg"
    write_new(url, picture.read_bytes())
    assert Thumbnails().of(url).shape == Thumbnails().of(str(picture)).shape
    assert identity(url) != identity(sftp.url)
    assert not has_edits(url)
    write_new(sftp.url + os.fsdecode(b"/d\xfe.jpg"), b"new")
    assert b"d\xfe.jpg" in os.listdir(os.fsencode(folder))


def test_links_on_a_server_are_as_those_of_a_disk(sftp: Far) -> None:
    folder = there(sftp)
    for name in ("a.jpg", "below/b.jpg"):
        sftp.put(name, b"12345")
    for name, leads in (("link.jpg", "a.jpg"), ("nowhere.jpg", "none"), ("folder", "below"), ("round", ".")):
        (folder / name).symlink_to(leads)
    for inner in ("here", "there"):
        (folder / "below" / inner).symlink_to("..")
    here = [found.relative for found in walk([str(folder)])]
    assert [found.relative for found in walk([sftp.url])] == here == ["a.jpg", "link.jpg", "nowhere.jpg", "below/b.jpg"]
    assert edition(f"{sftp.url}/link.jpg") == edition(f"{sftp.url}/a.jpg")
    assert is_folder(f"{sftp.url}/folder")
    found = branch(sftp.url)
    assert found.folders == ("below", "folder", "round")
    assert found.links == {"folder", "round"}


def test_a_long_folder_is_listed_once_and_whole(sftp: Far) -> None:
    names = {f"p{number}.jpg" for number in range(2500)}
    for name in names:
        sftp.put(name, b"x")
    for _ in range(2):
        found = [entry.name for entry in scan(sftp.url)]
        assert len(found) == len(names)
        assert {*found} == names


def test_objects_whose_names_lead_round_are_left_out(bucket: Far) -> None:
    for name in ("a.jpg", "./b.jpg", "../c.jpg", "in//d.jpg", "in/"):
        bucket.put(name, b"x")
    assert [found.relative for found in walk([bucket.url])] == ["a.jpg"]


def test_a_folder_that_is_not_there(far: Far) -> None:
    far.put("a.jpg", b"x")
    assert "No such file" in branch(f"{far.url}/none").error
    with pytest.raises(ImageError, match="No such file"):
        [*scan(f"{far.url}/none")]
