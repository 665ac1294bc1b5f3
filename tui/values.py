"""Values that the parts of the app show and pass on: images, steps, what a picture shows, what a person chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.parameters import Parameter, Value
    from engine.stack import Stack
    from tui.graphics.tones import Tones


class Entry(NamedTuple):
    """An image of the list."""

    path: str
    name: str
    """As the folder has it: show it through `engine.files.name.show` only."""
    raw: str = ""
    """The camera raw file that was taken with it, where there is one of the same name: both are one picture."""

    @property
    def label(self) -> str:
        """The name with the suffix of its raw file, such as `IMG_1.jpg+nef`."""
        return f"{self.name}+{self.raw.rpartition('.')[2].lower()}" if self.raw else self.name

    @property
    def files(self) -> tuple[str, ...]:
        """All that is copied, moved or binned as one."""
        return (self.path, self.raw) if self.raw else (self.path,)


class Facts(NamedTuple):
    """What a file's first bytes tell. Zero or empty where it could not be told."""

    bytes: int = 0
    width: int = 0
    height: int = 0
    error: str = ""
    rating: int | None = None
    """-1 for rejected, 0 to 5; None where nobody has rated it."""
    edited: bool = False
    """Whether it has edits of its own."""
    taken: float | None = None
    """When it was taken, in seconds since 1970 on the camera's own clock; None where the file does not tell."""
    written: float = 0.0
    """When the file was last written, in seconds since 1970 on the clock of the wall here."""


Order = Literal["name", "taken", "written", "size", "megapixels", "rating"]
"""Of images: by name, by when they were taken (by when the file was written where it does not tell), by when the file
was last written, by bytes, by pixels, by rating. The oldest, the largest and the best come first."""


Thumbs = Literal["none", "beside", "wall"]
"""Where thumbnails are shown: nowhere, beside the names of the list, or on the whole screen."""


class CullRow(NamedTuple):
    """A picture that was culled."""

    sign: str
    """Its place in its group, or that something is wrong with it."""
    said: str
    """A few words on that."""
    sharpness: float | None = None
    """0 to 100; None, as all that follows means nothing, for what cannot be read."""
    share: float = 1.0
    """Of the sharpness of the sharpest in its group."""
    exposure: float = 0.0
    """Stops from mid-grey."""
    black: float = 0.0
    """Share of the pixels that is lost in black."""
    white: float = 0.0
    """The same of white."""


class Cull(NamedTuple):
    """What came of a culling."""

    rows: Mapping[int, CullRow]
    """Pictures by their places among all: group by group, the best of each first, then what is wrong."""
    groups: tuple[tuple[int, ...], ...]
    """The same places, without what is wrong."""
    scored: int
    """How many pictures were looked at."""
    total: int
    """How many there were to look at."""


class StepRow(NamedTuple):
    """A filter of the stack as the panel shows it."""

    filter: str
    on: bool
    values: tuple[tuple[Parameter, Value], ...]


class OfferRow(NamedTuple):
    """A filter that can be added, or a preset."""

    name: str
    group: str
    help: str


class Folder(NamedTuple):
    """What a folder holds, by names alone."""

    path: str
    folders: tuple[str, ...] = ()
    """Names, in the order a person counts."""
    links: frozenset[str] = frozenset()
    """Those of them that are links."""
    pictures: int = 0
    complete: bool = True
    """Whether all of its names were looked at, and all of its folders are told."""
    around: str = ""
    """The folder around it; empty where there is none that one may go to."""
    error: str = ""
    """Why it cannot be read."""


class HelpRow(NamedTuple):
    """A command as the help page tells it."""

    group: str
    keys: str
    title: str
    help: str


class View(NamedTuple):
    """What the picture shows, in words and numbers."""

    path: str
    width: int = 0
    """Of the whole image, in pixels; 0 while unknown."""
    height: int = 0
    result: tuple[int, int] = (0, 0)
    """Width and height of the whole image as it is shown, after the stack or before."""
    across: int = 0
    """Pixels across of the picture on the screen, once it is sharp."""
    before: bool = False
    """The image as it is, without the stack."""
    state: str = ""
    """What is still under way, such as `compiling kernels 2 of 5`."""
    notes: tuple[str, ...] = ()
    error: str = ""
    tones: Tones | None = None
    """Of the picture as it is shown."""
    zoom: float = 0.0
    """Pixels of the screen for each of the image, where not all of it is shown."""
    split: bool = False
    """The left half is without the stack."""
    beside: tuple[str, ...] = ()
    """Images beside it."""
    probe: str = ""
    """The pixel that the mouse points at."""


Existing = Literal["fail", "skip", "replace"]
"""What becomes of a result that is there already."""


Metadata = Literal["safe", "all", "none"]
"""What of it is written with a result."""


class ApplyOptions(NamedTuple):
    """What a person chose in the dialog that applies the stack."""

    output: str
    format: str
    """`keep` or a format's name."""
    quality: str
    """As typed."""
    existing: Existing
    own: bool = False
    """Whether each image has the edits of its own, and then nothing more, instead of this stack."""
    side: str = ""
    """Pixels of the longer side of results, as typed; nothing leaves them as they are."""
    metadata: Metadata = "safe"
    cluster: str = ""
    """The cluster that does it, as typed; empty for this machine."""
    turn: int = 0
    """It begins when fewer batches than that are at work; 0 for at once."""


class Predicted(NamedTuple):
    """What all files of a batch would take."""

    files: int
    left_alone: int
    """There already."""
    tried: int
    failing: int
    """Of these."""
    megapixels: float
    seconds: float | None
    """None where a cluster does it."""
    workers: int
    stages: tuple[tuple[str, float], ...]
    """With the seconds of all threads together."""
    bytes: int
    """Of the results."""
    free: int
    memory: int
    budget: int
    warning: str
    """What had better be seen to before."""
    cluster: str = ""
    """That does it, and was not asked."""


class Sheet(NamedTuple):
    """News of a contact sheet: what is empty has not changed."""

    names: tuple[str, ...] = ()
    """Of the files that are tried, at the beginning."""
    total: int = 0
    """All files, then."""
    drawn: Mapping[int, tuple[Strip, ...]] = MappingProxyType({})
    """Pictures by their places among these."""
    errors: Mapping[int, str] = MappingProxyType({})
    """Why there is none."""
    told: Predicted | None = None
    """At the end."""
    error: str = ""
    """Why there is no sheet at all."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What would come of those options: how many files and the first of them, or why it cannot be done."""

    count: int = 0
    example: str = ""
    """With the folder it would be in."""
    error: str = ""
    left_out: int = 0
    """Images that have no edits, where each has its own."""


class Spot(NamedTuple):
    """A place of the picture that the mouse, or nobody, points at."""

    across: float = 0.5
    """Share of the part that is shown, 0 to 1."""
    down: float = 0.5
    columns: float = 0.0
    """Cells from the middle of the space that the picture has."""
    rows: float = 0.0


class Asked(NamedTuple):
    """What a batch of the past was asked, for other images."""

    stack: Stack
    options: ApplyOptions
