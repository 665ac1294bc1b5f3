"""The numbers that our pictures have in the terminal's store, so that those of other programs are left alone."""

from collections.abc import Mapping

from tui.graphics.passage import wrapped

OURS = range(0x5AF000, 0x5B0000)
OURS_IN_FEW_COLOURS = range(192, 256)
"""Where only 256 colours are written: a placeholder's colour is its picture's number."""


def forget_all(environ: Mapping[str, str]) -> str:
    """Delete every picture that may be ours, also one that is half sent, through tmux where one is between.

    Kitty graphics protocol, deleting images: a range of numbers (d=R) is understood since kitty 0.33.
    """
    ends = "\x1b_Gq=2,m=0\x1b\\"
    orders = [f"\x1b_Ga=d,d=R,x={ours[0]},y={ours[-1]},q=2\x1b\\" for ours in (OURS, OURS_IN_FEW_COLOURS)]
    return "".join(wrapped(order) if environ.get("TMUX") else order for order in (ends, *orders))
