"""How the app feels, measured: `python -m tests.feel` drives the real one in a pseudo-terminal beside a bare list."""
