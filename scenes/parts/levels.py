"""Values told on their axis: level lines that lead there, and an arrow between the two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks, Name
from scenes.parts.history import ROUNDED
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import CLOSE
from scenes.parts.strokes import (
    Points,
    arrow_outline,
    dashes,
    line,
    outside,
    set_lines,
    shape,
)
from scenes.theme import STROKE, TYPE
from scenes.words import equals, number

BESIDE = (0.3, 0.22, 0.4, 0.55, 0.7, 0.9)
"""So far from the axis the arrow between two values may stand, in units, the best first."""

APART = 0.24
"""Two levels nearer to each other have one name, in units."""

AIR = 0.03
"""Between a level line and a dot that it passes, in units; shorter dashes are left out."""

BOLD = (0.9, 2.8)
"""Width and head of an arrow between two values, in % of the frame's shorter side."""

SHAFTED = 2.5
"""In an arrow shorter than so many heads the head is smaller: more head than shaft would read as a
wedge, and not as a way from one level to the other."""

PAST = 0.25
"""So far a level line goes on past the arrow, in units: a tip at the end of it points at nothing.
"""

NEAR, PITCH = 0.4, 0.1
"""From a dot to the arrow beside it at most, and from one place that is tried to the next, in
units."""

OFF_MARK = 0.25
"""Nearer to the mark of a minimum, in units, the arrow would seem to have missed it."""

HALF = 0.1
"""Half of what the arrow takes across, in units."""


class Fall(VGroup):
    """What a step did to the value: its values told on their axis, and an arrow between them.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and the step of a run of one variable.
    clear
        What the arrow keeps clear of, if it can.
    passed
        The middles and radii of the dots on the curve: the level lines leave these out.
    minimum
        The x of the minimum that has a mark, or None.

    Attributes
    ----------
    lines, names
        The level lines with the arrow, and the values on the axis.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        step: Step,
        clear: Obstacles,
        passed: Sequence[tuple[Points, float]],
        minimum: float | None,
    ) -> None:
        super().__init__()
        values = [step.value, step.next_value]
        places = (step.point[0], step.value), (step.next_point[0], step.next_value)
        spots = [_spot(plot, *place) for place in places]
        (_, start), (_, end) = spots
        left, (low, high) = plot.inner.left, sorted((start, end))
        first, last = sorted(x for x, _ in spots)
        mark = -np.inf if minimum is None else plot.x(minimum)

        def trouble(at: float) -> tuple[int, bool, float]:
            upright = Region(at - HALF, low + 0.1, at + HALF, high - 0.1)
            missed = abs(at - mark) < OFF_MARK
            # Rather over the curve than over words, of the level that goes on to the arrow, too.
            words = sum(clear.crossed([(x, y), (at + PAST, y)]) for x, y in spots if x < at)
            if upright.height <= 0:
                return words, missed, 0.0
            words += clear.crossed([(at, upright.bottom), (at, upright.top)], HALF)
            return words, missed, clear.trouble(upright)

        # As near to the dots as both of their levels go, but no nearer to a mark than to them; else
        # between them, where one level goes on to the arrow, or beside the axis.
        off = min(NEAR, (first - mark) / 2) if first > mark else NEAR
        outside = np.arange(first - off, left + BESIDE[0], -PITCH)
        between = np.arange(first + 2 * NEAR, last - NEAR, PITCH)
        beside = [left + aside for aside in BESIDE]
        at = min([*outside, *between, *beside], key=trouble)
        ways = [(spot, left) for spot in spots]
        ways += [(spot, at + PAST) for spot in spots if spot[0] < at]
        dashed = [part for spot, to in ways for part in _level(spot, to, passed)]
        lines = set_lines(line(look, role="curve", width=STROKE.axis), dashed)
        arrow = shape(look, arrow_outline((at, start), (at, end), *BOLD, SHAFTED), "curve")
        self.lines = VGroup(lines, arrow)
        if high - low < APART:
            # One name: two would stand away from their levels.
            del values[0]
        names = value_names(look, values)
        self.names = AxisMarks(look, plot, names, upright=True, apart=CLOSE)
        self.add(self.lines, self.names)


class Level(VGroup):
    """One value at two places: a line through both to the value axis, where it is told.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and a step of a run of one variable, which starts at the level.
    passed
        The middles and radii of the dots on the curve: the line leaves these out.
    """

    def __init__(
        self, look: Look, plot: Plot, step: Step, passed: Sequence[tuple[Points, float]]
    ) -> None:
        super().__init__()
        far = max(_spot(plot, x, step.value) for (x,) in (step.point, step.next_point))
        level = line(look, role="curve", width=STROKE.axis)
        set_lines(level, _level(far, plot.inner.left, passed))
        names = value_names(look, (step.value,))
        self.add(level, AxisMarks(look, plot, names, upright=True))


def value_names(look: Look, values: Sequence[float]) -> list[Name]:
    """Return values with their names for the axis; two that read the same have one."""
    names = {number(value): value for value in values}
    return [(value, _name(look, value)) for value in names.values()]


def _name(look: Look, value: float) -> Lettering:
    """Return a value with the sign that it has in the table when it is rounded."""
    sign = f"{ROUNDED} thin " if equals(value) != "=" else ""
    return look.math(f"{sign}{figure(number(value))}", TYPE.tick, "curve")


def _level(
    spot: tuple[float, float], to: float, passed: Sequence[tuple[Points, float]]
) -> list[Points]:
    """Return the dashes from a dot to an x: at dots no more is missing than what lies there."""
    dashed = dashes(spot, (to, spot[1]))
    for middle, radius in passed:
        dashed = [part for dash in dashed for part in outside(dash, middle, radius + AIR)]
    return [part for part in dashed if np.hypot(*(part[1] - part[0])) > AIR]


def _spot(plot: Plot, x: float, value: float) -> tuple[float, float]:
    """Return a place in the plot, at its edge where it lies outside."""
    inner = plot.inner
    return (
        float(np.clip(plot.x(x), inner.left, inner.right)),
        float(np.clip(plot.y(value), inner.bottom, inner.top)),
    )
