"""Commands on the batch: applying the stack to many images."""

PLACE = 3
"""Of the group among the others."""
