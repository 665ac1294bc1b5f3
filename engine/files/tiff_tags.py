"""The numbers of TIFF 6.0 that matter for how pixels are stored, by their names there."""

from enum import IntEnum


class Tag(IntEnum):
    """A field of a directory."""

    WIDTH = 256
    HEIGHT = 257
    BITS = 258
    COMPRESSION = 259
    PHOTOMETRIC = 262
    FILL_ORDER = 266
    STRIP_OFFSETS = 273
    ORIENTATION = 274
    SAMPLES = 277
    ROWS_PER_STRIP = 278
    STRIP_LENGTHS = 279
    PLANES = 284
    PREDICTOR = 317
    EXTRA_SAMPLES = 338
    SAMPLE_FORMAT = 339
    XMP = 700
    IPTC = 33723
    PHOTOSHOP = 34377
    PROFILE = 34675


class Photometric(IntEnum):
    """What the numbers of a pixel mean."""

    WHITE_IS_ZERO = 0
    BLACK_IS_ZERO = 1
    RGB = 2


RAW, DEFLATE, OLD_DEFLATE = 1, 8, 32946
WHOLE, FLOAT = 1, 3
NO_PREDICTOR, HORIZONTAL = 1, 2
INTERLEAVED, SEPARATE = 1, 2
STRAIGHT_ALPHA = 2
