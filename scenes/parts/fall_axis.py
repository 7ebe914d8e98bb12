"""What a step does to the value, on the axis of the values: the twin of the step's own arrow."""

from __future__ import annotations

from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import arrow_outline, dashes, line, set_lines, shape
from scenes.theme import STROKE, units


class FallOnAxis(VGroup):
    """Level lines from both points of a step to the axis of the values, and an arrow along it.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and a step of a run of one variable.
    """

    def __init__(self, look: Look, plot: Plot, step: Step) -> None:
        super().__init__()
        left, rim = plot.inner.left, 0.8 * units(STROKE.point)
        pairs = (step.point[0], step.value), (step.next_point[0], step.next_value)
        shown = [plot.at(*pair) for pair in pairs if plot.shows(*pair)]
        pieces = [dash for x, y in shown for dash in dashes((x - rim, y), (left, y))]
        self.levels = set_lines(line(look, role="curve"), pieces)
        window = plot.window
        ends = [(left, plot.y(min(max(y, window.bottom), window.top))) for _, y in pairs]
        self.arrow = shape(look, arrow_outline(ends[0], ends[1]), "curve")
        self.middle = (left, (ends[0][1] + ends[1][1]) / 2)
        self.add(self.levels, self.arrow)
