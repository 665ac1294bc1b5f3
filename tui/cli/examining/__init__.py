"""What doctor looks at: each module of this folder is one section, a function `examine` that returns facts by name."""

Facts = dict[str, str | float | bool | None]
"""A section of the report. None says that there is no such thing."""
