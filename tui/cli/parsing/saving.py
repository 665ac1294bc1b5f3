"""The flags of a sub-command that say how results are saved. It saves none."""

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.batch.naming import FIELDS
from engine.files.formats import formats

NAME_FIELDS = ", ".join(f"{{{field}}}" for field in FIELDS)


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """How results are saved."""

    format: Annotated[str, Parameter(help=f"Of the results: keep, {', '.join(formats())}.")] = "keep"
    quality: Annotated[int, Parameter(validator=Number(gte=1, lte=100))] = 90
    """Of JPEG and WebP: 1 to 100."""
    metadata: Literal["safe", "all", "none"] = "safe"
    """What describes the photograph and its maker (no place, no serial number), everything, or nothing."""
    profile: Literal["keep", "srgb"] = "keep"
    """Results keep the colours of their source's profile, or are converted to sRGB."""
    name: Annotated[str, Parameter(help=f"Of the results, without suffix: {NAME_FIELDS}.")] = "{stem}"
    existing: Literal["fail", "skip", "replace"] = "fail"
    """What to do when a result is there already."""
