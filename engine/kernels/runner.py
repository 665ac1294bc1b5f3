"""The one compiled loop that runs every plan: claims tiles and drives rows through stages, one call per worker."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray, njit

from engine.kernels import layout as at
from engine.kernels.intrinsics import atomic_add, atomic_load, call_stage, pointer_to

COMPILED = {"error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""For functions that only the kernel calls: without doors to Python they compile in three quarters of the time."""


@njit(**COMPILED)
def under_row(stages: Any, k: Any, row: Any) -> Any:
    """The source row that an output row of a stage lies over."""
    return (row + stages[k, at.ROW_START]) * stages[k, at.ROW_UPPER] // stages[k, at.ROW_LOWER]


@njit(**COMPILED)
def under_column(stages: Any, k: Any, column: Any) -> Any:
    """The source column that an output column lies over."""
    return (column + stages[k, at.COLUMN_START]) * stages[k, at.COLUMN_UPPER] // stages[k, at.COLUMN_LOWER]


@njit(**COMPILED)
def begin_tile(stages: Any, state: Any, count: Any, top: Any, bottom: Any, left: Any, right: Any) -> None:
    """What each stage has to make so that the last one can make its tile."""
    last = count - 1
    state[last, at.ROW], state[last, at.ROW_STOP] = top, bottom
    state[last, at.FIRST], state[last, at.UNTIL] = left, right
    for step in range(1, count):
        k = last - step
        reach, beside = stages[k + 1, at.STAGE_REACH], stages[k + 1, at.STAGE_BESIDE]
        state[k, at.BASE] = under_row(stages, k + 1, state[k + 1, at.ROW]) - reach
        state[k, at.BOTTOM] = under_row(stages, k + 1, state[k + 1, at.ROW_STOP] - 1) + reach + 1
        state[k, at.ORIGIN] = under_column(stages, k + 1, state[k + 1, at.FIRST]) - beside
        state[k, at.RIGHT] = under_column(stages, k + 1, state[k + 1, at.UNTIL] - 1) + beside + 1
        if stages[k + 1, at.INSIDE] > 0:
            state[k, at.BASE], state[k, at.ORIGIN] = max(0, state[k, at.BASE]), max(0, state[k, at.ORIGIN])
            state[k, at.BOTTOM] = min(stages[k, at.ROW_SIZE], state[k, at.BOTTOM])
            state[k, at.RIGHT] = min(stages[k, at.COLUMN_SIZE], state[k, at.RIGHT])
        state[k, at.ROW] = max(0, state[k, at.BASE])
        state[k, at.ROW_STOP] = min(stages[k, at.ROW_SIZE], state[k, at.BOTTOM])
        state[k, at.FIRST] = max(0, state[k, at.ORIGIN])
        state[k, at.UNTIL] = min(stages[k, at.COLUMN_SIZE], state[k, at.RIGHT])


@njit(**COMPILED)
def copy_bytes(arena: Any, source: Any, target: Any, count: Any) -> None:
    """Copy bytes that do not overlap."""
    line, out = arena[source:], arena[target:]
    for x in range(count):
        out[x] = line[x]


@njit(**COMPILED)
def below(stages: Any, state: Any, k: Any) -> Any:
    """Rows of the buffer that are kept for what the next stage reads below the picture."""
    return max(0, state[k, at.BOTTOM] - state[k, at.ROW_STOP])


@njit(**COMPILED)
def make_room(frame: Any, stages: Any, state: Any, arena: Any, k: Any) -> None:
    """Move the rows that the next stage still needs to the top of the buffer when there is no room for a chunk."""
    reach = stages[k + 1, at.STAGE_REACH]
    made = state[k, at.ROW] - state[k, at.BASE] + below(stages, state, k)
    if state[k, at.ROW] == state[k, at.ROW_STOP] or made + frame[at.CHUNK] <= stages[k, at.CAPACITY]:
        return
    stride, capacity = stages[k, at.STRIDE], stages[k, at.CAPACITY]
    keep = max(state[k, at.BASE], under_row(stages, k + 1, state[k + 1, at.ROW]) - reach)
    keep = min(keep, state[k, at.ROW])
    skipped = keep - state[k, at.BASE]
    if skipped == 0:
        return
    for plane in range(stages[k, at.STAGE_OUT]):
        start = stages[k, at.BUFFER] + plane * capacity * stride
        for row in range(state[k, at.ROW] - keep):
            copy_bytes(arena, start + (row + skipped) * stride, start + row * stride, stride)
    state[k, at.BASE] = keep


@njit(**COMPILED)
def replicate(stages: Any, state: Any, arena: Any, k: Any, first: Any) -> None:
    """Extend new rows `first` to the present one beyond the picture's edges, where the next stage will look."""
    item, stride, capacity = stages[k, at.ITEM], stages[k, at.STRIDE], stages[k, at.CAPACITY]
    before = (state[k, at.FIRST] - state[k, at.ORIGIN]) * item
    until = (state[k, at.UNTIL] - state[k, at.ORIGIN]) * item
    width = (state[k, at.RIGHT] - state[k, at.ORIGIN]) * item
    done = state[k, at.ROW] == state[k, at.ROW_STOP]
    bottom = state[k, at.BOTTOM] - state[k, at.ROW_STOP] if done else 0
    top = first - state[k, at.BASE] if first == 0 else 0
    for plane in range(stages[k, at.STAGE_OUT]):
        start = stages[k, at.BUFFER] + plane * capacity * stride
        for row in range(first - state[k, at.BASE], state[k, at.ROW] - state[k, at.BASE]):
            line = start + row * stride
            for x in range(before):
                arena[line + before - 1 - x] = arena[line + before - 1 - x + item]
            for x in range(until, width):
                arena[line + x] = arena[line + x - item]
        for row in range(top):
            copy_bytes(arena, start + top * stride, start + row * stride, width)
        last = start + (state[k, at.ROW] - state[k, at.BASE] - 1) * stride
        for row in range(1, bottom + 1):
            copy_bytes(arena, last, last + row * stride, width)


@njit(**COMPILED)
def step(frame: Any, stages: Any, state: Any, arena: Any, geometry: Any, k: Any, rows: Any, scratch: Any) -> None:
    """Make the next rows of one stage."""
    reach, row, left = stages[k, at.STAGE_REACH], state[k, at.ROW], state[k, at.FIRST]
    geometry[at.ROWS], geometry[at.COLUMNS], geometry[at.REACH] = rows, state[k, at.UNTIL] - left, reach
    geometry[at.PLANES_IN], geometry[at.PLANES_OUT] = stages[k, at.STAGE_IN], stages[k, at.STAGE_OUT]
    geometry[at.TOP] = row + stages[k, at.ROW_START]
    geometry[at.LEFT] = left + stages[k, at.COLUMN_START]
    across = (left + stages[k, at.COLUMN_START]) * stages[k, at.OTHER_PIXEL]
    geometry[at.OTHER_ROW], geometry[at.OTHER_PLANE] = stages[k, at.OTHER_STRIDE], stages[k, at.OTHER_APART]
    geometry[at.OTHER] = stages[k, at.STAGE_OTHER] + geometry[at.TOP] * geometry[at.OTHER_ROW] + across
    top, first = under_row(stages, k, row) - reach, under_column(stages, k, left) - stages[k, at.STAGE_BESIDE]
    geometry[at.SOURCE_TOP], geometry[at.SOURCE_LEFT] = top, first
    if k == 0:
        source = frame[at.FROM]
        if frame[at.FREE] == 0:
            source += top * frame[at.FROM_ROW] + first * frame[at.FROM_PIXEL]
        geometry[at.SOURCE_ROW], geometry[at.SOURCE_PLANE] = frame[at.FROM_ROW], frame[at.FROM_PLANE]
        geometry[at.SOURCE_PIXEL] = frame[at.FROM_PIXEL]
        geometry[at.SOURCE_HEIGHT], geometry[at.SOURCE_WIDTH] = frame[at.FROM_HEIGHT], frame[at.FROM_WIDTH]
    else:
        stride, pixel = stages[k - 1, at.STRIDE], stages[k - 1, at.ITEM]
        place = (top - state[k - 1, at.BASE]) * stride + (first - state[k - 1, at.ORIGIN]) * pixel
        source = arena.ctypes.data + stages[k - 1, at.BUFFER] + place
        geometry[at.SOURCE_ROW], geometry[at.SOURCE_PLANE] = stride, stride * stages[k - 1, at.CAPACITY]
        geometry[at.SOURCE_PIXEL] = pixel
        geometry[at.SOURCE_HEIGHT], geometry[at.SOURCE_WIDTH] = (
            stages[k - 1, at.ROW_SIZE],
            stages[k - 1, at.COLUMN_SIZE],
        )
    geometry[at.TARGET_PIXEL] = stages[k, at.ITEM]
    geometry[at.STREAM] = 0
    if k == frame[at.STAGES] - 1:
        target = frame[at.TO] + row * frame[at.TO_ROW] + left * stages[k, at.ITEM]
        geometry[at.TARGET_ROW], geometry[at.TARGET_PLANE] = frame[at.TO_ROW], frame[at.TO_PLANE]
        geometry[at.STREAM] = frame[at.TO_STREAM]
    else:
        stride = stages[k, at.STRIDE]
        place = (row - state[k, at.BASE]) * stride + (left - state[k, at.ORIGIN]) * stages[k, at.ITEM]
        target = arena.ctypes.data + stages[k, at.BUFFER] + place
        geometry[at.TARGET_ROW], geometry[at.TARGET_PLANE] = stride, stride * stages[k, at.CAPACITY]
    room = arena.ctypes.data + scratch
    call_stage(stages[k, at.ADDRESS], source, target, geometry.ctypes.data, stages[k, at.PARAMETERS], room)
    state[k, at.ROW] += rows


@njit(**COMPILED)
def rows_ready(frame: Any, stages: Any, state: Any, k: Any) -> Any:
    """How many rows a stage can make now, a chunk at most."""
    stop = state[k, at.ROW_STOP]
    if k > 0 and state[k - 1, at.ROW] < state[k - 1, at.ROW_STOP]:
        beyond = (state[k - 1, at.ROW] - stages[k, at.STAGE_REACH]) * stages[k, at.ROW_LOWER]
        upper = stages[k, at.ROW_UPPER]
        ready = (beyond + upper - 1) // upper - stages[k, at.ROW_START]
        if ready < min(stop, state[k, at.ROW] + stages[k, at.GROUP]):
            return 0
        stop = min(stop, ready)
    rows = min(frame[at.CHUNK], stop - state[k, at.ROW])
    if k < frame[at.STAGES] - 1:
        used = state[k, at.ROW] - state[k, at.BASE] + below(stages, state, k)
        rows = min(rows, stages[k, at.CAPACITY] - used)
    return rows


@njit(**COMPILED)
def run_tile(
    frame: Any, stages: Any, control: Any, state: Any, arena: Any, geometry: Any, scratch: Any, tile: Any
) -> bool:
    """Make one tile, a chunk of rows at a time through all stages; False when cancelled."""
    count = frame[at.STAGES]
    top = tile // frame[at.ACROSS] * frame[at.TILE_ROWS]
    left = tile % frame[at.ACROSS] * frame[at.TILE_COLUMNS]
    bottom = min(frame[at.HEIGHT], top + frame[at.TILE_ROWS])
    right = min(frame[at.WIDTH], left + frame[at.TILE_COLUMNS])
    begin_tile(stages, state, count, top, bottom, left, right)
    while state[count - 1, at.ROW] < bottom:
        for k in range(count):
            if atomic_load(control, at.STOP) == at.CANCEL:
                return False
            if k < count - 1:
                make_room(frame, stages, state, arena, k)
            rows = rows_ready(frame, stages, state, k)
            if rows > 0:
                first = state[k, at.ROW]
                step(frame, stages, state, arena, geometry, k, rows, scratch)
                if k < count - 1:
                    replicate(stages, state, arena, k, first)
    return True


def build(function: None) -> Callable[..., int]:
    """The function that each worker calls once for a pass."""

    def run_pass(
        frames: int, table: int, controls: int, shown: int, memory: int, states: int, shape: int, scratch: int
    ) -> int:
        """Run tiles until none is left or `control` says stop; the pixels made are returned.

        Others read `progress` all the time: one number is set to the tiles that all workers have done of all passes,
        another counts this worker's own pixels.
        """
        frame = carray(pointer_to(frames), (at.FRAME_FIELDS,), np.int64)
        stages = carray(pointer_to(table), (frame[at.STAGES], at.STAGE_FIELDS), np.int64)
        control = carray(pointer_to(controls), (at.CONTROL_FIELDS,), np.int64)
        progress = carray(pointer_to(shown), (at.PROGRESS_FIELDS,), np.int64)
        state = carray(pointer_to(states), (frame[at.STAGES], at.STATE_FIELDS), np.int64)
        geometry = carray(pointer_to(shape), (at.GEOMETRY,), np.int64)
        arena = carray(pointer_to(memory), (scratch,), np.uint8)
        pixels = 0
        while atomic_load(control, at.STOP) == at.GO:
            tile = atomic_add(control, at.NEXT_TILE, 1)
            if tile >= frame[at.TILES]:
                break
            if not run_tile(frame, stages, control, state, arena, geometry, scratch, tile):
                break
            rows = min(frame[at.TILE_ROWS], frame[at.HEIGHT] - tile // frame[at.ACROSS] * frame[at.TILE_ROWS])
            columns = min(frame[at.TILE_COLUMNS], frame[at.WIDTH] - tile % frame[at.ACROSS] * frame[at.TILE_COLUMNS])
            pixels += rows * columns
            progress[at.PROGRESS_DONE] = frame[at.TILES_BEFORE] + atomic_add(control, at.DONE_TILES, 1) + 1
            progress[at.PROGRESS_PIXELS] += rows * columns * frame[at.COUNTED] // (frame[at.HEIGHT] * frame[at.WIDTH])
        return pixels

    return run_pass
