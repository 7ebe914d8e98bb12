"""The graph of a function in a plot that may move."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.plot import Plot
from scenes.parts.strokes import set_lines
from scenes.parts.window import Drawable


class Graph(VGroup):
    """The graph of a function, drawn anew wherever its plot stands.

    Parameters
    ----------
    plot, function
        Where to draw, and what.
    """

    def __init__(self, plot: Plot, function: Drawable) -> None:
        super().__init__()
        self.plot, self.function, self.line = plot, function, plot.curve(function)
        self.add(self.line)

    def show(self, position: float) -> None:
        """Lie in the plot as it is now, wherever its playhead stands."""
        set_lines(self.line, self.plot.graph(self.function))
