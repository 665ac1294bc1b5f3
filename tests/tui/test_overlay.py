"""Frames, tints and marks on the picture, as pixels."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.library import apply
from engine.stack import Stack
from tui.editing.corners import CornersDraft
from tui.editing.margins import MarginsDraft
from tui.editing.mask import MaskDraft
from tui.editing.subject import Subject, form_of

HEIGHT, WIDTH = 200, 300
GREY = 150
WHITE = np.full((HEIGHT, WIDTH, 3), GREY, np.uint8)


def subject(specification: str, name: str, *later: str) -> Subject:
    """A step with others behind it."""
    stack = Stack.parse([specification, *later])
    return Subject(stack, 0, *form_of(stack.steps[0], name), (HEIGHT, WIDTH))


def seen(draft: MarginsDraft | CornersDraft | MaskDraft) -> NDArray[np.uint8]:
    """What the picture shows."""
    result: NDArray[np.uint8] = apply(WHITE, draft.shown())
    return result


@pytest.mark.parametrize("specification", ["crop:left=10,right=30,top=20,bottom=5", "crop:left=10,aspect=square"])
def test_a_frame_leaves_light_what_a_crop_leaves(specification: str) -> None:
    draft = MarginsDraft(subject(specification, "left", "resize:width=40"))
    top, left, height, width = draft._region()
    result = seen(draft)
    assert result.shape == WHITE.shape
    light = result[..., 0] == GREY
    # One in five of a side, so that neither marks nor the softness of an edge count.
    rows, columns = slice(top + height // 5, top + 2 * height // 5), slice(left + width // 5, left + 2 * width // 5)
    assert light[rows, columns].all()
    outside = np.ones((HEIGHT, WIDTH), bool)
    outside[max(top - 2, 0) : top + height + 2, max(left - 2, 0) : left + width + 2] = False
    marked = (result != result[..., :1]).any(axis=2) | (result[..., 0] > GREY)
    assert not light[outside & ~marked].any()
    assert apply(WHITE, [specification]).shape[:2] == (height, width)
    assert result[outside & ~marked].max() < 0.75 * GREY


def test_corners_leave_light_what_is_between_them() -> None:
    draft = CornersDraft(subject("four-corners:corners=[20 10; 80 30; 90 90; 10 80]", "corners"))
    result = seen(draft)
    assert (result[100, 150] == GREY).all()
    assert (result[[2, 100, 190], [150, 5, 150]] < GREY).all()


def test_a_tint_is_where_the_step_acts_and_what_it_leaves_is_dark() -> None:
    draft = MaskDraft(subject("sepia:mask=linear 0 40 0 60", "mask"))
    tinted = seen(draft)
    assert (tinted[10, 280] == GREY).all()
    assert tinted[190, 280, 0] > GREY > tinted[190, 280, 1]
    draft.look()
    left = seen(draft)
    assert (left[10, 280] == 0).all()
    assert (left[190, 280] == GREY).all()
    draft.invert()
    assert (seen(draft)[10, 280] == GREY).all()
    draft.look()
    assert draft.view == "result"
    assert (seen(draft) == apply(WHITE, draft.subject.stack.put(0, draft.step))).all()


@pytest.mark.parametrize("chosen", [0, 1])
def test_the_chosen_handle_is_the_larger_mark(chosen: int) -> None:
    draft = MaskDraft(subject("sepia:mask=not linear 25 50 75 50", "mask"))
    draft.look()
    draft.choose(chosen)
    result = seen(draft).astype(int)
    sizes = []
    for x in (75, 225):
        around = result[70:130, x - 30 : x + 30]
        sizes.append(int(((around[..., 0] > 200) & (around[..., 1] > 150)).sum()))
    assert sizes.index(max(sizes)) == chosen
    assert min(sizes) > 10
