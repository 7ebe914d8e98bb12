"""What stands under the x-axis: the places of a run on it, and the lengths of its steps."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE, spread_out
from scenes.parts.step import DROPPED, SLID, locate, part_of
from scenes.parts.strokes import Points, line, set_lines
from scenes.theme import TYPE, units
from scenes.words import number

BELOW = 0.42
"""What the row of the lengths needs under the numbers of the axis, in units."""


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
        self.stand(position)

    def stand(self, position: float, strength: float = 1.0) -> None:
        """Stand at the axis, so strong; what is not there at all has no outline either."""
        index, phase = locate(position, len(self.xs) - 1)
        before, after = (self._middle(max(n, self.index)) for n in (index, index + 1))
        middle = before + (after - before) * part_of(phase, DROPPED, SLID)
        bottom, words = self.plot.inner.bottom, self.number
        words.place(middle, bottom - TICK - 0.08 - 0.66 * words.em, "center")
        x = self.plot.x(self.xs[self.index])
        set_lines(self.mark, [[(x, bottom), (x, bottom - TICK)]] if strength else [])
        words.set_fill(opacity=strength)
        if not strength:
            for run in words.submobjects:
                run.points = run.points[:0]


class Feet(VGroup):
    """The first places of a run on the x-axis, each of which comes as the run comes there.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    xs
        The places that are told.
    """

    def __init__(self, look: Look, plot: Plot, xs: Sequence[float]) -> None:
        super().__init__(*(Foot(look, plot, xs, index) for index in range(len(xs))))
        self.show(0.0)

    def show(self, position: float) -> None:
        """Show the places that the run has reached."""
        for foot in self.submobjects:
            come = 1.0 - foot.index + position
            strength = part_of(come, DROPPED, SLID) if foot.index else 1.0
            foot.stand(min(position, len(self) - 1.0), strength)


def under_axis(plot: Plot) -> float:
    """Return the baseline of a row of labels below the numbers of the axis."""
    return plot.inner.bottom - TICK - 0.08 - units(TYPE.tick) - 0.62 * units(TYPE.label)


def place_below(
    words: Lettering, plot: Plot, start: Points, end: Points, clear: Obstacles
) -> Lettering:
    """Put words under an arrow along the axis, below the numbers of the axis, inside what is free.

    `words.is_free` is whether they stand clear there.
    """
    half, within = words.advance / 2, clear.within
    middle = float(start[0] + end[0]) / 2
    middle = max(min(middle, within.right - half), within.left + half)
    words.place(middle, under_axis(plot), "center")
    words.is_free = clear.trouble(words.box) < 1
    clear.add(words)
    return words


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
