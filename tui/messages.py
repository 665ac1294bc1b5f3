"""What the parts of the app tell each other: intents rise from widgets as messages, facts go down as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.parameters import Value
    from engine.telemetry import Snapshot
    from tui.graphics.transfer import Transfer
    from tui.values import Cull, Entry, Facts, Order, Spot, StepRow, View


@dataclass
class ShowImage(Message):
    """Show this image."""

    path: str
    ahead: tuple[str, ...] = ()
    """Images that are likely to come next."""


@dataclass
class ReadFacts(Message):
    """Find out size and pixels of these images, by their place in the list."""

    wanted: Mapping[int, str]


@dataclass
class ReadRatings(Message):
    """Find out the ratings of all images."""


@dataclass
class FitPicture(Message):
    """Make pictures that fill this many cells."""

    columns: int
    rows: int


@dataclass
class ZoomPicture(Message):
    """Go so many steps nearer to the picture, or between all of it and its own pixels where there are none."""

    steps: int
    spot: Spot


@dataclass
class PanPicture(Message):
    """Show what lies so many cells further right and down."""

    columns: float
    rows: float


@dataclass
class ProbePicture(Message):
    """Tell the pixel that is there; nothing where that is nowhere."""

    spot: Spot | None


@dataclass
class SetValue(Message):
    """Give a parameter of a step of the stack this value."""

    step: int
    parameter: str
    value: Value


@dataclass
class SwitchStep(Message):
    """Switch a step of the stack on or off."""

    step: int


@dataclass
class EnterPane(Message):
    """Give the keys to this pane: `images` or `stack`."""

    pane: str


@dataclass
class RunCommand(Message):
    """Do what this command does."""

    command: str


class ImagesFound(NamedTuple):
    """More images came from the folder."""

    entries: tuple[Entry, ...]
    complete: bool
    error: str = ""


class FactsRead(NamedTuple):
    """Size and pixels of some images are known."""

    facts: Mapping[int, Facts]


class ImagesGone(NamedTuple):
    """These images, by their places, are no longer in the folder."""

    places: tuple[int, ...]


class ImageChanged(NamedTuple):
    """What is known of this image's file is no longer so."""

    path: str


class KeysFound(NamedTuple):
    """What some images, by their places, are put in order by: the smallest first."""

    order: Order
    keys: Mapping[int, float]


class PictureDrawn(NamedTuple):
    """A picture is ready for the screen; None keeps the one that is there."""

    strips: tuple[Strip, ...] | None
    view: View
    coarse: bool = False
    """Whether a sharper one follows when nothing has changed for a while."""


class PictureSharpened(NamedTuple):
    """The picture that is shown in cells is ready in pixels, for the terminal to be sent."""

    transfer: Transfer


class StackChanged(NamedTuple):
    """The stack is another one."""

    steps: tuple[StepRow, ...]
    step: int | None = None
    """The step that a person is busy with, where that is another than before."""
    shared: bool = False
    """Whether it is for all images."""


class BatchMoved(NamedTuple):
    """A batch got on, or ended."""

    snapshot: Snapshot
    names: tuple[str, ...]
    """The file of each lane, empty where it has none."""


class CullMoved(NamedTuple):
    """The scoring of images got on."""

    snapshot: Snapshot
    names: tuple[str, ...]
    """The file of each lane, empty where it has none."""


class ImagesCulled(NamedTuple):
    """Images were scored and grouped."""

    cull: Cull


class NoticeGiven(NamedTuple):
    """Something a person should read."""

    text: str
    alarm: bool = False
    command: str = ""
    """The command whose key stands for `{key}` in the text."""


Fact = (
    ImagesFound
    | ImageChanged
    | ImagesGone
    | FactsRead
    | KeysFound
    | PictureDrawn
    | PictureSharpened
    | StackChanged
    | BatchMoved
    | CullMoved
    | ImagesCulled
    | NoticeGiven
)


class Delivered(Message):
    """A background thread has something to collect."""

    def can_replace(self, message: Message) -> bool:
        """One of them is enough."""
        return isinstance(message, Delivered)
