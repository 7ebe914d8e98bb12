"""How long steps are: each over its arrow on the x-axis, or all below the numbers of the axis."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore import Step
from scenes.look import Look
from scenes.parts.feet import in_row_below
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.source import figure
from scenes.parts.step import StepView
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

OVER = 0.1
"""Between the head of an arrow and the number over it, in units."""

BESIDE = 0.04
"""Between a number and the guides at the ends of its arrow, in units."""


def over_arrows(
    look: Look, view: StepView, steps: Sequence[Step], clear: Obstacles
) -> list[Lettering]:
    """Return the lengths of steps over their arrows, between the guides, all in one size.

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
    for size in (TYPE.label, TYPE.tick):
        out = []
        for step in steps:
            start, tip = view.arrow_ends(step.index)
            words = _length(look, step, size)
            low = start[1] + units(STROKE.arrow_head) / 2 + OVER
            words.place(float(start[0] + tip[0]) / 2, low, "center")
            wide = abs(float(tip[0] - start[0])) >= words.box.width + 2 * BESIDE
            if not wide or clear.trouble(words.box) >= 1:
                break
            out.append(words)
        else:
            return out
    return []


def below_arrows(look: Look, view: StepView, steps: Sequence[Step]) -> list[Lettering]:
    """Return the lengths of steps under their arrows, below the numbers of the axis."""
    out = []
    for step in steps:
        start, tip = view.arrow_ends(step.index)
        words = _length(look, step, TYPE.label)
        in_row_below(view.plot, words, float(start[0] + tip[0]) / 2)
        out.append(words)
    return out


def _length(look: Look, step: Step, size: float) -> Lettering:
    return look.math(figure(number(step.delta[0])), size, "step")
