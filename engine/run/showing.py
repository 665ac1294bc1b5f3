"""One picture with its stack, reduced or cut out as it is looked at, on the thread that asks. It keeps what it made."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.planner import make_plan, size_after
from engine.run.fit import place_for
from engine.run.ground import on_ground
from engine.run.rendering import Desk, Rendering
from engine.run.window import WHOLE, Window, cut

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.files.proxy import Proxy
    from engine.filter import Size
    from engine.run.kernel_loader import KernelLoader
    from engine.run.look import Look, Pane
    from engine.run.proxies import Proxies

    Bytes = NDArray[np.uint8]

MADE, MOST_BYTES = 4, 160 << 20
"""Results that stay, for whoever moves about in them, and what they may take; the newest stays in any case."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One picture as it is to be seen."""

    pixels: Bytes
    """H x W x 3, sRGB."""
    coarse: bool
    filtered: bool
    source: Size
    """Height and width of the whole image."""
    result: Size
    """The same after the stack, where that has been applied, and turned."""
    window: Window
    notes: tuple[str, ...]


def missing(sentence: str, ground: tuple[int, int, int]) -> Shown:
    """What stands for a picture that cannot be shown, beside others that can."""
    pixels = np.full((1, 1, 3), ground, np.uint8)
    return Shown(pixels, coarse=False, filtered=True, source=(0, 0), result=(0, 0), window=WHOLE, notes=(sentence,))


class Showing:
    """Makes them. For one thread."""

    def __init__(self, proxies: Proxies, kernels: KernelLoader) -> None:
        self._proxies = proxies
        self._kernels = kernels
        self._desk = Desk(0)
        self._made: OrderedDict[tuple[object, ...], Bytes] = OrderedDict()

    def show(self, pane: Pane, look: Look, place: Size, *, coarse: bool) -> Shown:
        """A picture within height x width, the best there is, or with `coarse` the quickest; ImageError as `decode`."""
        reduced, enlarged = self._reduced(pane, look, place, coarse=coarse)
        filtered = self._filtered(pane, look, reduced)
        source = result = reduced.source_height, reduced.source_width
        if filtered is not None:
            result = size_after(pane.stack, source)
        pixels = np.rot90(reduced.pixels if filtered is None else filtered, -look.turns)
        window = WHOLE
        if look.turns % 2:
            result = result[1], result[0]
        if look.zoom:
            factor = look.zoom * result[1] / pixels.shape[1]
            pixels, window = cut(pixels, 1.0 if abs(factor - 1) < 1 / pixels.shape[1] else factor, look.centre, place)
        return Shown(
            pixels=on_ground(np.ascontiguousarray(pixels)),
            coarse=reduced.coarse or enlarged,
            filtered=filtered is not None,
            source=source,
            result=result,
            window=window,
            notes=(*reduced.notes, *pane.stack.scaled(reduced.scale)[1]),
        )

    def _reduced(self, pane: Pane, look: Look, place: Size, *, coarse: bool) -> tuple[Proxy, bool]:
        """The reduced picture, of the size at which the stack's result is as wanted; and whether it is a stopgap."""
        fit = (place[1], place[0]) if look.turns % 2 else place
        plain = self._proxies.get(pane.path, fit, coarse=coarse)
        source = plain.source_height, plain.source_width
        wanted = place_for(pane.stack, source, fit)
        if look.zoom:
            sides = (math.ceil(side * min(look.zoom, 1.0)) for side in source)
            wanted = next(sides), next(sides)
            if coarse and min(plain.scale, 1.0) < look.zoom and not self._proxies.has(pane.path, wanted):
                return plain, True
        return (plain if wanted == fit else self._proxies.get(pane.path, wanted, coarse=coarse)), False

    def _filtered(self, pane: Pane, look: Look, reduced: Proxy) -> Bytes | None:
        """The reduced picture after the stack, lengths scaled; None while the kernels for it are being loaded."""
        key = (reduced, pane.stack, look.light)
        kept = self._made.get(key)
        if kept is not None:
            self._made.move_to_end(key)
            return kept
        stack, _ = pane.stack.scaled(reduced.scale)
        source = np.ascontiguousarray(reduced.pixels)
        height, width, channels = source.shape
        plan = make_plan(stack, (height, width, channels), "uint8", light=look.light)
        if not plan.passes:
            return source
        native = self._kernels.at_hand(stage.kernel for each in plan.passes for stage in each.stages)
        if native is None:
            return None
        result = np.empty(plan.shape_out, np.uint8)
        Rendering(plan, native, source, result).lead(self._desk)
        self._keep(key, result)
        return result

    def _keep(self, key: tuple[object, ...], result: Bytes) -> None:
        self._made[key] = result
        taken = sum(each.nbytes for each in self._made.values())
        while len(self._made) > 1 and (len(self._made) > MADE or taken > MOST_BYTES):
            taken -= self._made.popitem(last=False)[1].nbytes
