"""`python -m engine FOLDER`: the process that runs the batch in that folder. Not meant to be started by hand."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.batch.process import serve


def main() -> int:
    """Runs the batch; 2 when the arguments are wrong, 1 when it cannot be started."""
    match sys.argv[1:]:
        case [folder]:
            return serve(Path(folder))
        case [folder, descriptor] if descriptor.isdecimal():
            return serve(Path(folder), report_to=int(descriptor))
    print("This is how Safelight runs a batch: use `safelight apply`, which starts it.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
