"""All points of a run on its curve at once, filled or as rings: what a picture in print shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, dot_points, shape, thin
from scenes.theme import STROKE, stroke_width

SMALL = 0.75 * STROKE.ghost
"""Diameter of all points but the first, in % of the frame's shorter side."""

RIM = 0.34
"""Width of a ring's line, in % of the frame's shorter side."""


class Beaded(VGroup):
    """The points of a run of one variable, the first one larger.

    Parameters
    ----------
    look, plot
        The look, and where to draw; what lies outside is left out.
    pairs
        Points and values.
    role
        The colour.
    hollow
        Rings instead of dots.

    Attributes
    ----------
    start
        The place of the first point in units, or None where it is not seen.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        pairs: Sequence[tuple[float, float]],
        role: str,
        *,
        hollow: bool = False,
    ) -> None:
        super().__init__()
        seen = [plot.at(*pair) for pair in pairs if plot.shows(*pair)]
        self.start: Points | None = seen[0] if seen and plot.shows(*pairs[0]) else None
        rest = np.array(seen[0 if self.start is None else 1 :]).reshape(-1, 2)
        small = rest[thin(rest, 0.01)]
        for centers, diameter in ((small, SMALL), (self.firsts, STROKE.point * 0.85)):
            marks = shape(look, role="background" if hollow else role)
            marks.role = role
            if hollow:
                marks.set_stroke(look.color(role), stroke_width(RIM))
            marks.points = dot_points(centers, diameter - (RIM if hollow else 0.0))
            self.add(marks)

    @property
    def firsts(self) -> list[Points]:
        """The place of the first point, if it is seen."""
        return [] if self.start is None else [self.start]
