"""A distance along the x-axis: a bar with end marks and its number."""

from __future__ import annotations

from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import line, set_lines
from scenes.theme import STROKE
from scenes.words import number

END = 0.09
"""Half the length of an end mark, in units."""


class Distance(VGroup):
    """How far two places of the x-axis are apart, drawn above the axis.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    start, end
        Data x.
    height
        How far above the axis, in units.
    role
        The colour.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        start: float,
        end: float,
        height: float,
        role: str = "minimum",
    ) -> None:
        super().__init__()
        (left, y), (right, _) = plot.on_axis(start), plot.on_axis(end)
        y += height
        self.bar = line(look, role=role, width=STROKE.curve * 0.75)
        set_lines(
            self.bar,
            [
                [(left, y), (right, y)],
                [(left, y - END), (left, y + END)],
                [(right, y - END), (right, y + END)],
            ],
        )
        self.label = look.math(figure(number(abs(end - start))), role=role)
        self.label.place((left + right) / 2, y + 0.12, "center", "bottom")
        self.add(self.bar, self.label)
