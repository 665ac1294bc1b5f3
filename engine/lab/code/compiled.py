"""The loops of `plain`, compiled by Numba: with the GIL held, without it, and as plain native functions."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from numba import carray

from engine.errors import SafelightError
from engine.files.places import cache_folder
from engine.kernels import intrinsics
from engine.lab.code import plain
from engine.lab.code.binding import Bound, bound_loops

if TYPE_CHECKING:
    from engine.lab.code.binding import Binder
    from engine.lab.room import Room

BYTES, WORDS, INTEGER = numba.types.CPointer(numba.uint8), numba.types.CPointer(numba.int64), numba.int64


@contextlib.contextmanager
def kept(name: str) -> Iterator[bool]:
    """What is decorated inside is kept for the next process, in a private folder; whether that can be written.

    Numba does not see that a function was compiled with other options, nor that one it calls in another file has
    changed: each set of options has its folder, within one for the intrinsics.
    """
    before = numba.config.CACHE_DIR
    try:
        called = hashlib.sha256(Path(intrinsics.__file__).read_bytes()).hexdigest()[:16]
        folder = cache_folder() / "lab" / called / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        numba.config.CACHE_DIR = str(folder)
        yield True
    except (OSError, SafelightError):
        yield False
    finally:
        numba.config.CACHE_DIR = before


def jitted(*, nogil: bool) -> tuple[Any, Any, Any]:
    """Tone, blur and fibonacci of `plain` as machine code; compiled when first called."""
    with kept("nogil" if nogil else "gil") as cache:
        compile_ = numba.njit(nogil=nogil, cache=cache, error_model="numpy")
        # A function that calls itself must find its compiled self under its name.
        names: dict[str, Any] = dict(vars(plain))
        names["fibonacci"] = compile_(types.FunctionType(plain.fibonacci.__code__, names))
        return compile_(plain.tone), compile_(plain.blur), names["fibonacci"]


def binder(*, nogil: bool) -> Binder:
    """The calls through Numba's dispatcher, which takes NumPy's arrays as they are."""
    return bound_loops(*jitted(nogil=nogil))


def native() -> tuple[Callable[..., int], ...]:
    """Tone, blur and fibonacci as functions for ctypes, which lets go of the GIL around each call."""
    tone, blur, fibonacci = jitted(nogil=True)

    def tone_at(source: Any, target: Any, table: Any, first: int, last: int) -> None:
        tone(carray(source, last), carray(target, last), carray(table, 256), first, last)

    def blur_at(
        source: Any, target: Any, weights: Any, taps: int, row: Any, height: int, width: int, first: int, last: int
    ) -> None:
        samples = 3 * height * width
        pictures = carray(source, samples), carray(target, samples)
        blur(*pictures, carray(weights, taps), carray(row, 3 * width), (height, width), first, last)

    def fibonacci_of(number: int) -> int:
        return fibonacci(number)  # type: ignore[no-any-return]

    signatures = (
        numba.void(BYTES, BYTES, BYTES, INTEGER, INTEGER),
        numba.void(BYTES, BYTES, WORDS, INTEGER, WORDS, *[INTEGER] * 4),
        INTEGER(INTEGER),
    )
    return tuple(
        numba.cfunc(signature)(function).ctypes
        for signature, function in zip(signatures, (tone_at, blur_at, fibonacci_of), strict=True)
    )


def bind_native(room: Room, functions: tuple[Callable[..., int], ...]) -> Bound:
    """The calls through ctypes, by address."""
    tone, blur, fibonacci = functions
    job = room.job
    (height, width), line = job.pixels.shape[:2], job.line
    weights = np.array(job.weights, np.int64)

    def at(array: Any, kind: Any = ctypes.c_uint8) -> Any:
        return array.ctypes.data_as(ctypes.POINTER(kind))

    source, toned, blurred = at(room.source), at(room.toned), at(room.blurred)
    table, weighed = at(job.table), at(weights, ctypes.c_int64)

    def tone_band(band: int) -> None:
        first, last = job.rows(band)
        tone(source, toned, table, first * line, last * line)

    def blur_band(band: int) -> None:
        row = np.empty(line, np.int64)
        blur(toned, blurred, weighed, len(weights), at(row, ctypes.c_int64), height, width, *job.rows(band))

    loops = bound_loops(None, None, fibonacci)(room)
    return Bound(tone_band, blur_band, loops.fibonacci, loops.wait)
