"""A terminal's store of pictures after Kitty's specification, by a parser of the tests' own."""

import re

ORDER = re.compile(r"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")
THEIRS = 4711
"""A picture that another program has put there."""


def stored(written: str) -> set[int]:
    """Pictures that the terminal holds after all that was written, one that is half there among them."""
    there, half = {THEIRS}, 0
    for found in ORDER.finditer(written):
        keys = dict(each.split("=") for each in found[1].split(","))
        action = keys.get("a", "t")
        if action == "d":
            numbers = [int(keys["i"])] if keys["d"] == "I" else range(int(keys["x"]), int(keys["y"]) + 1)
            assert keys["d"] in "IR"
            there -= set(numbers)
        elif action in "tT":
            half = int(keys.get("i", half))
            there |= {half} - {0}
            half = half if keys.get("m") == "1" else 0
    return there | ({-1} if half else set())
