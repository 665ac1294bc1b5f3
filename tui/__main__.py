"""The `safelight` command: opens the app at once, or hands the words to the command line; parses no option itself."""

import gc
import os
import sys


def main() -> int:
    """Runs what the words after `safelight` ask for; the exit status."""
    if os.name == "nt":
        sys.stderr.write("Safelight does not run on native Windows; use it in WSL, the Windows Subsystem for Linux.\n")
        return 2
    words = sys.argv[1:]
    # NumPy's linear algebra would start a thread for each core, which spin for a while and have nothing to do.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        if is_for_the_app(words):
            from tui.cli.opening.app import open_app

            return open_app(words)
        from tui.cli.parsing.program import run

        return run(words)
    except KeyboardInterrupt:
        return 130
    finally:
        # All memory goes at once: looking through it for rings of objects first takes longer than many a command.
        gc.freeze()


def is_for_the_app(words: list[str]) -> bool:
    """Whether the words are only files and folders: no sub-command first and no option anywhere."""
    from tui.cli import is_command

    return not words or not (is_command(words[0]) or any(word.startswith("-") for word in words))


if __name__ == "__main__":
    sys.exit(main())
