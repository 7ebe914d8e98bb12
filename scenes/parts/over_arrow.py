"""How long steps are: each over its arrow on the x-axis, or all below the numbers of the axis."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from itertools import pairwise

from manim import VGroup

from gdcore import Step
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.feet import in_row_below
from scenes.parts.lettering import Lettering
from scenes.parts.placing import AIR, Obstacles
from scenes.parts.source import figure
from scenes.parts.step import MEASURED, SCALED, StepView, part_of
from scenes.parts.strokes import ground
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

OVER = 0.13
"""Between the head of an arrow and the number over it, in units."""

BESIDE, LEAST, WIDER = 0.14, 0.02, -0.2
"""Between a number and the guides at the ends of its arrow, and where these end over it, in units:
over a short arrow a number may be a little wider than it."""

CUT = 0.07, 0.08
"""How far what ends a guide reaches to both sides of it, and beyond the number, in units."""

OVER_AXIS = 0.03
"""From the axis up to where it begins, in units: the axis goes on."""

APART = 0.12
"""At least between two numbers, in units."""


class Length(VGroup):
    """How long a step is, at its arrow.

    Parameters
    ----------
    index, words
        The step, and its number.
    cuts
        Where guides that are close by end over it.
    """

    def __init__(self, index: int, words: Lettering, cuts: Sequence[Region] = ()) -> None:
        super().__init__(words)
        self.index, self.words, self.cuts = index, words, cuts


class Cuts(VGroup):
    """What ends the guides of a step over its number, while that is told.

    It lies on the guides and under the arrow.

    Parameters
    ----------
    look, length
        The look, and the number.
    """

    def __init__(self, look: Look, length: Length) -> None:
        self.index = length.index
        super().__init__(*(ground(look, box) for box in length.cuts))
        self.outlines = [each.points for each in self]

    def show(self, position: float) -> None:
        """Come with the number, and go when the next step is measured."""
        phase = position - self.index
        there = part_of(phase, MEASURED, SCALED) - part_of(phase - 1, 0.0, MEASURED)
        for each, outline in zip(self, self.outlines, strict=True):
            each.points = outline if there else outline[:0]
            each.set_fill(opacity=there)


def over_arrows(
    look: Look, view: StepView, steps: Sequence[Step], clear: Callable[[int], Obstacles]
) -> list[Length]:
    """Return the lengths of steps over their arrows, all in one size.

    They stand between the guides, or these end over them where an arrow is short.

    One that has no room there is left out. A step of 0 has no arrow and no number.

    Parameters
    ----------
    look, view
        The look, and what draws the steps.
    steps
        The steps that are told.
    clear
        Gives what the number of a step keeps clear of besides: curve, tangent, points.
    """

    @functools.cache
    def over(size: float) -> list[tuple[Length, float]]:
        out = (_over(look, view, step, size, clear(step.index)) for step in steps)
        return [found for found in out if found]

    tries = [(size, gap) for gap in (BESIDE, LEAST) for size in (TYPE.label, TYPE.tick)]
    found: list[Length] = []
    for size, gap in (*tries, (TYPE.tick, WIDER)):
        found = [length for length, free in over(size) if free >= 2 * gap]
        if len(found) == len(steps):
            break
    return found


def _over(
    look: Look, view: StepView, step: Step, size: float, clear: Obstacles
) -> tuple[Length, float] | None:
    """Return a step's length over the middle of its arrow, or None without room.

    With it comes how much wider the arrow is, in units.
    """
    start, tip = view.arrow_ends(step.index)
    words = _length(look, step, size)
    low = start[1] + units(STROKE.arrow_head) / 2 + OVER
    words.place(float(start[0] + tip[0]) / 2, low, "center")
    free = abs(float(tip[0] - start[0])) - words.box.width
    cuts: list[Region] = []
    if free < 2 * BESIDE:
        across, up = CUT
        top, bottom = words.box.top + up, start[1] + OVER_AXIS
        cuts = [Region(end[0] - across, bottom, end[0] + across, top) for end in (start, tip)]
    # What is beside a guide may come near to it, but is not cut with it.
    bare = (box.inset(AIR, AIR, AIR, AIR) for box in cuts)
    if any(clear.trouble(box) >= 1 for box in (words.box, *bare)):
        return None
    return Length(step.index, words, cuts), free


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
    return Length(step.index, words)


def _length(look: Look, step: Step, size: float) -> Lettering:
    return look.math(figure(number(step.delta[0])), size, "step")
