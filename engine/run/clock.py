"""CPU time of threads, read from outside while they are in a call without the GIL."""

import threading
import time


class ThreadClock:
    """The CPU clock of one thread. `stop` is called in that thread before it ends: afterwards its clock is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ident: int | None = None
        self._final = 0

    def start(self) -> None:
        """Called in the thread itself."""
        with self._lock:
            self._ident = threading.get_ident()

    def stop(self) -> None:
        """Called in the thread itself, last."""
        with self._lock:
            self._ident, self._final = None, time.thread_time_ns()

    def tick(self) -> None:
        """Called in the thread now and then; only where no other thread can read its clock does it matter."""
        if not hasattr(time, "pthread_getcpuclockid"):
            self._final = time.thread_time_ns()

    def read(self) -> int:
        """Nanoseconds of CPU time so far; from any thread."""
        with self._lock:
            if self._ident is None or not hasattr(time, "pthread_getcpuclockid"):
                return self._final
            return time.clock_gettime_ns(time.pthread_getcpuclockid(self._ident))
