"""Why something that a person wrote does not work, in words."""

from engine.errors import SpecError


def reason(error: BaseException, origin: str = "") -> str:
    """What went wrong, and in which line if `origin` is the file; without a full stop."""
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read ({error.strerror})"
    words = " ".join(str(error).split()).rstrip(".")
    if isinstance(error, SpecError):
        return words
    line, trace = error.lineno if isinstance(error, SyntaxError) else None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == origin:
            line = trace.tb_lineno
        trace = trace.tb_next
    place = f", line {line}" if line else ""
    return f"{type(error).__name__}{place}{': ' if words else ''}{words}"
