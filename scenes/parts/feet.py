"""What stands under the x-axis: the places of a run on it, and the lengths of its steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.axis_marks import spread_out
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.step import DROPPED, SLID, locate, part_of
from scenes.parts.strokes import line, set_lines
from scenes.parts.window import ticks
from scenes.theme import TYPE, units
from scenes.words import number

BELOW = 0.42
"""What the row of the lengths needs under the numbers of the axis, in units."""

BESIDE = 0.3
"""Beyond the ends of the axis names may stand so far, in units."""

AIR = 0.14
"""Between a number of the axis and a place of the run, in units."""


class Foot(VGroup):
    """Where a run stands on the x-axis: a mark, and the number below it in the point's colour.

    It draws itself in the plot as that stands, and moves aside for the next place when the run
    comes there.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    xs, index
        The places of the run, and which of them this is.
    """

    def __init__(self, look: Look, plot: Plot, xs: Sequence[float], index: int) -> None:
        super().__init__()
        self.plot, self.xs, self.index = plot, tuple(xs), index
        self.names = [number(x) for x in xs]
        self.halves = [look.math(figure(name), TYPE.tick).advance / 2 for name in self.names]
        self.number = look.math(figure(self.names[index]), TYPE.tick, "point")
        self.mark = line(look, role="point")
        if index in self._told(index):
            self.add(self.mark, self.number)
        self.show(float(index))

    def _told(self, last: int) -> list[int]:
        """Return the places that have a number of their own when so many steps have been made.

        A run that comes back to a place, or to one whose number reads the same, needs no second
        one there.
        """
        window, names = self.plot.window, self.names[: last + 1]
        return [
            index
            for index, name in enumerate(names)
            if window.left <= self.xs[index] <= window.right and name not in names[:index]
        ]

    def _middle(self, last: int) -> float:
        """Return where the number stands when so many steps have been made."""
        inner = self.plot.inner
        there = {self.xs[index]: self.halves[index] for index in self._told(last)}
        order = sorted(there)
        free = spread_out(
            list(map(self.plot.x, order)),
            [there[x] for x in order],
            inner.left - BESIDE,
            inner.right + BESIDE,
        )
        return dict(zip(order, free, strict=True)).get(self.xs[self.index], inner.left)

    def show(self, position: float) -> None:
        """Stand at the axis of the plot as it is now."""
        index, phase = locate(position, len(self.xs) - 1)
        before, after = (self._middle(max(n, self.index)) for n in (index, index + 1))
        middle = before + (after - before) * part_of(phase, DROPPED, SLID)
        bottom, words = self.plot.inner.bottom, self.number
        words.place(middle, bottom - TICK - 0.08 - 0.66 * words.em, "center")
        x = self.plot.x(self.xs[self.index])
        set_lines(self.mark, [[(x, bottom), (x, bottom - TICK)]])


def under_axis(plot: Plot) -> float:
    """Return the baseline of a row of labels below the numbers of the axis."""
    return plot.inner.bottom - TICK - 0.08 - units(TYPE.tick) - 0.62 * units(TYPE.label)


def lengths(look: Look, plot: Plot, *steps: Step) -> list[Lettering]:
    """Return how long steps are, each under its arrow, below the numbers of the axis.

    Steps whose numbers would meet are moved apart in the order in which they lie.
    """
    inner = plot.inner
    words = [look.math(figure(number(step.delta[0])), role="step") for step in steps]
    middles = [
        (min(max(plot.x(step.point[0]), inner.left), inner.right)
         + min(max(plot.x(step.next_point[0]), inner.left), inner.right)) / 2
        for step in steps
    ]  # fmt: skip
    order = sorted(range(len(steps)), key=lambda at: middles[at])
    halves = [words[at].advance / 2 for at in order]
    free = spread_out(
        [middles[at] for at in order], halves, inner.left - BESIDE, inner.right + BESIDE
    )
    level = under_axis(plot)
    for at, x in zip(order, free, strict=True):
        words[at].place(x, level, "center")
    return words


def sparse_ticks(
    low: float,
    high: float,
    length: float,
    told: Sequence[float],
    measure: Callable[[float], float],
) -> list[float]:
    """Return few round numbers of an axis, none of which meets a value that is told there.

    Parameters
    ----------
    low, high, length
        The ends of the axis, and how long it is drawn.
    told
        The values that have a name of their own, or a line that leads to them.
    measure
        Gives what a number takes along the axis.
    """
    unit = length / (high - low)
    order = sorted({value for value in told if low <= value <= high})
    halves = [measure(value) / 2 for value in order]
    places = [(value - low) * unit for value in order]
    # A name that has moved aside for another one keeps its place at its value free too.
    aside = spread_out(places, halves, -BESIDE, length + BESIDE)
    taken = [*zip(places, halves, strict=True), *zip(aside, halves, strict=True)]

    def clear(value: float) -> bool:
        place, half = (value - low) * unit, measure(value) / 2
        return all(abs(place - other) >= half + wide + AIR for other, wide in taken)

    sets = [[value for value in ticks(low, high, about) if clear(value)] for about in (3, 2, 4, 5)]
    # At least two numbers make a scale, whatever stands between them.
    return next((values for values in sets if len(values) > 1), max(sets, key=len))
