"""How long steps are: each over its arrow on the x-axis, or below the numbers of the axis."""

from __future__ import annotations

import math

from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.feet import in_row_below
from scenes.parts.lettering import Lettering
from scenes.parts.placing import AIR, Obstacles
from scenes.parts.source import figure
from scenes.parts.step import StepView
from scenes.parts.strokes import ground
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

OVER = 0.13
"""Between the head of an arrow and the number over it, in units."""

ROOMY, CLOSE = 0.14, units(STROKE.point) / 2
"""Between a number and the guides at the ends of its arrow, and at least, in units: the point that
goes along a guide then does not touch the number."""

APART = 0.18
"""More than the air between two numbers, which else would read as a difference, in units."""

ALONG = (0.5, 0.4, 0.3, 0.2, 0.6, 0.7, 0.8)
"""Where on its arrow a number may stand, in parts from the tail on: the middle first, and rather
nearer to the tail, over which the curve is higher."""

TRIES = (
    *((size, ROOMY) for size in (TYPE.label, TYPE.tick, TYPE.minimum)),
    (TYPE.minimum, CLOSE),
    (TYPE.minimum, -math.inf),
)
"""Sizes of a number and its gaps to the guides, the best first; closer ones are interrupted."""


class Length(VGroup):
    """How long a step is, at its arrow, and beside it how long the one before was.

    Parameters
    ----------
    look, words
        The look, and the number.
    before
        The number of the step before, where it has room.
    tight
        Whether guides come so close that the number has a ground, which interrupts them.
    """

    def __init__(
        self,
        look: Look,
        words: Lettering,
        before: Lettering | None = None,
        tight: bool = False,
    ) -> None:
        self.words, self.before, self.tight = words, before, tight
        # Down to the arrow: what is left of a dash there would seem to belong to the number.
        around = words.box.inset(-AIR, -OVER, -AIR, -AIR / 2)
        parts = ground(look, around) if tight else None, words, before
        super().__init__(*filter(None, parts))


def length_over(
    look: Look, view: StepView, step: Step, before: Step | None, clear: Obstacles
) -> Length | None:
    """Return the length of a step over its arrow, or None without room.

    It stands between the guides, or on a ground before them where the arrow is too short for that.

    Parameters
    ----------
    look, view
        The look, and what draws the steps.
    step, before
        The step, and the one before if that is told too: over its own arrow, not larger, and only
        if there is room.
    clear
        What numbers keep clear of besides: curve, tangent, points.
    """

    # The gaps are those at the tail and at the tip.
    def over(
        told: Step, size: float, gaps: tuple[float, float], clear: Obstacles
    ) -> Lettering | None:
        start, tip = view.arrow_ends(told.index)
        words = _length(look, told, size)
        low = start[1] + units(STROKE.arrow_head) / 2 + OVER
        # By its ink, whose sides bear unequal air, and not by its advance.
        aside = words.place(0.0, low, "center").box.center[0]
        for part in ALONG:
            words.place(float(start[0] + (tip[0] - start[0]) * part) - aside, low, "center")
            long, half = abs(float(tip[0] - start[0])), words.box.width / 2
            free = min(long * part - gaps[0], long * (1 - part) - gaps[1])
            if free >= half and clear.trouble(words.box) < 1:
                return words
        return None

    first = None
    for size, gap in TRIES:
        if words := over(step, size, (gap, gap), clear):
            beside = clear.copy()
            beside.add_box(words.box.inset(-APART, 0.0, -APART, 0.0))
            # No guide is left at its tail.
            last = over(before, size, (0.0, CLOSE), beside) if before else None
            length = Length(look, words, last, tight=gap < CLOSE)
            if last or not before:
                return length
            first = first or length
    return first


def length_below(look: Look, view: StepView, step: Step) -> Length | None:
    """Return the length of a step under its arrow, below the numbers of the axis."""
    start, tip = view.arrow_ends(step.index)
    words = _length(look, step, TYPE.label)
    placed = in_row_below(view.plot, words, float(start[0] + tip[0]) / 2)
    return Length(look, words) if len(placed) else None


def _length(look: Look, step: Step, size: float) -> Lettering:
    return look.math(figure(number(step.delta[0])), size, "step")
