"""The registry: every module of this folder declares one rule as POLICY; there is no list to keep."""

import functools
import importlib
import pkgutil
from collections.abc import Mapping

from engine.lab.scheduling.policy import Policy


@functools.cache
def policies() -> Mapping[str, Policy]:
    """All of them by name, the simple first."""
    found = [importlib.import_module(f"{__name__}.{each.name}").POLICY for each in pkgutil.iter_modules(__path__)]
    return {each.name: each for each in sorted(found, key=lambda each: (each.order, each.name))}
