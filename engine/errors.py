"""The errors Safelight raises on purpose: each message is one sentence that names the thing and what to do."""


class SafelightError(Exception):
    """Anything a person can act on; the message is shown as it is."""


class SpecError(SafelightError):
    """A filter, parameter, preset or stack that cannot be understood."""


class ImageError(SafelightError):
    """A picture that cannot be read, held or written."""


class BatchError(SafelightError):
    """A batch that cannot be started, found or followed."""
