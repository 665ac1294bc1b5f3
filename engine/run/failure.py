"""What went wrong with a file, as the event that is told of it. It raises nothing."""

from engine.errors import SafelightError
from engine.files.name import show
from engine.job import Failed, Task


def failed(index: int, task: Task, error: Exception) -> Failed:
    """One sentence for a person."""
    name = show(task.source)
    if isinstance(error, SafelightError):
        sentence = str(error)
    elif isinstance(error, MemoryError):
        sentence = f"{name} takes more memory than there is: use a smaller --memory."
    else:
        sentence = f"{name} met a fault of Safelight's own ({type(error).__name__}: {error})."
    return Failed(index, task.source, sentence)
