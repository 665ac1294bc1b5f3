"""`python -m engine.lab FOLDER`: the process that measures one strategy. Its result is a file in the folder."""

import pickle
import sys
from pathlib import Path

import numpy as np

from engine.errors import SafelightError
from engine.lab.measuring.run import measured
from engine.lab.measuring.trial import ORDER, PICTURE, RECORD, RESULT, Order
from engine.lab.strategies import find
from engine.lab.watching.record import new_record
from engine.lab.watching.watcher import CAPACITY


def main(folder: Path) -> None:
    """Measure what the order in the folder says."""
    order = pickle.loads((folder / ORDER).read_bytes())
    assert isinstance(order, Order)
    strategy = find(order.strategy)
    record = new_record(strategy.workers(order.setting.workers), CAPACITY, folder / RECORD)
    picture = np.load(folder / PICTURE, mmap_mode="r")
    try:
        result: object = measured(strategy, order.setting, picture, record, order.began)
    except SafelightError as error:
        result = str(error)
    written = folder / f"{RESULT}.part"
    written.write_bytes(pickle.dumps(result))
    written.replace(folder / RESULT)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
