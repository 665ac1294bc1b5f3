"""One picture judged by a small decode of it: sharpness, exposure, clipping, likeness, capture. It opens no file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.culling.capture import captured
from engine.culling.likeness import colours, waves
from engine.culling.sharpness import sharpness
from engine.culling.tones import clipping, exposure
from engine.files.format import FAULTY, Facts, Format
from engine.files.formats import picture_suffixes
from engine.files.proxy import Proxy
from engine.light import LUMINANCE

SIDE = 1024
"""Pixels of the longer side of what is looked at: slight blur shows, and a JPEG is still decoded at a fraction."""


@dataclass(frozen=True, slots=True)
class Score:
    """A picture that could be read."""

    path: str
    width: int
    """As it stands upright."""
    height: int
    format: str
    """What it is by its content, such as `JPEG`."""
    named: str
    """What its suffix says where that is another format; else empty."""
    damaged: bool
    """Whether its data has faults that the decoder went over."""
    sharpness: float
    """0 to 100; see `engine.culling.sharpness`."""
    exposure: float
    """The median in stops from mid-grey."""
    shadows: tuple[float, ...]
    """The share of pixels that each channel has lost in black, 0 to 1; one channel or three."""
    highlights: tuple[float, ...]
    """The same of white."""
    waves: int
    """64 bits by which alike pictures are found; see `engine.culling.likeness`."""
    colours: bytes
    """Small fields of colour by which false friends are told apart."""
    seconds: float | None
    """When it was taken, by its camera's clock."""
    camera: str

    @property
    def clipped(self) -> float:
        """The share of the channel that lost most, in black and white together."""
        return max(black + white for black, white in zip(self.shadows, self.highlights, strict=True))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read."""

    path: str
    reason: str
    """One sentence that names the file and says what to do."""


Outcome: TypeAlias = Score | Unreadable


def score(path: str, form: Format, facts: Facts, small: Proxy) -> Score:
    """Of a proxy with SIDE pixels a side at most, in sRGB; transparency makes no difference."""
    named = picture_suffixes().get(os.path.splitext(path)[1].lower(), form)
    pixels = small.pixels[..., : 3 if small.pixels.shape[2] >= 3 else 1]
    luma = pixels @ np.array(LUMINANCE if pixels.shape[2] == 3 else (1.0,), np.float32)
    capture = captured(facts.exif)
    shadows, highlights = clipping(pixels)
    return Score(
        path=path,
        width=small.source_width,
        height=small.source_height,
        format=form.label,
        named="" if named is form else named.label,
        damaged=FAULTY in small.notes,
        sharpness=sharpness(luma),
        exposure=exposure(pixels),
        shadows=shadows,
        highlights=highlights,
        waves=waves(luma),
        colours=colours(pixels),
        seconds=capture.seconds,
        camera=capture.camera,
    )
