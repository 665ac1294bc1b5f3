"""Faults as the events that are told of them: whatever one says of itself is short and harmless."""

from engine.job import Task
from engine.run.failure import failed


def test_a_fault_of_any_kind_is_one_line_that_no_terminal_obeys() -> None:
    fault = failed(0, Task("\x1b[2J.jpg", "b.jpg"), RuntimeError("\x1b]0;x\7\n" + "a" * 100_000))
    assert fault.error.startswith("\\x1b[2J.jpg met a fault of Safelight's own (RuntimeError: \\x1b]0;x\\x07\\x0aaa")
    assert fault.error.isprintable()
    assert fault.error.endswith("a).")
    assert len(fault.error) < 300
