"""In the place of the child: answers as its first argument says, and as no sound child would."""

import os
import signal
import socket
import sys
import time
from typing import Any

from engine.files.apart.wire import LENGTH, LONGEST, receive_with, send

PICTURE: dict[str, Any] = {"shape": [2, 3, 3], "icc": None, "notes": [], "coarse": False}
ANSWERS: dict[str, Any] = {
    "shape": PICTURE | {"shape": [20_000, 3, 3]},
    "negative": PICTURE | {"shape": [-2, -3, 3]},
    "words": PICTURE | {"shape": "2x3"},
    "nothing": {},
    "list": [1, 2],
    "notes": PICTURE | {"notes": "no list"},
    "numbers": PICTURE | {"notes": [1]},
    "profile": PICTURE | {"icc": "***"},
    "large": PICTURE | {"icc": "A" * (3 << 20)},
    "shouts": PICTURE | {"notes": ["\x1b[2J" + "a" * 10_000] * 100},
    "sound": PICTURE,
}


def main() -> None:
    """One answer to each message."""
    with socket.socket(fileno=os.dup(0)) as parent:
        while True:
            _, descriptors = receive_with(parent, 600.0)
            for descriptor in descriptors:
                os.close(descriptor)
            what = sys.argv[1]
            if what == "hangs":
                time.sleep(600)
            elif what == "dies":
                os.kill(os.getpid(), signal.SIGSEGV)
            elif what == "ends":
                return
            elif what == "endless":
                parent.sendall(LENGTH.pack(LONGEST + 1))
                time.sleep(600)
            elif what == "garbage":
                parent.sendall(LENGTH.pack(4) + b"\xff{]\0")
            elif what == "drips":
                parent.sendall(LENGTH.pack(LONGEST))
                while True:
                    parent.sendall(b" ")
                    time.sleep(0.02)
            elif what == "gives":
                send(parent, PICTURE, 10.0, (0, 0))
            elif what == "half":
                parent.sendall(LENGTH.pack(400) + b"{")
                return
            else:
                send(parent, ANSWERS[what], 10.0)


if __name__ == "__main__":
    main()
