"""The figures that Safelight is meant to reach, measured with the real program: `python -m tests.long.figures`."""
