"""Commands on how the picture is looked at. None of them changes what is written."""

PLACE = 2
"""Of the group among the others."""
