"""What a filter is: a declaration of what it asks, the light it works in and what it does to pixels. Runs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from engine.errors import SpecError, quoted
from engine.kinds import OwnKind
from engine.parameters import Parameter, Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Values = Mapping[str, Any]
"""Of the parameters of a step, by name: numbers, and texts where a parameter is one."""
Light = Literal["linear", "encoded", "any"]
Colours = tuple[Any, Any, Any]
Square = tuple[tuple[Any, Any, Any], tuple[Any, Any, Any], tuple[Any, Any, Any]]
Size = tuple[int, int]
"""Height and width in pixels."""
Constants = tuple[float, ...]
"""At most eight numbers, for a table 48, made from the parameters once.

They are float32 in a kernel, so curves take all numbers from here.
"""


def no_constants(_values: Values) -> Constants:
    """For curves that need none."""
    return ()


def unchanged(_values: Values) -> float:
    """For steps that make no difference larger."""
    return 1.0


def always(_values: Values) -> bool:
    """For what does not depend on the values."""
    return True


def never(_values: Values) -> bool:
    """For what no values bring about."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """y = curve(x, constants), the same for each colour channel.

    `curve` is plain Python over the functions of `engine.kernels.elementary`: it is evaluated on float64 arrays to
    make tables for 8- and 16-bit data, and compiled for float32 samples. It holds no number of its own.
    """

    curve: Callable[[Any, Constants], Any]
    constants: Callable[[Values], Constants] = no_constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """An affine map of R, G, B: `rows(values)` is 3 x 4, the last column an offset in units of full scale."""

    rows: Callable[[Values], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixel:
    """`function((red, green, blue), (x, y, width, height), constants)` gives the three colours anew; alpha stays.

    x and y are those of the pixel's centre, (0.5, 0.5) for the first of a picture of width times height pixels. Like a
    curve, the function is plain Python over `engine.kernels.elementary` and holds no number of its own.
    """

    function: Callable[[Colours, tuple[Any, Any, Any, Any], Constants], Colours]
    gain: Callable[[Values], float]
    """How many times larger than the largest sample before it, or than full scale, a sample may become, at most."""
    constants: Callable[[Values], Constants] = no_constants
    """At most 96; up to sixteen are quicker to compile."""
    colours: Callable[[Values], bool] = never
    """Whether a grey picture gets three colours, as a grey picture of three channels would."""
    spares_grey: bool = False
    """Whether a grey picture stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Separable:
    """A symmetric convolution along columns, then rows.

    `taps(values, tail)` gives the centre's weight, then that at distance 1 and so on; `tail` is the part of the whole
    weight, both directions together, that may be left out.
    """

    taps: Callable[[Values, float], Constants]
    sigma: Callable[[Values], float] | None = None
    """The standard deviation, if the weights are a Gaussian's: of a wide one not every row needs to be convolved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """`function(square, constants)` of each channel; the square is three rows of three samples.

    Like a curve, the function is plain Python over `engine.kernels.elementary` and holds no number of its own.
    """

    function: Callable[[Square, Constants], Any]
    constants: Callable[[Values], Constants] = no_constants
    gain: Callable[[Values], float] = unchanged
    """How far its result may lie beyond what a square holds, times the difference of that, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """The middle value of each channel in a square of 2 radius + 1."""

    radius: Callable[[Values], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The smallest value of each channel in a square of 2 radius + 1, or the largest."""

    radius: Callable[[Values], int]
    largest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilateral:
    """The average of a disc in which pixels weigh more the nearer and the more alike they are, and the more opaque.

    Both weights are Gaussians, of the distance in pixels and of the sum of all channels' differences.
    """

    radius: Callable[[Values], int]
    colour: Callable[[Values], float]
    """Sigma of differences, in parts of full scale."""
    space: Callable[[Values], float]
    """Sigma of distances, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The mean of each channel in a square of 2 radius + 1."""

    radius: Callable[[Values], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Combine:
    """`function(result, source, constants)` of each colour sample, after a window; alpha stays the source's."""

    function: Callable[[Any, Any, Constants], Any]
    gain: Callable[[Values], float]
    """How many times an error of the average it makes an error of the result, at most."""
    constants: Callable[[Values], Constants] = no_constants
    level: Callable[[Values], float] | None = None
    """What results lie around, if it is one value and not the picture's own."""
    sharpens: Callable[[Values], tuple[float, float]] | None = None
    """Amount and threshold, where it adds to the source what the result lacks: see `unsharp_mask.sharpen`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A function of a pixel's neighbours, borders replicated."""

    step: Separable | Neighbourhood | Median | Extreme | Bilateral | Box
    alpha: Literal["premultiplied", "weighted", "straight"]
    """`premultiplied`: colours are averaged by weight of alpha, alpha is averaged too. `weighted`, of a mean:
    the same, but alpha stays. `straight`: alpha stays and has no say."""
    combine: Combine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A part of the picture: `region(values, size)` gives its top, left, height and width, all inside."""

    region: Callable[[Values, Size], tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The picture turned: `turned(values)` tells quarter turns to the right, and whether it is mirrored after them."""

    turned: Callable[[Values], tuple[int, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling:
    """The picture at another size. Pixels are squares; each new one is a weighted mean around its centre.

    `weight(values, distance, ratio)` is the weight of a pixel at that distance from the new pixel's centre, both
    measured in pixels of the picture as it was, of which `ratio` go into a new one; it is 0 beyond `radius`. What lies
    inside the picture is divided by its sum; outside there is nothing.
    """

    size: Callable[[Values, Size], Size]
    weight: Callable[[Values, Floats, float], Floats]
    radius: Callable[[Values, float], float]


Geometry = Crop | Turn | Resampling


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """`function(colours, around, (x, y, width, height), constants)` gives each pixel's three colours anew.

    `around` is what the inner kinds in turn make of the picture there; they leave alpha as it is. Like a curve, the
    function is plain Python over `engine.kernels.elementary` and holds no number of its own.
    """

    inner: tuple[Table | Matrix | Pixel | Window | OwnKind, ...]
    function: Callable[[Colours, Colours, tuple[Any, Any, Any, Any], Constants], Colours]
    gain: Callable[[Values], float]
    """How many times an error of either picture, times the largest value, becomes one of the result, at most."""
    constants: Callable[[Values], Constants] = no_constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Several kinds in turn, as one filter in one light."""

    kinds: tuple[Table | Matrix | Pixel | Window | Local | OwnKind, ...]


Kind = Table | Matrix | Pixel | Window | Series | Local | Geometry | OwnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter. Everything the rest of Safelight knows about it is here."""

    name: str
    group: str
    help: str
    """Two sentences that a photographer understands."""
    light: Light
    """`linear`: what a lens or light does. `encoded`: what an eye judges. `any`: what moves pixels and no more."""
    kind: Kind
    oracle: Callable[[Floats, Floats | None, Values], tuple[Floats, Floats | None]]
    """The truth in float64: colour H x W x C (C = 1 or 3, straight) and alpha H x W or None, in the filter's light."""
    parameters: tuple[Parameter, ...] = ()
    neutral: Mapping[str, Value] | None = None
    """The step does nothing when these parameters have these values; None when it always does something."""
    check: Callable[[Values], None] | None = None
    """Raises SpecError for values that are allowed alone but not together."""
    example: str = ""
    """A specification that shows the filter well."""
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Parameters that are one thing together, by what that is, for an editor.

    A `gradient` is colours from that of black to that of white, and perhaps a number `position`, the tone of the middle
    one, and a text `stops` of further ones; `margins` are what is cut off on the left, on the right, at the top and at
    the bottom, in percent; a `place` is two numbers, across and down."""
    version: int = 1
    jumps: bool = False
    """Whether the result jumps at some values: float32 may take what lies next to a jump to its other side."""
    diverges: bool = False
    """Whether one such side decides what comes after: behind steps that round, the result is another, as good a one."""

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; SpecError naming the ones there are."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.parameters) or "none"
        raise SpecError(f"{self.name} has no parameter {quoted(name)}; it has: {known}.")

    @property
    def resizes(self) -> bool:
        """Whether its pixels come to lie elsewhere, so that its result is no layer over the picture before."""
        return isinstance(self.kind, Crop | Turn | Resampling) or (isinstance(self.kind, OwnKind) and self.kind.moves)

    def is_neutral(self, values: Values) -> bool:
        """Whether the step would change nothing."""
        return self.neutral is not None and all(values[name] == value for name, value in self.neutral.items())
