"""A tangent that slides along a curve; its position is the x of its point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, math
from scenes.parts.step import TANGENT_LENGTH, tangent_segment
from scenes.parts.strokes import dot_points, line, set_lines, shape
from scenes.theme import STROKE
from scenes.words import number


class SlidingTangent(VGroup):
    """The tangent of a function at any x, in the colour of its sign, with its point.

    Parameters
    ----------
    look, plot, function
        The look, where to draw, and a function of one variable with `value_and_gradient`.
    length
        In units; None for one that suits the plot.
    """

    def __init__(self, look: Look, plot: Plot, function: Any, length: float | None = None) -> None:
        super().__init__()
        self.look, self.plot, self.function = look, plot, function
        self.length = length or TANGENT_LENGTH * plot.inner.height
        self.line = line(look, width=STROKE.tangent)
        self.point = shape(look, role="point")
        self.add(self.line, self.point)

    def show(self, x: float) -> None:
        """Draw the tangent at x."""
        value, (slope,) = self.function.value_and_gradient((x,))
        self.line.role = slope_role(slope)
        self.line.set_stroke(color=self.look.color(self.line.role))
        set_lines(self.line, tangent_segment(self.plot, x, value, slope, self.length))
        seen = self.plot.shows(x, value)
        self.point.points = dot_points([self.plot.at(x, value)] if seen else [], STROKE.point)

    def label(self, x: float, clear: Obstacles, side: Sequence[str]) -> Lettering:
        """Return the name and the slope at x, on a side of the line."""
        value, (slope,) = self.function.value_and_gradient((x,))
        role = slope_role(slope)
        line, here = self.line.points[:, :2], self.plot.at(x, value)
        end = line[-1] if len(line) else here
        places = [here + (end - here) * part for part in (0.6, 0.5, 0.7, 0.4, 0.3, 0.2, 0.8)]
        slope_of_it = math(figure(number(slope)))
        # In a narrow plot only the name.
        for words in (("tangent, slope ", slope_of_it), ("tangent",)):
            label = self.look.text(*words, role=role)
            if place_near(label, places, clear.copy(), side, only=True).is_free:
                clear.add(label)
                break
        return label
