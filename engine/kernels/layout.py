"""Where things lie in the arrays that Python hands to the runner, and the runner to the stages. Imports nothing."""

# What a stage is told: rows and columns of output; bytes from a row to the next, from a plane to the next and from a
# pixel to the next, in the source and in the target; planes; how far beyond its output the source is valid on each
# side; where the first output pixel and the first source pixel lie in their pictures; and whether the target is so
# large that it had better not go through the cache. `other` is the first output pixel's place in another picture of the
# output's size, with the bytes from a row and from a plane to the next, for a stage that reads one.
ROWS, COLUMNS, SOURCE_ROW, SOURCE_PLANE, SOURCE_PIXEL, TARGET_ROW, TARGET_PLANE, TARGET_PIXEL = range(8)
PLANES_IN, PLANES_OUT, REACH, TOP, LEFT, SOURCE_TOP, SOURCE_LEFT, SOURCE_HEIGHT, SOURCE_WIDTH, STREAM = range(8, 18)
OTHER, OTHER_ROW, OTHER_PLANE = range(18, 21)
GEOMETRY = 21

# One row of `stages` per stage: what the plan knows of it. `buffer`, `stride` (in bytes) and `capacity` (in rows) place
# its output in the worker's arena; a plane of it has `item` bytes for a pixel. Output row r lies over source row
# (r + start) * upper // lower, columns alike. It reads `reach` rows and `beside` columns around, none beyond the
# picture where `inside` is 1, and waits until it can make `group` rows at a time. `stage other` is the address of the
# other picture that it reads, if it does, with bytes from a row, a plane and a pixel to the next.
ADDRESS, PARAMETERS, STAGE_REACH, STAGE_IN, STAGE_OUT, ITEM, BUFFER, STRIDE, CAPACITY = range(9)
ROW_SIZE, ROW_START, ROW_UPPER, ROW_LOWER, COLUMN_SIZE, COLUMN_START, COLUMN_UPPER, COLUMN_LOWER = range(9, 17)
STAGE_BESIDE, INSIDE, GROUP, STAGE_OTHER, OTHER_STRIDE, OTHER_APART, OTHER_PIXEL = range(17, 24)
STAGE_FIELDS = 24

# The picture that a pass makes, its tiles, and the memory it reads and writes.
HEIGHT, WIDTH, TILE_ROWS, TILE_COLUMNS, ACROSS, TILES, TILES_BEFORE, CHUNK, COUNTED, STAGES, FREE = range(11)
FROM, FROM_ROW, FROM_PLANE, FROM_PIXEL, FROM_HEIGHT, FROM_WIDTH, TO, TO_ROW, TO_PLANE, TO_STREAM = range(11, 21)
FRAME_FIELDS = 21
"""COUNTED are the pixels of the source, which the last pass counts for; 0 in others, so that no picture counts twice.
FREE is 1 where the first stage reads wherever it likes and is given the picture's first pixel."""

# What a worker shows of itself while the kernel runs: tiles done of all passes, tiles of all passes, pixels ever made.
PROGRESS_DONE, PROGRESS_TOTAL, PROGRESS_PIXELS = range(3)
PROGRESS_FIELDS = 3

# What workers share while a pass runs: the next tile to claim, tiles done, and whether to stop.
NEXT_TILE, DONE_TILES, STOP = range(3)
CONTROL_FIELDS = 3
GO, PAUSE, CANCEL = range(3)
"""PAUSE ends a call between tiles, CANCEL between rows."""

# What becomes of alpha where pictures with it are averaged.
ALPHA_AVERAGED, ALPHA_KEPT, ALPHA_LIMITED = range(3)
FAINT = 2.0**-20
"""Sums of alpha up to this, under negative weights, are what rounding has left of nothing."""

# One row of `state` per stage, for the tile under way: rows `row` to `row stop` are still to be made, columns `from` to
# `until`; the buffer's first pixel is (base, origin), outside the picture where borders are replicated, as are pixels
# up to row `bottom` and column `right`.
ROW, ROW_STOP, FIRST, UNTIL, BASE, ORIGIN, BOTTOM, RIGHT = range(8)
STATE_FIELDS = 8
