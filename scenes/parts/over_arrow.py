"""How long steps are: each over its arrow on the x-axis, or all below the numbers of the axis."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

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

OVER = 0.1
"""Between the head of an arrow and the number over it, in units."""

BESIDE, LEAST = 0.14, 0.02
"""Between a number and the guides at the ends of its arrow, and where these are interrupted, in
units."""

GROUND = 0.07
"""How far the ground that interrupts them reaches beyond guides and over number, in units."""

APART = 0.12
"""At least between two numbers, in units."""


PAST = 0.75
"""How faint a step that is past is, in parts of the way to the background."""


class Length(VGroup):
    """How long a step is, at its arrow.

    Parameters
    ----------
    words
        The number.
    grounds
        What interrupts guides under it, where they are close by.
    """

    def __init__(self, words: Lettering, *grounds: VMobject) -> None:
        super().__init__(*grounds, words)
        self.words, self.grounds = words, grounds


def over_arrows(
    look: Look, view: StepView, steps: Sequence[Step], clear: Obstacles
) -> list[Length]:
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
    for size, beside in itertools.product((TYPE.label, TYPE.tick), (BESIDE, LEAST)):
        out = []
        for step in steps:
            start, tip = view.arrow_ends(step.index)
            words = _length(look, step, size)
            low = start[1] + units(STROKE.arrow_head) / 2 + OVER
            words.place(float(start[0] + tip[0]) / 2, low, "center")
            free = abs(float(tip[0] - start[0])) - words.box.width
            if free < 2 * beside or clear.trouble(words.box) >= 1:
                break
            aside = free / 2 + GROUND
            # Down to the arrow, so that no bit of a guide is left between.
            around = words.box.inset(-aside, low - OVER - words.box.bottom, -aside, -GROUND)
            out.append(Length(words, *([ground(look, around)] if free < 2 * BESIDE else [])))
        else:
            return out
    return []


def below_arrows(look: Look, view: StepView, steps: Sequence[Step]) -> list[Length]:
    """Return the lengths of steps under their arrows, below the numbers of the axis."""
    out = []
    for step in steps:
        start, tip = view.arrow_ends(step.index)
        words = _length(look, step, TYPE.label)
        in_row_below(view.plot, words, float(start[0] + tip[0]) / 2)
        out.append(Length(words))
    return out


def faded(look: Look, past: Length | None, told: Length | None) -> Lettering | None:
    """Return the length of a step that is past, faint where it stands; None without room there.

    Parameters
    ----------
    look
        The look.
    past, told
        The lengths of that step and of the one that is told now.
    """
    if not (past and told) or past.words.box.inset(*[-APART] * 4).meets(told.words.box):
        return None
    words: Lettering = past.words.copy()
    words.set_fill(look.theme.blend("step", PAST, TEXT_CONTRAST))
    return words


def _length(look: Look, step: Step, size: float) -> Lettering:
    return look.math(figure(number(step.delta[0])), size, "step")
