"""Commands on the batch: applying the stack to many images."""

PLACE = 4
"""Of the group among the others."""
