"""Safelight in a terminal: the app and the command line; it computes no pixel itself."""

__version__ = "0.1.0"
