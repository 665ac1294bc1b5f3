"""Where things lie in the arrays that Python hands to the runner, and the runner to the stages. Imports nothing."""

# What a stage is told: rows and columns of output, strides in samples, planes, and how far beyond its output the source
# is valid on each side.
ROWS, COLUMNS, SOURCE_ROW, SOURCE_PLANE, TARGET_ROW, TARGET_PLANE, PLANES_IN, PLANES_OUT, REACH = range(9)
GEOMETRY = 9

# One row of `stages` per stage: what the plan knows of it. `after` is the reach of all later stages together; `buffer`,
# `stride` and `capacity` place its output in the worker's arena (in samples and rows).
ADDRESS, PARAMETERS, STAGE_REACH, STAGE_IN, STAGE_OUT, AFTER, BUFFER, STRIDE, CAPACITY = range(9)
STAGE_FIELDS = 9

# The picture and its tiles.
HEIGHT, WIDTH, TILE_ROWS, TILE_COLUMNS, ACROSS, TILES, TILES_BEFORE = range(7)
CHUNK, SOURCE, SOURCE_BYTES, TARGET, TARGET_BYTES, COUNTED = range(7, 13)
FRAME_FIELDS = 13
"""COUNTED is 1 where pixels are a worker's own: in the last pass, so that no picture counts twice."""

# What a worker shows of itself while the kernel runs: tiles done of all passes, tiles of all passes, pixels ever made.
PROGRESS_DONE, PROGRESS_TOTAL, PROGRESS_PIXELS = range(3)
PROGRESS_FIELDS = 3

# What workers share while a pass runs: the next tile to claim, tiles done, and whether to stop.
NEXT_TILE, DONE_TILES, STOP = range(3)
CONTROL_FIELDS = 3
GO, PAUSE, CANCEL = range(3)
"""PAUSE ends a call between tiles, CANCEL between rows."""

# One row of `state` per stage, for the tile under way: rows `next` to `stop` are still to be made, columns `left` to
# `right`; the buffer's first sample is pixel (base, origin), outside the picture where borders are replicated.
ROW, ROW_STOP, LEFT, RIGHT, BASE, ORIGIN = range(6)
STATE_FIELDS = 6
