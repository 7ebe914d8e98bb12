"""Where the numbers of a run's places stand under the x-axis: each at its own mark."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE
from scenes.parts.window import Window
from scenes.words import number

GAP, APART, MINUS = 0.13, 0.25, 0.4
"""Beside the number at one end of a step the other end's may stand so close, another one so close,
and a negative one so close, in units: nearer, both would read as a subtraction."""

MOVED = 0.08
"""So far at most a number stands from the middle under its mark, in units."""


def places_told(names: Sequence[str], xs: Sequence[float], window: Window) -> list[int]:
    """Return which places of a run have a number: those in the window, each number once.

    A run that comes back to a place, or to one whose number reads the same, needs no second number
    there.
    """
    return [
        index
        for index, (name, x) in enumerate(zip(names, xs, strict=True))
        if window.left <= x <= window.right and name not in names[:index]
    ]


def latest_first(names: Sequence[str], told: Sequence[int], last: int) -> list[int]:
    """Return the places where a run has been after so many steps, from the latest one on."""
    latest = {name: index for index, name in enumerate(names[: last + 1])}
    reached = (index for index in told if index <= last)
    return sorted(reached, key=lambda index: latest[names[index]], reverse=True)


class FootPlaces:
    """The numbers of places under an axis, those of a step's two ends side by side.

    A number stands right under its mark. Both ends of a step move apart where they have no room so,
    each by the same part of its width, and hardly to be seen. Where that is too little, the older
    one is left out.

    Parameters
    ----------
    look, plot
        The look, and the plot; only its width counts.
    xs
        The places, in the order of the run.
    """

    def __init__(self, look: Look, plot: Plot, xs: Sequence[float]) -> None:
        self.xs, self.names = xs, [number(x) for x in xs]
        self.middles = [plot.x(x) for x in xs]
        size = plot.tick_size
        self.halves = [look.math_width(figure(name), size) / 2 for name in self.names]
        inner = plot.inner.inset(left=-BESIDE, right=-BESIDE)
        self.low, self.high = inner.left, inner.right
        self.told = [
            index
            for index in places_told(self.names, xs, plot.window)
            if self._within(index, self.middles[index])
        ]
        self.steps = [self._step(last) for last in range(len(xs))]

    def _within(self, index: int, middle: float) -> bool:
        """Whether a number stays near the axis where its middle is there."""
        return self.low + self.halves[index] <= middle <= self.high - self.halves[index]

    def _needed(self, one: int, other: int, gap: float) -> float:
        """Return how much farther from each other two numbers would have to stand, in units."""
        gap = max(gap, MINUS) if self.xs[max(one, other, key=self.xs.__getitem__)] < 0 else gap
        far = abs(self.middles[one] - self.middles[other])
        return self.halves[one] + self.halves[other] + gap - far

    def _apart(self, pair: tuple[int, int]) -> dict[int, float]:
        """Return where both ends of a step stand, or nothing where that is too far from a mark."""
        needed = max(self._needed(*pair, GAP), 0.0) / sum(self.halves[at] for at in pair)
        left, right = sorted(pair, key=self.middles.__getitem__)
        moved = {left: -needed * self.halves[left], right: needed * self.halves[right]}
        near = self.middles[right] - self.middles[left] < GAP
        if near or any(abs(far) > MOVED for far in moved.values()):
            return {}
        return {at: self.middles[at] + far for at, far in moved.items()}

    def _step(self, last: int) -> dict[int, float]:
        """Return where the numbers stand that are told when so many steps have been made."""
        order = latest_first(self.names, self.told, last)
        out = {index: self.middles[index] for index in order[:1]}
        for pair in itertools.pairwise(order[:2]):
            apart = self._apart(pair)
            out = apart if apart and all(self._within(*one) for one in apart.items()) else out
        for index in order[2:]:
            if all(self._needed(index, other, APART) <= 0 for other in out):
                out[index] = self.middles[index]
        return out

    def middle(self, index: int, last: int) -> float | None:
        """Return where a number stands when so many steps have been made, or None for nowhere."""
        return self.steps[min(last, len(self.steps) - 1)].get(index)
