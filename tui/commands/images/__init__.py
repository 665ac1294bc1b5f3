"""Commands on the list of images."""

PLACE = 1
"""Of the group among the others."""
