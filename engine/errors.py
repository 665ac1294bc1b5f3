"""The errors Safelight raises on purpose: each message is one sentence that names the thing and what to do."""

LONGEST = 80
"""Letters of what was given, in a sentence about it."""


class SafelightError(Exception):
    """Anything a person can act on; the message is shown as it is."""


class SpecError(SafelightError):
    """A filter, parameter, preset or stack that cannot be understood."""


class ImageError(SafelightError):
    """A picture that cannot be read, held or written."""


class BatchError(SafelightError):
    """A batch that cannot be started, found or followed."""


def quoted(value: object) -> str:
    """What was given, for a sentence on it: harmless on a terminal, and without its middle if it is long."""
    given = value
    if isinstance(value, str) and len(value) > LONGEST:
        given = value[: LONGEST - 20] + "…" + value[-20:]
    try:
        text = repr(given)
    except (ValueError, RecursionError):
        # Python writes out no number of thousands of digits.
        return "something very large"
    return text if len(text) <= 2 * LONGEST else f"{text[: LONGEST - 20]}…{text[-20:]}"
