"""How long steps are: each over its arrow on the x-axis, or below the numbers of the axis."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.feet import in_row_below, row_baseline
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE, in_place
from scenes.parts.step import StepView
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

OVER = 0.13
"""Between the head of an arrow and the number over it, in units."""

ROOMY, CLOSE = 0.14, 0.065
"""Between a number and the guides at the ends of its arrow, and at least, in units."""

APART, MOVED = 0.25, 0.16
"""Between two numbers below the axis, which else would read as a difference, and how far each may
stand beside the middle of its arrow for that, in units."""

SIZES = TYPE.label, TYPE.tick, TYPE.minimum
"""Of the numbers, the best first."""


class Length(VGroup):
    """How long a step is, at its arrow, and beside it how long the one before was.

    Parameters
    ----------
    words, before
        The numbers; the second one is missing where it has no room.
    """

    def __init__(self, words: Lettering, before: Lettering | None = None) -> None:
        super().__init__(words, *([before] if before else []))
        self.words, self.before = words, before


def length_over(
    look: Look, view: StepView, step: Step, before: Step | None, clear: Obstacles
) -> Length | None:
    """Return the length of a step over its arrow, between the guides, or None without room.

    Parameters
    ----------
    look, view
        The look, and what draws the steps.
    step, before
        The step, and the one before if that is told too: over its own arrow, and not larger.
    clear
        What numbers keep clear of besides: curve, tangent, points.
    """
    for gap in (ROOMY, CLOSE):
        for size in SIZES:
            both = [_over(look, view, each, size, gap, clear) for each in (step, before) if each]
            if all(both):
                return Length(*filter(None, both))
    return None


def _over(
    look: Look, view: StepView, step: Step, size: float, gap: float, clear: Obstacles
) -> Lettering | None:
    """Return a step's length over the middle of its arrow, or None without room."""
    start, tip = view.arrow_ends(step.index)
    words = _length(look, step, size)
    low = start[1] + units(STROKE.arrow_head) / 2 + OVER
    words.place(float(start[0] + tip[0]) / 2, low, "center")
    free = abs(float(tip[0] - start[0])) - words.box.width
    return words if free >= 2 * gap and clear.trouble(words.box) < 1 else None


def length_below(look: Look, view: StepView, step: Step, before: Step | None) -> Length | None:
    """Return the length of a step under its arrow, below the numbers of the axis.

    The one before stands beside it, each under its own arrow, where there is room for both.
    """
    told = [step, before] if before else [step]
    ends = [view.arrow_ends(each.index) for each in told]
    middles = [float(start[0] + tip[0]) / 2 for start, tip in ends]
    for size in SIZES:
        words = [_length(look, each, size) for each in told]
        if there := _under(view, words, middles):
            for each, middle in zip(words, there, strict=True):
                each.place(middle, row_baseline(view.plot), "center")
            return Length(*words)
    alone = _length(look, step, SIZES[0])
    return Length(alone) if len(in_row_below(view.plot, alone, middles[0])) else None


def _under(view: StepView, words: Sequence[Lettering], middles: Sequence[float]) -> list[float]:
    """Return where numbers stand under their arrows, or nothing where they have no room."""
    inner = view.plot.inner
    there = in_place(
        middles,
        [each.advance / 2 for each in words],
        inner.left - BESIDE,
        inner.right + BESIDE,
        moved=MOVED,
        close=APART,
    )
    return [there[index] for index in range(len(words))] if len(there) == len(words) else []


def _length(look: Look, step: Step, size: float) -> Lettering:
    return look.math(figure(number(step.delta[0])), size, "step")
