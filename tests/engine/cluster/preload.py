"""Loaded by workers before they begin: a file called `poison` kills its worker, and `slow` ones take their time."""

import functools
import os
import signal
import time
from typing import Any

from engine.run import development

SLOW = 0.2
decode = getattr(development.decode_task, "__wrapped__", development.decode_task)


@functools.wraps(decode)
def decode_task(task: Any, *words: Any) -> Any:
    name = os.path.basename(task.source)
    if name.startswith("poison"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("slow"):
        time.sleep(SLOW)
    return decode(task, *words)


development.decode_task = decode_task
