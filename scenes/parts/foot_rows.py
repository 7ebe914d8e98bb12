"""Where the numbers of a run's places stand under the x-axis: each right under its own mark."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE
from scenes.theme import TYPE, units
from scenes.words import number

GAP, APART, MINUS = 0.067, 0.25, 0.4
"""Beside the number at one end of a step the other end's may stand so close, another one so close,
and a negative one so close, in units: nearer, both would read as a subtraction."""

DEEPER = 0.08
"""Between the numbers of two rows, in units."""


class FootRows:
    """The numbers of places under an axis, in two rows if both ends of a step have no room in one.

    In the second row stands where the step ends, which is longer as a rule, under a mark that
    passes beside the number of the first row. Of two that have no room in either the older one is
    left out.

    Parameters
    ----------
    look, plot
        The look, and the plot; only its width counts.
    xs
        The places, in the order of the run.

    Attributes
    ----------
    size
        Of the type: smaller than other numbers of the axis where more can stand side by side so.
    depth
        How much lower the second row is, in units.
    """

    def __init__(self, look: Look, plot: Plot, xs: Sequence[float]) -> None:
        self.xs, self.names = xs, [number(x) for x in xs]
        self.middles = [plot.x(x) for x in xs]
        wide = [look.math_width(figure(name), 1.0) / 2 for name in self.names]
        inner = plot.inner.inset(left=-BESIDE, right=-BESIDE)
        tried: list[tuple[int, float]] = []
        for size in {plot.tick_size, TYPE.minimum}:
            self.halves = [half * size for half in wide]
            pairs = itertools.pairwise(range(len(xs)))
            tried.append((sum(self._beside(*pair, GAP) for pair in pairs), size))
        self.size = max(tried)[1]
        self.halves = [half * self.size for half in wide]
        self.depth = 0.66 * units(self.size) + DEEPER
        # A run that comes back to a place, or to one whose number reads the same, needs no second
        # number there.
        self.told = [
            index
            for index, (x, half) in enumerate(zip(self.middles, self.halves, strict=True))
            if self.names.index(self.names[index]) == index
            and inner.left + half <= x <= inner.right - half
            and plot.window.left <= xs[index] <= plot.window.right
        ]
        self.rows = [self._rows(last) for last in range(len(xs))]

    def _beside(self, one: int, other: int, gap: float) -> bool:
        """Whether two numbers have room in one row."""
        gap = max(gap, MINUS) if self.xs[max(one, other, key=self.xs.__getitem__)] < 0 else gap
        far = abs(self.middles[one] - self.middles[other])
        return far >= self.halves[one] + self.halves[other] + gap

    def _passes(self, deep: int, other: int) -> bool:
        """Whether the long mark of one place passes beside the number of another."""
        return abs(self.middles[deep] - self.middles[other]) >= self.halves[other] + GAP

    def _rows(self, last: int) -> dict[int, float]:
        """Return how deep the numbers stand that are told when so many steps have been made."""
        latest = {name: index for index, name in enumerate(self.names[: last + 1])}
        order = sorted(
            (index for index in self.told if index <= last),
            key=lambda index: latest[self.names[index]],
            reverse=True,
        )
        out = dict.fromkeys(order[:1], 0.0)
        for end, start in itertools.pairwise(order[:2]):
            deep = not self._beside(end, start, GAP) and self._passes(end, start)
            out[end] = self.depth if deep else 0.0
        for index in order[1:]:
            gap = GAP if index == order[1] else APART
            if all(
                self._passes(other, index) if deep else self._beside(index, other, gap)
                for other, deep in out.items()
            ):
                out[index] = 0.0
        return out

    @property
    def two(self) -> bool:
        """Whether the second row is ever used."""
        return any(deep for row in self.rows for deep in row.values())

    def has(self, index: int, last: int) -> bool:
        """Whether a place has its number when so many steps have been made."""
        return index in self.rows[min(last, len(self.rows) - 1)]

    def deep(self, index: int, last: int) -> float:
        """Return how deep it stands then, in units; it comes and goes in the row that it has."""
        before = [row[index] for row in self.rows[: max(last, index) + 1] if index in row]
        return before[-1] if before else 0.0

    def lower(self, step: int) -> float:
        """Return how much lower what stands under both rows is while a step is told, in units."""
        ends = self.rows[step : step + 2]
        return max((deep for row in ends for deep in row.values()), default=0.0)
