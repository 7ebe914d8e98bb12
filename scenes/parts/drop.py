"""How far a long run has come down."""

from __future__ import annotations

import itertools

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import LOW, RIM, level_line
from scenes.parts.lettering import Lettering
from scenes.parts.levels import BESIDE
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import arrow_outline, line, set_lines, shape
from scenes.theme import WORD_SIZES
from scenes.words import equals, number

LEAST = 1.2
"""A drop of less, in units, has no room for an arrow between its two values."""

NEAR, THIN = 0.3, 0.05
"""So near to its point, in units, a curve may run beside a level line, which elsewhere needs so
much less room than a label."""

NAMES = ("f", "")
"""What is written before the values, the best first."""

SLIM = 0.6, 2.0
"""Width and head of the arrow, which stands beside the axis, in % of the frame's shorter side."""

PLACES = (*BESIDE[:2], 0.05, *BESIDE[2:])
"""So far from the side of the plot the arrow may stand, in units, the best first."""

OFF_MARK = 0.15
"""Nearer to a mark of the axis, in units, the arrow would seem to have missed it."""

DOWN, UP = (0.28, 0.36), (0.28, 0.36, 0.46, 0.6)
"""So far from its level the middle of a value may stand: of the upper one, below it or else above
it, and of the lower one, above it; in units, the best first. Farther off it would seem to be the
value of another height."""

GAPS = (0.2, 0.28)
"""From the arrow to a value, in units."""

BEFORE = (0.2, 0.3)
"""From the rim of the start to its value, in units, where that stands on the other side of it."""


class Drop(VGroup):
    """The levels of a run's start and of where it is, and an arrow between them with both values.

    It stands near a side of the plot, where curve and axis leave it room.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    start, end
        Data points (x, value).
    clear
        What it keeps clear of; all of it is added there.

    Attributes
    ----------
    lines, values
        The level lines with the arrow, and what stands at its ends.
    is_free
        Whether it is long enough to be seen, and has found its room.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        start: tuple[float, float],
        end: tuple[float, float],
        clear: Obstacles,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.clear = look, plot, clear
        self.spots = [plot.at(*point) for point in (start, end)]
        self.written = [value for _, value in (start, end)]
        self.lines, self.values = VGroup(), VGroup()
        self.is_free = False
        inner, tall = plot.inner, float(self.spots[0][1] - self.spots[1][1])
        # First on the side that the run comes from: the curve rises there, and leaves room below.
        right = start[0] >= end[0]
        sides = [(inner.right, -1), (inner.left, 1)][:: 1 if right else -1]
        for (edge, inward), name, self.size, off in itertools.product(
            sides, NAMES, WORD_SIZES, PLACES
        ):
            x = edge + inward * off
            if any(abs(x - plot.x(mark)) < OFF_MARK for mark in plot.x_ticks):
                continue
            if tall > LEAST and self._stands(x, inward, name):
                self.is_free = True
                clear.add(self.lines, self.values)
                break
        self.add(self.lines, self.values)

    def _stands(self, x: float, inward: int, name: str) -> bool:
        """Put the arrow at a place and the values on its inner side; return whether it is free."""
        (_, high), (_, low) = self.spots
        dashed = line(self.look, role="curve")
        set_lines(dashed, [dash for spot in self.spots for dash in level_line(self.plot, spot, x)])
        outline = arrow_outline((x, high), (x, low), *SLIM)
        self.lines = VGroup(dashed, shape(self.look, outline, "curve"))
        taken = self.clear.copy()
        taken.add(self.lines)
        self.values = VGroup(*(self._value(name, value) for value in self.written))
        side = "right" if inward > 0 else "left"
        first, last = self.values
        near = [(x, high + sign * off) for sign in (-1, 1) for off in DOWN]
        beside = taken.copy()
        place_near(first, near, beside, (side,), GAPS, only=True)
        if not first.is_free:
            # At its very level, where the line would go on beyond the point.
            beside = taken.copy()
            rim = self.spots[0] + np.array([inward * RIM, 0.0])
            place_near(first, rim, beside, (side,), BEFORE, only=True)
        place_near(last, [(x, low + up) for up in UP], beside, (side,), GAPS, only=True)
        return not self._crossed(x) and all(value.is_free for value in self.values)

    def _crossed(self, x: float) -> bool:
        """Whether anything crosses the level lines or the arrow, whose tip may reach the axis."""
        (_, high), (_, low) = self.spots
        ways = [Region(x, low + LOW, x, high - LOW)]
        # A level as low as the axis is the axis, which is no obstacle to itself.
        for start, y in (spot for spot in self.spots if level_line(self.plot, spot, x)):
            left, right = sorted((start + (RIM + NEAR) * np.sign(x - start), x))
            ways.append(Region(left, y + THIN, right, y - THIN))
        return any(self.clear.trouble(way) for way in ways)

    def _value(self, name: str, value: float) -> Lettering:
        sign = equals(value)
        words = f"{name} {sign}" if name or sign == "≈" else ""
        return self.look.math(f"{words} {figure(number(value))}", self.size, "curve")
