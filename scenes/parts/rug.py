"""Where a long run has been: a short mark on the x-axis for every iterate."""

from __future__ import annotations

import numpy as np
from manim import VMobject

from gdcore import Trace
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import corners, thin
from scenes.theme import stroke_width

LONG, WIDTH = 0.11, 0.14
"""Length of a mark in units, and its width in % of the frame's shorter side."""


class Rug(VMobject):
    """A mark on the x-axis at each iterate that has been reached: they crowd as steps get short.

    They hang from it: the curve stays free, which dots that merge would cover.

    Parameters
    ----------
    look, plot, trace
        The look, where to draw, and the run of one variable.
    role
        The colour.
    """

    def __init__(self, look: Look, plot: Plot, trace: Trace, role: str = "trail") -> None:
        super().__init__(
            stroke_color=look.color(role), stroke_width=stroke_width(WIDTH), fill_opacity=0
        )
        self.role = role
        pairs = zip(trace.points, trace.values, strict=True)
        seen = [n for n, (point, value) in enumerate(pairs) if plot.shows(point[0], value)]
        feet = np.array([plot.on_axis(trace.points[n][0]) for n in seen]).reshape(-1, 2)
        kept = thin(feet)
        self.births = np.array(seen, dtype=int)[kept]
        marks = [corners(np.array([feet[at], feet[at] - (0.0, LONG)])) for at in kept]
        self.marks = np.concatenate(marks) if marks else np.zeros((0, 3))

    def show(self, position: float) -> None:
        """Show the marks of the iterates that have been reached."""
        born = int(np.searchsorted(self.births, position + 1e-9, side="right"))
        self.points = self.marks[: 4 * born]
