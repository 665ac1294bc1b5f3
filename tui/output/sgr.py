"""The shortest change from one pen to another, in bytes for the terminal. Knows nothing of cells or screens."""

from functools import lru_cache

from tui.output.pen import (
    BLINK,
    BLINK2,
    BOLD,
    CONCEAL,
    DIM,
    ENCIRCLE,
    FRAME,
    ITALIC,
    OVERLINE,
    PLAIN,
    REVERSE,
    SEEN_ON_BLANKS,
    STRIKE,
    UNDERLINE,
    UNDERLINE2,
    UNSEEN,
    Pen,
)

ON = {
    BOLD: "1",
    DIM: "2",
    ITALIC: "3",
    UNDERLINE: "4",
    BLINK: "5",
    BLINK2: "6",
    REVERSE: "7",
    CONCEAL: "8",
    STRIKE: "9",
    UNDERLINE2: "21",
    FRAME: "51",
    ENCIRCLE: "52",
    OVERLINE: "53",
}
OFF = {
    BOLD | DIM: "22",
    ITALIC: "23",
    UNDERLINE | UNDERLINE2: "24",
    BLINK | BLINK2: "25",
    REVERSE: "27",
    CONCEAL: "28",
    STRIKE: "29",
    FRAME | ENCIRCLE: "54",
    OVERLINE: "55",
}
"""One code may end two attributes: the one that stays is then set again."""


@lru_cache(maxsize=4096)
def change(old: Pen, new: Pen) -> tuple[str, Pen]:
    """The bytes that make a terminal which draws with old draw with new, and the pen that it then has."""
    foreground, background = new[0] or old[0], new[1] or old[1]
    attributes = old[2] & ~SEEN_ON_BLANKS if new[2] == UNSEEN else new[2]
    result = (foreground, background, attributes, new[3])
    codes = _difference(old, result)
    afresh = ["", *_difference(PLAIN, result)]
    shorter = min(codes, afresh, key=lambda each: len(";".join(each)))
    link = "" if old[3] == new[3] else f"\x1b]8;;{new[3]}\x1b\\"
    return link + (f"\x1b[{';'.join(shorter)}m" if codes else ""), result


def _difference(old: Pen, new: Pen) -> list[str]:
    kept, codes = old[2], []
    for bits, code in OFF.items():
        if kept & bits & ~new[2]:
            codes.append(code)
            kept &= ~bits
    codes += [code for bit, code in ON.items() if new[2] & bit & ~kept]
    return codes + [now for before, now in zip(old[:2], new[:2], strict=True) if before != now]
