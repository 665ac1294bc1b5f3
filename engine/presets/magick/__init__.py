"""A command line of ImageMagick turned into filters: what is the same, what is nearly so, and what has to stay out."""

from engine.presets.magick.turning import Turned, from_magick

__all__ = ["Turned", "from_magick"]
