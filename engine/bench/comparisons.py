"""The one table of what is compared: `safelight bench`, docs/figures.md and the tests all read it. It runs nothing."""

from __future__ import annotations

from functools import partial

from engine.bench.comparison import DEPTHS, WHOLE_DEPTHS, Comparison, Depth, Rival

opencv, libvips = partial(Rival, "opencv"), partial(Rival, "libvips")
scikit_image = partial(Rival, "scikit_image")
pillow = partial(Rival, "pillow", depths=("uint8",))
EIGHT: tuple[Depth, ...] = ("uint8",)
SINGLE: tuple[Depth, ...] = ("float32",)

LAPLACIAN = ((0.0, 1.0, 0.0), (1.0, -4.0, 1.0), (0.0, 1.0, 0.0))
SLOPE = 0.5**0.5 / 2.0
EMBOSS = ((-SLOPE, -SLOPE, 0.0), (-SLOPE, 0.0, SLOPE), (0.0, SLOPE, SLOPE))
"""Sobel's derivative towards the upper left, negative: with light from there, edges are bright on the side of it."""
DARKER, FLATTER = "exposure:ev=-0.3", "contrast:amount=-0.15"
WARMER, PALER = "white-balance:temperature=5500", "saturation:amount=-0.4"
SHARPER = "unsharp-mask:radius=1,amount=0.8"
TEN_TABLES = (
    *(DARKER, "gamma:gamma=1.1", FLATTER, "levels:black=0.02,white=0.98,mid=1.05", "gamma:gamma=0.95"),
    *("contrast:amount=-0.05", "exposure:ev=-0.1", "gamma:gamma=1.2", "invert", "contrast:amount=-0.3"),
)
TEN_MIXED = (
    *(DARKER, PALER, "gamma:gamma=1.1", "sepia:amount=0.2", FLATTER),
    *("saturation:amount=-0.1", "gamma:gamma=0.95", "sepia:amount=0.1", "greyscale", "contrast:amount=-0.3"),
)
MATRICES = ("saturation", "sepia", "greyscale", "white-balance")


def tables() -> tuple[Comparison, ...]:
    """Curves of one channel: all of them are one look-up on whole numbers, so only one is listed."""
    curves = ("exposure:ev=-0.5", "contrast:amount=0.3", "levels:black=0.05,white=0.9,mid=1.1", "invert")
    gamma = "gamma:gamma=1.4"
    rivals = (
        opencv("table", (gamma,), WHOLE_DEPTHS),
        opencv("power", (1 / 1.4,), SINGLE),
        libvips("table", (gamma,), WHOLE_DEPTHS),
        libvips("power", (1 / 1.4,), SINGLE),
        pillow("table", (gamma,)),
        scikit_image("gamma", (1 / 1.4,)),
    )
    unlisted = (
        Comparison((each,), tuple(library("table", (each,)) for library in (opencv, libvips, pillow)), listed=False)
        for each in curves
    )
    return Comparison((gamma,), rivals, depths=DEPTHS), *unlisted


def colours() -> tuple[Comparison, ...]:
    """Matrices, and what looks at colours otherwise."""
    grey = "greyscale"
    mapped = (
        Comparison((each,), tuple(library("matrix", (each,)) for library in (opencv, libvips, pillow)), depths=DEPTHS)
        for each in ("saturation:amount=0.4", "sepia:amount=0.8", WARMER)
    )
    rivals = (opencv("grey", (grey,)), opencv("grey_rec601"), libvips("matrix", (grey,)), pillow("matrix", (grey,)))
    return (
        *mapped,
        Comparison((grey,), rivals, depths=DEPTHS),
        Comparison(("vignette",), (opencv("multiply", ("vignette",)),)),
    )


def whole() -> tuple[Comparison, ...]:
    """What follows from the whole picture."""
    equalised, stretched = "equalise:channels=apart", "auto-levels:clip=1"
    return (
        Comparison((equalised,), (opencv("equalise"),)),
        Comparison((stretched,), (pillow("autocontrast", (1,)),)),
    )


def averages() -> tuple[Comparison, ...]:
    """Blurs and what is made of them."""
    gaussians = (
        Comparison(
            (f"gaussian-blur:sigma={sigma}",),
            (
                *(library("gaussian", (sigma,)) for library in (opencv, libvips, pillow, scikit_image)),
                opencv("gaussian", (sigma, 4.5), ("uint16",)),
            ),
            depths=DEPTHS,
        )
        for sigma in (1, 2, 10)
    )
    sharpened = tuple(library("unsharp", (1, 0.8)) for library in (opencv, libvips, pillow, scikit_image))
    boxes = tuple(library("box", (11,)) for library in (opencv, libvips, pillow))
    bilateral = opencv("bilateral", (9, 0.1, 3.0), ("uint8", "float32"))
    return (
        *gaussians,
        Comparison((SHARPER,), sharpened, depths=DEPTHS),
        Comparison(("box-blur:radius=5",), boxes, depths=DEPTHS),
        Comparison(("bilateral:radius=4,sigma-colour=0.1,sigma-space=3",), (bilateral,), depths=("uint8", "float32")),
    )


def orders() -> tuple[Comparison, ...]:
    """Medians and what takes the least or greatest of a square."""
    medians = (
        Comparison(
            (f"median:radius={radius}",),
            (
                opencv("median", (2 * radius + 1,), DEPTHS if radius <= 2 else EIGHT),
                libvips("median", (2 * radius + 1,)),
                pillow("median", (2 * radius + 1,)),
            ),
            depths=DEPTHS if radius <= 2 else EIGHT,
        )
        for radius in (1, 2, 7)
    )
    squares = (
        Comparison(
            (f"{name}:radius=2",),
            tuple(library("morphology", (name, 5)) for library in (opencv, libvips, pillow)),
            depths=DEPTHS,
        )
        for name in ("erode", "dilate", "open", "close")
    )
    return *medians, *squares


def edges() -> tuple[Comparison, ...]:
    """Derivatives and other small kernels."""
    gradients = (
        Comparison(
            (name,),
            (
                opencv("gradient", (name, divisor)),
                libvips("gradient", (name, divisor)),
                scikit_image("gradient", (name,)),
            ),
            depths=DEPTHS,
        )
        for name, divisor in (("sobel", 4.0), ("scharr", 16.0))
    )
    strengths = tuple(library("strength", (LAPLACIAN,)) for library in (opencv, libvips))
    embossed = tuple(library("convolve", (EMBOSS, 0.5)) for library in (opencv, libvips, pillow))
    return (
        *gradients,
        Comparison(("laplacian",), strengths, depths=DEPTHS),
        Comparison(("emboss",), embossed, depths=DEPTHS),
    )


def shapes() -> tuple[Comparison, ...]:
    """What changes the size, and what moves pixels. Megapixels are those of the input."""
    half = (
        *(opencv("resize", ("area",)), libvips("resize", ("area", 0.5))),
        *(pillow("resize", ("area",)), pillow("reduce", (2,))),
    )
    quarter = (opencv("resize", ("lanczos",)), libvips("resize", ("lanczos", 0.25)), pillow("resize", ("lanczos",)))
    flips = tuple(library("flip", (1,)) for library in (opencv, libvips, pillow))
    turns = tuple(library("rotate", (90,)) for library in (opencv, libvips, pillow))
    crops = tuple(library("crop", (0.1, 0.05)) for library in (opencv, libvips, pillow))
    return (
        Comparison(("crop:left=10,top=5",), crops, depths=DEPTHS, listed=False),
        Comparison(("resize:scale=50,kernel=area",), half, depths=DEPTHS),
        Comparison(("resize:scale=25,kernel=lanczos",), quarter),
        Comparison(("flip",), flips, depths=DEPTHS),
        Comparison(("rotate-90",), turns, depths=DEPTHS),
    )


def chains() -> tuple[Comparison, ...]:
    """Stacks. A peer makes a call for each step, as scripts do, and rounds to 8 bits after it.

    In the chain of 3 two curves are one look-up. What a careful author could fold into one matrix in the chain of 6 is
    told beside it; nothing is asked there.

    The tones stay within the range, so that it makes no difference that peers clip after each call.
    """
    three, six, sharpen = (DARKER, FLATTER), (DARKER, WARMER, FLATTER), ("unsharp", 1, 0.8)
    three_steps = (*(("table", each) for each in three), sharpen)
    softer, blurred = "unsharp-mask:radius=1,amount=0.4", (("gaussian", 2), ("unsharp", 1, 0.4))
    six_steps = (("table", DARKER), ("matrix", WARMER), ("table", FLATTER), ("matrix", PALER), *blurred)
    folded = (("matrix", *six, PALER), *blurred)
    plain = tuple(("table", each) for each in TEN_TABLES)
    mixed = tuple(("matrix" if each.startswith(MATRICES) else "table", each) for each in TEN_MIXED)
    chain = partial(Comparison, listed=False)
    return (
        chain(
            (*three, SHARPER),
            (opencv("chain", (("tables", *three), sharpen)), libvips("chain", three_steps)),
            title="chain of 3",
            aim=2.5,
        ),
        chain(
            (*six, PALER, "gaussian-blur:sigma=2", softer),
            (opencv("chain", six_steps), libvips("chain", six_steps)),
            title="chain of 6",
            aim=3.0,
        ),
        chain(
            (*six, PALER, "gaussian-blur:sigma=2", softer),
            (opencv("chain", folded), libvips("chain", folded)),
            title="chain of 6, folded by hand",
            aim=None,
        ),
        chain(TEN_TABLES, (opencv("chain", plain), libvips("chain", plain)), title="ten tables", aim=8.0),
        chain(
            TEN_MIXED, (opencv("chain", mixed), libvips("chain", mixed)), title="ten tables and matrices mixed", aim=5.0
        ),
    )


COMPARISONS: tuple[Comparison, ...] = (
    *tables(),
    *colours(),
    *whole(),
    *averages(),
    *orders(),
    *edges(),
    *shapes(),
    *chains(),
)
