"""How far a long run has come down."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.placing import Obstacles, place_along
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import arrow_outline, dashes, line, set_lines, shape
from scenes.theme import STROKE, units
from scenes.words import number

LEAST = 1.2
"""A drop of less, in units, has no room for its number and the point's words."""


class Drop(VGroup):
    """The level of a run's start, and an arrow from there down to where it is now.

    The arrow stands over the point: there is no curve above it. The value at the start stands on
    its level; the one at the arrow's end is told by the point's flag.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    start, end
        Data points (x, value).
    clear
        What the number keeps clear of; all of the drop is added to it.

    Attributes
    ----------
    level
        The height of the start, in units.
    is_free
        Whether there is room for it.
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
        first, last = plot.at(*start), plot.at(*end)
        corner = np.array([last[0], first[1]])
        rim = 0.62 * units(STROKE.point)
        aside = np.array([rim if last[0] > first[0] else -rim, 0.0])
        tip = last + np.array([0.0, rim])
        level, arrow = line(look, role="curve", width=STROKE.axis), shape(look, role="curve")
        set_lines(level, dashes(first + aside, corner))
        set_lines(arrow, [arrow_outline(corner, tip, 0.5, 1.8)])
        self.level = float(first[1])
        self.lines = VGroup(level, arrow)
        clear.add(self.lines)
        self.label = look.math(f"f = {figure(number(start[1]))}", role="curve")
        place_along(self.label, corner, first + aside, clear)
        self.is_free = first[1] - last[1] > LEAST and self.label.is_free
        self.add(self.lines, self.label)
