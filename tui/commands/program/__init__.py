"""Commands on the program itself."""

PLACE = 4
"""Of the group among the others."""
