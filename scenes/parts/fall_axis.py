"""What a step does to the value, on the axis of the values: the twin of the step's own arrow."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.look import Look
from scenes.parts.axis_marks import level_line
from scenes.parts.plot import Plot
from scenes.parts.strokes import arrow_outline, line, set_lines, shape


class FallOnAxis(VGroup):
    """Level lines from two points of a run to the axis of the values, and an arrow along it.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    pairs
        x and value before and after.
    """

    def __init__(self, look: Look, plot: Plot, pairs: Sequence[tuple[float, float]]) -> None:
        super().__init__()
        left = plot.inner.left
        shown = [plot.at(*pair) for pair in pairs if plot.shows(*pair)]
        pieces = [dash for spot in shown for dash in level_line(plot, spot)]
        self.levels = set_lines(line(look, role="curve"), pieces)
        window = plot.window
        ends = [(left, plot.y(min(max(y, window.bottom), window.top))) for _, y in pairs]
        self.arrow = shape(look, arrow_outline(ends[0], ends[1]), "curve")
        self.middle = (left, (ends[0][1] + ends[1][1]) / 2)
        self.add(self.levels, self.arrow)
