"""The one compiled loop that runs every plan: claims tiles and drives rows through stages, one call per worker."""

from typing import Any

from numba import njit

from engine.kernels.intrinsics import atomic_add, atomic_load, call_stage
from engine.kernels.layout import (
    ACROSS,
    ADDRESS,
    AFTER,
    BASE,
    BUFFER,
    CANCEL,
    CAPACITY,
    CHUNK,
    COLUMNS,
    COUNTED,
    DONE_TILES,
    GO,
    HEIGHT,
    LEFT,
    NEXT_TILE,
    ORIGIN,
    PARAMETERS,
    PLANES_IN,
    PLANES_OUT,
    PROGRESS_DONE,
    PROGRESS_PIXELS,
    REACH,
    RIGHT,
    ROW,
    ROW_STOP,
    ROWS,
    SOURCE,
    SOURCE_BYTES,
    SOURCE_PLANE,
    SOURCE_ROW,
    STAGE_IN,
    STAGE_OUT,
    STAGE_REACH,
    STOP,
    STRIDE,
    TARGET,
    TARGET_BYTES,
    TARGET_PLANE,
    TARGET_ROW,
    TILE_COLUMNS,
    TILE_ROWS,
    TILES,
    TILES_BEFORE,
    WIDTH,
)

COMPILED = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""For functions that only the kernel calls: without doors to Python they compile in three quarters of the time."""


@njit(**COMPILED)
def begin_tile(frame: Any, stages: Any, state: Any, top: Any, bottom: Any, left: Any, right: Any) -> None:
    """What each stage has to make so that the last one can make its tile."""
    count = stages.shape[0]
    for k in range(count):
        after = stages[k, AFTER]
        state[k, ROW] = max(0, top - after)
        state[k, ROW_STOP] = min(frame[HEIGHT], bottom + after)
        state[k, LEFT] = max(0, left - after)
        state[k, RIGHT] = min(frame[WIDTH], right + after)
    for k in range(count - 1):
        reach = stages[k + 1, STAGE_REACH]
        state[k, BASE] = state[k + 1, ROW] - reach
        state[k, ORIGIN] = state[k + 1, LEFT] - reach


@njit(**COMPILED)
def copy_row(arena: Any, source: Any, target: Any, samples: Any) -> None:
    """Copy samples that do not overlap."""
    line, out = arena[source:], arena[target:]
    for x in range(samples):
        out[x] = line[x]


@njit(**COMPILED)
def make_room(frame: Any, stages: Any, state: Any, arena: Any, k: Any) -> None:
    """Move the rows that the next stage still needs to the top of the buffer when there is no room for a chunk."""
    reach = stages[k + 1, STAGE_REACH]
    if (
        state[k, ROW] == state[k, ROW_STOP]
        or state[k, ROW] - state[k, BASE] + frame[CHUNK] + reach <= stages[k, CAPACITY]
    ):
        return
    stride, capacity = stages[k, STRIDE], stages[k, CAPACITY]
    keep = max(state[k, BASE], state[k + 1, ROW] - reach)
    skipped = keep - state[k, BASE]
    for plane in range(stages[k, STAGE_OUT]):
        start = stages[k, BUFFER] + plane * capacity * stride
        for row in range(state[k, ROW] - keep):
            copy_row(arena, start + (row + skipped) * stride, start + row * stride, stride)
    state[k, BASE] = keep


@njit(**COMPILED)
def replicate(frame: Any, stages: Any, state: Any, arena: Any, k: Any, first: Any) -> None:
    """Extend new rows `first` to the present one beyond the picture's edges, where the next stage will look."""
    reach, stride, capacity = stages[k + 1, STAGE_REACH], stages[k, STRIDE], stages[k, CAPACITY]
    before = state[k, LEFT] - state[k, ORIGIN]
    columns = state[k, RIGHT] - state[k, LEFT]
    behind = state[k + 1, RIGHT] + reach - state[k, RIGHT]
    width = before + columns + behind
    bottom = state[k + 1, ROW_STOP] + reach - state[k, ROW_STOP] if state[k, ROW] == state[k, ROW_STOP] else 0
    top = first - state[k, BASE] if first == 0 else 0
    for plane in range(stages[k, STAGE_OUT]):
        start = stages[k, BUFFER] + plane * capacity * stride
        for row in range(first - state[k, BASE], state[k, ROW] - state[k, BASE]):
            line = start + row * stride
            for x in range(before):
                arena[line + x] = arena[line + before]
            for x in range(behind):
                arena[line + before + columns + x] = arena[line + before + columns - 1]
        for row in range(top):
            copy_row(arena, start + top * stride, start + row * stride, width)
        last = start + (state[k, ROW] - state[k, BASE] - 1) * stride
        for row in range(1, bottom + 1):
            copy_row(arena, last, last + row * stride, width)


@njit(**COMPILED)
def step(frame: Any, stages: Any, state: Any, arena: Any, geometry: Any, k: Any, rows: Any, scratch: Any) -> None:
    """Make the next rows of one stage."""
    count = stages.shape[0]
    reach, row, left = stages[k, STAGE_REACH], state[k, ROW], state[k, LEFT]
    geometry[ROWS], geometry[COLUMNS], geometry[REACH] = rows, state[k, RIGHT] - left, reach
    geometry[PLANES_IN], geometry[PLANES_OUT] = stages[k, STAGE_IN], stages[k, STAGE_OUT]
    if k == 0:
        source = frame[SOURCE] + (row * frame[WIDTH] + left) * frame[SOURCE_BYTES]
        geometry[SOURCE_ROW], geometry[SOURCE_PLANE] = frame[WIDTH] * stages[k, STAGE_IN], 0
    else:
        stride = stages[k - 1, STRIDE]
        place = (row - reach - state[k - 1, BASE]) * stride + left - reach - state[k - 1, ORIGIN]
        source = arena.ctypes.data + 4 * (stages[k - 1, BUFFER] + place)
        geometry[SOURCE_ROW], geometry[SOURCE_PLANE] = stride, stride * stages[k - 1, CAPACITY]
    if k == count - 1:
        target = frame[TARGET] + (row * frame[WIDTH] + left) * frame[TARGET_BYTES]
        geometry[TARGET_ROW], geometry[TARGET_PLANE] = frame[WIDTH] * stages[k, STAGE_OUT], 0
    else:
        stride = stages[k, STRIDE]
        place = (row - state[k, BASE]) * stride + left - state[k, ORIGIN]
        target = arena.ctypes.data + 4 * (stages[k, BUFFER] + place)
        geometry[TARGET_ROW], geometry[TARGET_PLANE] = stride, stride * stages[k, CAPACITY]
    call_stage(
        stages[k, ADDRESS], source, target, geometry.ctypes.data, stages[k, PARAMETERS], arena.ctypes.data + 4 * scratch
    )
    state[k, ROW] += rows


@njit(**COMPILED)
def run_tile(
    frame: Any, stages: Any, control: Any, state: Any, arena: Any, geometry: Any, scratch: Any, tile: Any
) -> bool:
    """Make one tile, a chunk of rows at a time through all stages; False when cancelled."""
    count = stages.shape[0]
    top = tile // frame[ACROSS] * frame[TILE_ROWS]
    left = tile % frame[ACROSS] * frame[TILE_COLUMNS]
    bottom, right = min(frame[HEIGHT], top + frame[TILE_ROWS]), min(frame[WIDTH], left + frame[TILE_COLUMNS])
    begin_tile(frame, stages, state, top, bottom, left, right)
    while state[count - 1, ROW] < bottom:
        if atomic_load(control, STOP) == CANCEL:
            return False
        for k in range(count):
            ready = state[k, ROW_STOP]
            if k > 0 and state[k - 1, ROW] < state[k - 1, ROW_STOP]:
                ready = min(ready, state[k - 1, ROW] - stages[k, STAGE_REACH])
            rows = min(frame[CHUNK], ready - state[k, ROW])
            if k < count - 1:
                make_room(frame, stages, state, arena, k)
                room = stages[k, CAPACITY] - (state[k, ROW] - state[k, BASE]) - stages[k + 1, STAGE_REACH]
                rows = min(rows, room)
            if rows > 0:
                first = state[k, ROW]
                step(frame, stages, state, arena, geometry, k, rows, scratch)
                if k < count - 1:
                    replicate(frame, stages, state, arena, k, first)
    return True


@njit(nogil=True, cache=True, error_model="numpy")
def run_pass(
    frame: Any, stages: Any, control: Any, progress: Any, arena: Any, state: Any, geometry: Any, scratch: Any
) -> int:
    """Run tiles until none is left or `control` says stop; the pixels made are returned.

    All arrays are int64 but `arena` (float32). Others read `progress` all the time: one number is set to the tiles that
    all workers have done of all passes, another counts this worker's own pixels.
    """
    pixels = 0
    while atomic_load(control, STOP) == GO:
        tile = atomic_add(control, NEXT_TILE, 1)
        if tile >= frame[TILES]:
            break
        if not run_tile(frame, stages, control, state, arena, geometry, scratch, tile):
            break
        rows = min(frame[TILE_ROWS], frame[HEIGHT] - tile // frame[ACROSS] * frame[TILE_ROWS])
        columns = min(frame[TILE_COLUMNS], frame[WIDTH] - tile % frame[ACROSS] * frame[TILE_COLUMNS])
        pixels += rows * columns
        progress[PROGRESS_DONE] = frame[TILES_BEFORE] + atomic_add(control, DONE_TILES, 1) + 1
        progress[PROGRESS_PIXELS] += rows * columns * frame[COUNTED]
    return pixels
