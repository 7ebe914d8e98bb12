"""How long steps are: each over its arrow on the x-axis, or all below the numbers of the axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import VGroup, VMobject

from gdcore import Step
from scenes.look import Look
from scenes.parts.feet import in_row_below
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.source import figure
from scenes.parts.step import StepView
from scenes.parts.strokes import ground
from scenes.theme import STROKE, TEXT_CONTRAST, TYPE, units
from scenes.words import number

OVER = 0.13
"""Between the head of an arrow and the number over it, in units: guides are seen to go on there."""

BESIDE, LEAST, WIDER = 0.14, 0.02, -0.15
"""Between a number and the guides at the ends of its arrow, and where these are interrupted, in
units: over a short arrow a number may be a little wider than it."""

ASIDE = 0.0, 0.05, 0.1, 0.15
"""So far from the middle of its arrow such a number may stand, toward the start of the step, in
units: on the other side the tangent comes down."""

GROUND = 0.07, 0.04
"""How far the ground that interrupts guides reaches beyond them or the number, and up, in units."""

APART = 0.12
"""At least between two numbers, in units."""

STAYS = 0.1
"""Of its arrow a number that makes room for another one is at least over so much, in units."""

PAST = 0.75
"""How faint a step that is past is, in parts of the way to the background."""


class Length(VGroup):
    """How long a step is, at its arrow.

    Parameters
    ----------
    words, free
        The number, and how much wider its arrow is, in units.
    grounds
        What interrupts guides under it, where they are close by.
    """

    def __init__(self, words: Lettering, free: float, *grounds: VMobject) -> None:
        super().__init__(*grounds, words)
        self.words, self.free, self.grounds = words, free, grounds


def over_arrows(
    look: Look, view: StepView, steps: Sequence[Step], clear: Obstacles
) -> list[Length]:
    """Return the lengths of steps over their arrows, all in one size and in one row.

    They stand between the guides, or interrupt these where an arrow is short.

    Nothing where one of them has no room there. A step of 0 has no arrow and no number.

    Parameters
    ----------
    look, view
        The look, and what draws the steps.
    steps
        The steps that are told.
    clear
        What the numbers keep clear of besides: curve, tangents, points.
    """
    sizes = TYPE.label, TYPE.tick
    tries = [(size, gap, (0.0,)) for gap in (BESIDE, LEAST) for size in sizes]
    for size, gap, aside in (*tries, (TYPE.tick, WIDER, ASIDE)):
        out = [_over(look, view, step, size, clear, aside) for step in steps]
        found = [length for length in out if length and length.free >= 2 * gap]
        if len(found) == len(steps):
            return found
    return []


def _over(
    look: Look,
    view: StepView,
    step: Step,
    size: float,
    clear: Obstacles,
    aside: Sequence[float],
) -> Length | None:
    """Return a step's length over its arrow, as little aside as it can be; None without room."""
    start, tip = view.arrow_ends(step.index)
    words, back = _length(look, step, size), np.sign(start[0] - tip[0])
    middle = float(start[0] + tip[0]) / 2
    low = start[1] + units(STROKE.arrow_head) / 2 + OVER
    for away in aside:
        words.place(middle + away * back, low, "center")
        if clear.trouble(words.box) < 1:
            free = abs(float(tip[0] - start[0])) - words.box.width
            return Length(words, free, *_interrupting(look, words, free))
    return None


def _interrupting(look: Look, words: Lettering, free: float) -> list[VMobject]:
    """Return what interrupts guides that are close to a number or behind it."""
    if free >= 2 * BESIDE:
        return []
    across, up = GROUND
    aside = max(free / 2, 0.0) + across
    return [ground(look, words.box.inset(-aside, -up, -aside, -up))]


def below_arrows(look: Look, view: StepView, steps: Sequence[Step]) -> list[Length]:
    """Return the lengths of steps under their arrows, below the numbers of the axis.

    They are smaller where they would meet.
    """
    for size in (TYPE.label, TYPE.tick):
        out = [_below(look, view, step, size) for step in steps]
        boxes = [length.words.box.inset(-APART / 2, 0, -APART / 2, 0) for length in out]
        if not any(one.meets(other) for one, other in pairwise(boxes)):
            break
    return out


def _below(look: Look, view: StepView, step: Step, size: float) -> Length:
    (start, tip), words = view.arrow_ends(step.index), _length(look, step, size)
    in_row_below(view.plot, words, float(start[0] + tip[0]) / 2)
    return Length(words, abs(float(tip[0] - start[0])) - words.box.width)


def faded(
    look: Look, view: StepView, lengths: Sequence[Length | None], clear: Obstacles
) -> Lettering | None:
    """Return the length of the first step, faint, when the second is told beside it.

    It makes room for the other one as long as it stays at its arrow; None where it cannot.

    Parameters
    ----------
    look, view
        The look, and what draws the steps.
    lengths, clear
        Those of both steps, and what is in the way while the second one is told.
    """
    past, told = lengths
    if not (past and told):
        return None
    words: Lettering = past.words.copy()
    words.set_fill(look.theme.blend("step", PAST, TEXT_CONTRAST))
    box, other = words.box, told.words.box
    if box.inset(*[-APART] * 4).meets(other):
        rightward = box.center[0] > other.center[0]
        aside = other.right + APART - box.left if rightward else other.left - APART - box.right
        words.place(words.origin[0] + aside, words.origin[1])
        ends = [float(end[0]) for end in view.arrow_ends(0)]
        over = min(max(ends), words.box.right) - max(min(ends), words.box.left)
        if over < STAYS or clear.trouble(words.box) >= 1:
            return None
    return words


def _length(look: Look, step: Step, size: float) -> Lettering:
    return look.math(figure(number(step.delta[0])), size, "step")
