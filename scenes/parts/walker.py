"""The walker of a run of many steps: it stands at one iterate, and then at the next."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from gdcore import Trace
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import dot_points
from scenes.theme import STROKE


class Walker(VMobject):
    """The point of a run, always at an iterate: steps are jumps, too quick to be drawn as moves.

    Parameters
    ----------
    look, plot, trace
        The look, where to draw, and the run of one variable.
    """

    def __init__(self, look: Look, plot: Plot, trace: Trace) -> None:
        super().__init__(stroke_width=0, fill_color=look.color("point"), fill_opacity=1)
        self.plot, self.trace, self.role = plot, trace, "point"

    def show(self, position: float) -> None:
        """Stand at the last iterate that was reached at a position of the playhead."""
        n = min(max(int(position + 1e-9), 0), len(self.trace.points) - 1)
        x, value = self.trace.points[n][0], self.trace.values[n]
        seen = self.plot.shows(x, value)
        centers = [self.plot.at(x, value)] if seen else np.zeros((0, 2))
        self.points = dot_points(centers, STROKE.point)
