"""The app on a folder of another machine: a real server and a real store, perhaps behind a slow line."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.files.remote import fetched, listing, systems
from engine.sidecars.edits import read_edits
from tests.crashes import make_pictures
from tests.far import Far, bucket, far, server, sftp, store
from tests.line.shaper import Shaper
from tests.store import Store
from tests.tui.opened import Opened
from tui.app import Safelight
from tui.bridge import ordering, watching
from tui.screens.choose_folder import ChooseFolderScreen

__all__ = ["bucket", "far", "server", "sftp", "store"]
WIDE = (300, 40)
"""Sentences that name long addresses have room."""
NAMES = tuple(f"p{number}.jpg" for number in range(1, 13))


@pytest.fixture(autouse=True)
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Twelve pictures there, and two in a folder below."""
    kinds = [name for name in ("far", "sftp", "bucket") if name in request.fixturenames]
    there: Far = request.getfixturevalue(kinds[0])
    for name in NAMES:
        there.put(f"in/{name}", (make_pictures(tmp_path / "pictures", [name]) / name).read_bytes())
        if name in NAMES[:2]:
            there.put(f"in/below/{name}", (tmp_path / "pictures" / name).read_bytes())


async def ready(app: Safelight, pilot: Pilot[int], count: int = len(NAMES)) -> Opened:
    """The app with all names, and a picture."""
    case = Opened(app, pilot, None)  # type: ignore[arg-type]
    await case.until(lambda: app.has_started and app.main.images.complete)
    assert app.main.images.total == count
    await case.settled()
    return case


async def test_a_folder_is_browsed(far: Far) -> None:
    app = Safelight((f"{far.url}/in",))
    async with app.run_test(size=WIDE) as pilot:
        case = await ready(app, pilot)
        assert [entry.name for entry in app.main.images.entries] == list(NAMES)
        await case.until(lambda: len(app.main.images.facts) == len(NAMES))
        assert not any(facts.error for facts in app.main.images.facts.values())
        assert f"{far.url}/in" in case.text().replace("\n", "")
        await pilot.press("w")
        await case.until(lambda: "▀" in case.text())
        await pilot.press("w", "w", "L")
        await case.until(lambda: isinstance(app.screen, ChooseFolderScreen) and "below" in case.text())
        await pilot.press("down", "down", "enter")
        await case.until(lambda: app.main.images.complete and app.main.images.total == 2)
        assert app.folder == f"{far.url}/in/below"


async def test_edits_stay_here_and_ratings_say_why_not(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFELIGHT_EDITS")
    app = Safelight((f"{far.url}/in",))
    async with app.run_test(size=WIDE) as pilot:
        case = await ready(app, pilot)
        await pilot.press("3")
        await case.until(lambda: "lies on another machine" in case.text())
        await case.develop("invert")
        await case.until(lambda: bool(read_edits(f"{far.url}/in/{NAMES[0]}").stack.steps))
        assert far.names() == {f"in/{name}" for name in NAMES} | {f"in/below/{name}" for name in NAMES[:2]}


async def test_what_comes_and_goes_is_seen(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SECONDS", 0.05)
    monkeypatch.setattr(watching, "SECONDS_AWAY", 0.1)
    app = Safelight((f"{far.url}/in",))
    async with app.run_test(size=WIDE) as pilot:
        case = await ready(app, pilot)
        far.put("in/p13.jpg", far.get("in/p1.jpg"))
        await case.until(lambda: app.main.images.total == len(NAMES) + 1)


async def test_nobody_there_is_a_sentence(sftp: Far) -> None:
    app = Safelight((sftp.url.replace("127.0.0.1", "nobody.invalid"),))
    async with app.run_test(size=WIDE) as pilot:
        case = Opened(app, pilot, None)  # type: ignore[arg-type]
        await case.until(lambda: app.has_started and "there is no host of that name" in case.text())
        assert "No images here." in case.text()


async def test_a_folder_that_is_not_there_is_a_sentence(far: Far) -> None:
    app = Safelight((f"{far.url}/none",))
    async with app.run_test(size=WIDE) as pilot:
        case = Opened(app, pilot, None)  # type: ignore[arg-type]
        await case.until(lambda: app.has_started and "cannot be read" in case.text())


async def test_keys_answer_while_a_line_is_slow(bucket: Far, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a key does waits for an answer: while the folder has not come, the app is there and is left."""
    with Shaper(store.port, 1e9, 5.0) as line:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{line.port}")
        app = Safelight((f"{bucket.url}/in",))
        async with app.run_test(size=WIDE) as pilot:
            case = Opened(app, pilot, None)  # type: ignore[arg-type]
            await case.until(lambda: app.has_started)
            assert "Reading the folder" in case.text()
            await asyncio.wait_for(pilot.press("question_mark"), 2.0)
            assert app.screen is not app.main
            await pilot.press("escape")


async def test_what_cannot_be_done_there_is_not_asked_for(far: Far) -> None:
    app = Safelight((f"{far.url}/in",))
    async with app.run_test(size=(80, 24)) as pilot:
        case = await ready(app, pilot)
        await pilot.press("M")
        for key, deed in (("r", "move"), ("delete", "bin"), ("x", "rate"), ("X", "open")):
            await pilot.press(key)
            assert app.screen is app.main
            await case.until(lambda deed=deed: f"copy it to a disk first, to {deed} it." in case.text())
        assert {name.partition("/")[0] for name in far.names()} == {"in"}


async def test_copies_go_there_and_come_back(far: Far, tmp_path: Path) -> None:
    app = Safelight((f"{far.url}/in",))
    async with app.run_test(size=WIDE) as pilot:
        case = await ready(app, pilot)
        for folder in (f"{far.url}/copies", str(tmp_path / "home")):
            await pilot.press("o", "ctrl+u", "ctrl+k", *folder, "enter")
            await case.until(lambda folder=folder: "1 image copied to" in case.text())
            await pilot.press("down")
    assert far.get(f"copies/{NAMES[0]}") == far.get(f"in/{NAMES[0]}")
    assert (tmp_path / "home" / NAMES[1]).read_bytes() == far.get(f"in/{NAMES[1]}")


async def test_why_a_folder_has_none_is_told_where_there_is_room(sftp: Far) -> None:
    url = sftp.url.replace("127.0.0.1", "localhost")
    app = Safelight((f"{url}/in",))
    async with app.run_test(size=(80, 24)) as pilot:
        case = Opened(app, pilot, None)  # type: ignore[arg-type]
        await case.until(lambda: app.has_started and "check it." in " ".join(case.text().split()))


async def test_orders_come_without_a_request_for_each(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Safelight((f"{far.url}/in",))
    async with app.run_test(size=WIDE) as pilot:
        case = await ready(app, pilot)
        await case.until(lambda: len(app.main.images.facts) == len(NAMES))
        asked = list[str]()
        real = systems.asked
        monkeypatch.setattr(listing, "asked", lambda url, *words: asked.append(url) or real(url, *words))
        monkeypatch.setattr(fetched, "asked", lambda url, *words: asked.append(url) or real(url, *words))
        for order in ("taken", "written", "size", "megapixels", "rating"):
            keys = {}
            for some in ordering.told(order, [entry.path for entry in app.main.images.entries]):
                keys |= some
            assert len(keys) == len(NAMES)
        assert asked == []
