"""How far a long run has come down."""

from __future__ import annotations

from manim import VGroup

from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks, value_name
from scenes.parts.fall_axis import FallOnAxis
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot

LEAST = 1.2
"""A drop of less, in units, has no room for an arrow between its two values."""

SLIM = 0.6
"""Width and head of the arrow in parts of the usual."""


class Drop(VGroup):
    """The levels of a run's start and of where it is, and an arrow between them along the axis.

    Both values stand at the axis, on their levels.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    start, end
        Data points (x, value).
    clear
        What labels keep clear of; all of the drop is added to it.

    Attributes
    ----------
    is_free
        Whether it is long enough to be seen.
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
        names = [(value, value_name(look, value)) for _, value in (start, end)]
        self.values = AxisMarks(look, plot, names, upright=True)
        self.is_free = plot.y(start[1]) - plot.y(end[1]) > LEAST
        clear.add(self.lines, self.values)
        self.add(self.lines, self.values)
