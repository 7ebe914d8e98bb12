"""The axes of FromScratch's plot, which cross at a number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE, spread_out
from scenes.parts.window import Window, fit_beside, ticks
from scenes.theme import TYPE
from scenes.words import number

CLOSE, AIR = 0.12, 0.2
"""Between two numbers of the axis at least, and between one and a place of the run, in units."""

MOST_AIR = 0.2
"""How much of its width a window may grow so that it starts at a round number."""


class RoundPlot(Plot):
    """A plot whose axis has a number at its left end, where the other axis stands."""

    def _round(self, shown: Window, width: float, told: Sequence[float]) -> tuple[float, ...]:
        unit = width / (shown.right - shown.left)
        order = sorted(x for x in set(told) if shown.left <= x <= shown.right)
        halves = [self.look.math(figure(number(x)), TYPE.tick).advance / 2 for x in order]
        places = [(x - shown.left) * unit for x in order]
        # Numbers of the run move aside for each other as they come.
        aside = spread_out(places, halves, -BESIDE, width + BESIDE)
        taken = [*zip(places, halves, strict=True), *zip(aside, halves, strict=True)]

        def free(mark: float) -> bool:
            place, half = (mark - shown.left) * unit, self._label(mark).advance / 2
            return all(abs(place - other) >= half + wide + AIR for other, wide in taken)

        marks = ticks(shown.left, shown.right, 5)
        halves = [self._label(mark).advance / 2 for mark in marks]
        needed = max(map(sum, itertools.pairwise(halves)), default=0.0) + CLOSE
        if len(marks) < 2 or (marks[1] - marks[0]) * unit < needed:
            return super()._round(shown, width, told)
        marks = tuple(filter(free, marks))
        return marks if len(marks) > 1 else super()._round(shown, width, told)


def framed(function: Any, xs: Sequence[float], valley: float | None) -> Window:
    """Return the window of a run, which starts at a round number: an axis stands there."""
    window = fit_beside(function, xs, valley, 0.35)
    # An axis just beside the minimum would be taken for the one at 0, and the point that ends
    # there would hide its corner.
    marks = ticks(window.left, window.right, 3)
    air = (marks[1] - marks[0]) / 2 if len(marks) > 1 else 0.1 * (window.right - window.left)
    window = replace(
        window,
        left=window.left - (air if window.left == valley else 0.0),
        right=window.right + (air if window.right == valley else 0.0),
    )
    marks = ticks(window.left, window.right, 5)
    if len(marks) < 2:
        return window
    pitch = marks[1] - marks[0]
    before = round(marks[0] - pitch, 9)
    if marks[0] - window.left < 1e-9 * pitch:
        return window
    fits = window.left - before <= MOST_AIR * (window.right - window.left)
    return replace(window, left=before) if fits else window
