"""How far a long run has come down."""

from __future__ import annotations

from manim import VGroup

from scenes.look import Look
from scenes.parts.fall_axis import FallOnAxis
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.words import number

LEAST = 1.2
"""A drop of less, in units, has no room for its number and the point's words."""

SLIM = 0.6
"""Width and head of the arrow in parts of the usual."""

SIDES = ("above right", "below right")
"""Where at its end of the arrow the value at the start may stand."""


class Drop(VGroup):
    """The level of a run's start, and an arrow along the axis of the values down to where it is.

    It stands at the axis: the walker came down along the curve. The value at the start stands
    there, on its level; the one at the arrow's end is told by the point's flag.

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
        self.lines = FallOnAxis(look, plot, (start, end), SLIM)
        fallen = plot.y(start[1]) - plot.y(end[1])
        clear.add(self.lines)
        self.label = look.math(f"f = {figure(number(start[1]))}", role="curve")
        corner = plot.at(plot.window.left, start[1])
        place_near(self.label, corner, clear, SIDES, (0.16, 0.22), only=True)
        self.is_free = fallen > LEAST and self.label.is_free
        self.add(self.lines, self.label)
