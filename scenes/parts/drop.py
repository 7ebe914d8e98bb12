"""How far a long run has come down."""

from __future__ import annotations

from manim import VGroup

from scenes.look import Look
from scenes.parts.fall_axis import FallOnAxis
from scenes.parts.lettering import box_of
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.words import number

LEAST = 1.2
"""A drop of less, in units, has no room for its number and the point's words."""

SLIM = 0.6
"""Width and head of the arrow in parts of the usual."""

ASIDE = 0.75, 0.6, 0.5
"""So far behind the start the arrow stands where that is free, in units."""

SIDES = ("above right", "below right")
"""Where at the axis the value at the start may stand."""


class Drop(VGroup):
    """The level of a run's start, and an arrow from it down to where the run is.

    The arrow stands behind the start, where the walker never came and the curve is higher, or at
    the axis of the values where there is no room. The value at the start stands at the axis, on its
    level; the one at the arrow's end is told by the point's flag.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    start, end
        Data points (x, value).
    clear
        What arrow and number keep clear of; all of the drop is added to it.

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
        behind = 1 if start[0] >= end[0] else -1
        aside = (plot.x(start[0]) + behind * far for far in ASIDE)
        tried = (FallOnAxis(look, plot, (start, end), SLIM, beyond=x) for x in aside)
        free = (fall for fall in tried if fits(fall, plot, clear))
        self.lines = next(free, FallOnAxis(look, plot, (start, end), SLIM))
        fallen = plot.y(start[1]) - plot.y(end[1])
        clear.add(self.lines)
        self.label = look.math(f"f = {figure(number(start[1]))}", role="curve")
        corner = plot.at(plot.window.left, start[1])
        place_near(self.label, corner, clear, SIDES, (0.16, 0.22), only=True)
        self.is_free = fallen > LEAST and self.label.is_free
        self.add(self.lines, self.label)


def fits(fall: FallOnAxis, plot: Plot, clear: Obstacles) -> bool:
    """Whether an arrow stands inside the plot and clear of all but the axis it comes down to."""
    box = box_of(fall.arrow)
    if not plot.inner.left + ASIDE[-1] < box.left < box.right < plot.inner.right:
        return False
    return not clear.trouble(box.inset(bottom=0.2))
