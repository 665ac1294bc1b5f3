"""What a line says of the file: metadata, quality; and settings that change nothing here."""

from engine.errors import SpecError
from engine.presets.magick.geometry import numbers
from engine.presets.magick.operators.operator import Settings, Turn, operator
from engine.presets.magick.places import format_named


@operator("strip", takes=0)
def strip(_word: str, _argument: str, _settings: Settings) -> Turn:
    """No metadata."""
    return Turn(options=("--metadata", "none"))


@operator("quality")
def quality(_word: str, argument: str, _settings: Settings) -> Turn:
    """Of JPEG and others, 1 to 100."""
    (value,) = numbers(argument, most=1)
    if not 1 <= value <= 100:
        raise SpecError("a quality is 1 to 100")
    return Turn(options=("--quality", f"{value:.0f}"))


@operator("path", plus=1)
def path(_word: str, argument: str, _settings: Settings) -> Turn:
    """Where results go."""
    return Turn(options=("-o", argument))


@operator("format", plus=1)
def form(_word: str, argument: str, _settings: Settings) -> Turn:
    """Of the results."""
    return Turn(options=("--format", format_named(argument)))


@operator("auto-orient", "verbose", "quiet", "regard-warnings", "monitor", takes=0)
def always(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Done in any case, or of no account."""
    return Turn()


@operator("repage", "page")
def page(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Pictures have no page here."""
    return Turn()


@operator("limit", "set", takes=2, plus=1)
def limit(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Bounds of that program, and notes in the file."""
    return Turn()


@operator(
    "filter", "interpolate", "virtual-pixel", "depth", "density", "interlace", "sampling-factor", "units", "define"
)
def details(_word: str, _argument: str, _settings: Settings) -> Turn:
    """How that program goes about it."""
    return Turn(nearly="left as it is here.")
