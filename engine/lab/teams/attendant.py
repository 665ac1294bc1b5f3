"""The other side of a station: does in its own process or interpreter what it is asked, one order at a time.

Orders and answers are pickled, one after the other. NumPy is imported by the attendants that need it, as not every
interpreter can.
"""

import pickle
import sys
from importlib import import_module
from typing import Any, BinaryIO


def serve(reader: BinaryIO, writer: BinaryIO, attendant: Any) -> None:
    """Call the attendant's method of each order's name until the reader ends; what it raises is an answer as well."""
    while True:
        try:
            name, arguments = pickle.load(reader)
        except EOFError:
            return
        try:
            answer = True, getattr(attendant, name)(*arguments)
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            answer = False, f"{type(error).__name__}: {error}"
        pickle.dump(answer, writer, pickle.HIGHEST_PROTOCOL)
        writer.flush()


def find(path: str) -> Any:
    """`module:name` as what it names."""
    module, name = path.split(":")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, find(sys.argv[1])())
