"""A contact sheet: some files of a batch tried before it is started, in background threads. It holds no widget."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from tui.io import Desk, draw
from tui.values import Predicted, Sheet

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.batch.specification import Specification
    from engine.run.prediction import Prediction
    from engine.run.samples import Sample
    from tui.graphics.way import Way

PIXELS = 480, 480
"""Of a picture that is kept, to be drawn again where there is another room for it."""
LEAST = 400
"""Bytes of a picture where the line is thin: less is no picture."""
Then = Callable[[Sheet], None]


class Sampling:
    """One sheet at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._kept: dict[int, Sample] = {}
        self._size = 0, 0

    def begin(self, specify: Callable[[], Specification], way: Way, then: Then) -> None:
        """Try files of what `specify` tells, which may read files and raise SafelightError."""
        self.leave()
        self._stop, self._kept, self._size = threading.Event(), {}, (0, 0)
        stop = self._stop
        self._desk.ask("sheet", lambda: self._sheet(specify, way, stop), then)

    def fit(self, size: tuple[int, int], way: Way, then: Then) -> None:
        """From now on each picture has columns x rows."""
        self._size = size
        self._desk.ask("sheet again", lambda: [Sheet(drawn=self._drawn(way))], then)

    def leave(self) -> None:
        """Try no more files."""
        self._stop.set()

    def collect(self) -> None:
        """Take what the threads have ready."""
        self._desk.collect()

    def close(self) -> None:
        """Nothing more is wanted."""
        self.leave()
        self._desk.close()

    def _sheet(self, specify: Callable[[], Specification], way: Way, stop: threading.Event) -> Iterator[Sheet]:
        from engine.run.prediction import predict
        from engine.run.samples import chosen, develop_samples

        try:
            specification = specify()
            indices = chosen(len(specification.tasks))
            names = tuple(os.path.basename(specification.tasks[index].output) for index in indices)
            yield Sheet(names=names, total=len(specification.tasks))
            samples = []
            for sample in develop_samples(specification, indices, PIXELS, stop):
                if stop.is_set():
                    return
                samples.append(sample)
                place = indices.index(sample.index)
                self._kept[place] = sample
                yield Sheet(drawn=self._drawn(way, place), errors={place: sample.error} if sample.error else {})
            told = predict(specification, samples)
        except SafelightError as error:
            yield Sheet(error=str(error))
            return
        yield Sheet(drawn=self._drawn(way), told=_told(told))

    def _drawn(self, way: Way, place: int | None = None) -> dict[int, tuple[Strip, ...]]:
        """One picture, or all there are, within the size that is wanted now."""
        from engine.files.pillow import from_pixels, shrink, to_pixels

        (columns, rows), (across, down) = self._size, way.grain
        wanted = self._kept if place is None else {place: self._kept[place]}
        budget = max(way.coarse // 12, LEAST) if way.coarse else way.sharp
        drawn = {}
        for number, sample in wanted.items():
            pixels = sample.pixels
            if pixels is None or columns < 1 or rows < 1:
                continue
            scale = min(1.0, columns * across / pixels.shape[1], rows * down / pixels.shape[0])
            sides = (max(1, round(side * scale)) for side in pixels.shape[1::-1])
            drawn[number] = draw(to_pixels(shrink(from_pixels(pixels), *sides)), way, budget)
        return drawn


def _told(told: Prediction) -> Predicted:
    return Predicted(
        told.files,
        told.left_alone,
        told.tried,
        told.failing,
        told.megapixels,
        told.seconds,
        told.workers,
        tuple(asdict(told.spent).items()),
        told.bytes,
        told.free,
        told.memory,
        told.budget,
        told.warning,
        told.cluster,
    )
