"""What a batch is asked to do: a frozen value, and the files that hold it. Plans no output and runs nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from engine.batch.made import Made, read_made, write_made
from engine.batch.tasks import read_tasks, write_tasks
from engine.errors import BatchError
from engine.files.limits import Limits
from engine.job import Task, path_from_dict, path_to_dict
from engine.parameters.places import Stamp
from engine.stack import Stack

if TYPE_CHECKING:
    from engine.batch.folder import Folder

VERSION = 2


@dataclass(frozen=True, slots=True)
class Specification:
    """Everything that the process of a batch needs to know."""

    tasks: tuple[Task, ...]
    stack: Stack
    edits: tuple[Stack, ...] = ()
    """Stacks of tasks that have their own."""
    light: Literal["linear", "encoded"] = "linear"
    format: str = "keep"
    """`keep`, or a name of `engine.files.encode.FORMATS`."""
    quality: int = 90
    """Of formats that lose, 1 to 100."""
    metadata: Literal["safe", "all", "none"] = "safe"
    """What of the source's is written: what describes the photograph, everything, or nothing."""
    profile: Literal["keep", "srgb"] = "keep"
    """The colours of the results: the source's own, or sRGB."""
    workers: int = 1
    existing: Literal["fail", "skip", "replace"] = "fail"
    in_place: bool = False
    """Whether each result takes the place of its source: output and source of a task are one."""
    limits: Limits = field(default_factory=Limits)
    memory: int = 0
    """Bytes that the batch's process takes at most; 0 for a quarter of what its machine, or its group, has."""
    output: str = ""
    """The folder the pictures go to; empty for that of the first."""
    cluster: str = ""
    """The cluster that does it, `tcp://host:8786` or `local:4`; empty for the batch's own process."""

    files: Mapping[str, Stamp] = field(default_factory=dict)
    """What tells whether a file that a step names has changed since the batch was asked for, by path."""
    turn: int = 0
    """It begins when fewer batches than that run, and none that goes before it waits; 0 for at once."""
    priority: int = 0
    """Among those that wait, `engine.job.LOWEST` to HIGHEST: the higher first, then the older."""
    earlier: Mapping[int, Made | None] = field(default_factory=dict)
    """Tasks whose results are earlier batches' own, by number, so that they may be replaced. One that would be the same
    again, and whose files have not changed since, is left as it is."""

    @property
    def destination(self) -> str:
        """The folder to show a person."""
        return self.output or (self.tasks[0].output.rpartition("/")[0] if self.tasks else "")

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """Every stack that a task may have."""
        return (self.stack, *self.edits)

    def stack_of(self, task: Task) -> Stack:
        """What is done to it; IndexError where its edits are not among these."""
        return self.stack if task.edits < 0 else self.edits[task.edits]

    def stamps(self) -> dict[str, Stamp]:
        """What tells now whether a file that a step names has changed, by path."""
        return {path: stamp for stack in self.stacks for path, stamp in stack.stamps().items()}

    def recipe(self, stack: Stack) -> str:
        """What tells whether another batch makes the same of the same file: alike means the same bytes."""
        steps = [
            each | {"version": step.declaration.version}
            for each, step in zip(stack.to_list(), stack.steps, strict=True)
        ]
        now = stack.stamps()
        parts = [
            steps,
            {path: self.files.get(path, stamp) for path, stamp in now.items()},
            self.light,
            self.format,
            self.quality,
            self.metadata,
            self.profile,
        ]
        return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=16).hexdigest()


def save_specification(specification: Specification, folder: Folder) -> None:
    """Writes its files, once; OSError when that fails."""
    write_tasks(folder.tasks, specification.tasks)
    write_made(folder.earlier, specification.earlier)
    values = {
        "version": VERSION,
        "stack": specification.stack.to_list(),
        "edits": [each.to_list() for each in specification.edits],
        "files": specification.stamps(),
        "light": specification.light,
        "format": specification.format,
        "quality": specification.quality,
        "metadata": specification.metadata,
        "profile": specification.profile,
        "workers": specification.workers,
        "existing": specification.existing,
        "in_place": specification.in_place,
        "limits": asdict(specification.limits),
        "memory": specification.memory,
        "turn": specification.turn,
        "priority": specification.priority,
        "cluster": specification.cluster,
    } | path_to_dict("output", specification.output)
    folder.write_new(folder.specification, json.dumps(values, indent=1).encode())


def load_specification(folder: Folder) -> Specification:
    """The inverse; BatchError when the files are missing, damaged or of another version."""
    try:
        values: dict[str, Any] = json.loads(folder.specification.read_bytes())
        if values["version"] != VERSION:
            raise BatchError(f"Batch {folder.id} was written by another version of Safelight.")
        return Specification(
            tasks=read_tasks(folder.tasks),
            stack=Stack.from_list(values["stack"]),
            edits=tuple(Stack.from_list(each) for each in values.get("edits", ())),
            files={path: Stamp(*stamp) for path, stamp in values["files"].items()},
            light=values["light"],
            format=values["format"],
            quality=values["quality"],
            metadata=values["metadata"],
            profile=values["profile"],
            workers=values["workers"],
            existing=values["existing"],
            in_place=values["in_place"],
            earlier=read_made(folder.earlier),
            limits=Limits(**values["limits"]),
            memory=values["memory"],
            turn=int(values.get("turn", 0)),
            priority=int(values.get("priority", 0)),
            output=path_from_dict("output", values),
            cluster=values.get("cluster", ""),
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BatchError(f"The specification of batch {folder.id} cannot be read ({error}).") from None
