"""Commands on the program itself."""

PLACE = 5
"""Of the group among the others."""
