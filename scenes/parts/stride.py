"""A step on a plane of two variables, as an arrow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VMobject

from scenes.look import Look
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import set_arrow, shape
from scenes.theme import SHORT_SIDE, STROKE, units

SLENDER = 0.36
"""The head of an arrow is at most so much of its length."""

SHAFT = 0.5
"""A shaft is at most so wide, in widths of its head."""

LEAST_HEAD = 1.2
"""And at least so much, in % of the frame's shorter side: what is smaller is no head."""


class Stride(VMobject):
    """A step on a plane as an arrow from its start; at 1 it has landed.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    start, landing
        Data points.
    role
        The colour.
    """

    def __init__(
        self, look: Look, plot: Plot, start: Sequence[float], landing: Sequence[float], role: str
    ) -> None:
        super().__init__(stroke_width=0, fill_opacity=0)
        self.match_style(shape(look, role=role))
        self.role = role
        self.ends, self.inner = (plot.at(*start), plot.at(*landing)), plot.inner

    def show(self, position: float) -> None:
        """Draw the arrow up to a part of the step; it leaves the start's dot free."""
        first, last = self.ends
        seen = clip(np.array([first, last]), self.inner)
        if not np.isfinite(last).all():
            return
        if seen and not np.allclose(seen[0][-1], last):
            # It lands outside: a line to the edge, for a head would say that it lands there.
            width = STROKE.arrow
            end = first + (seen[0][-1] - first) * position
            set_arrow(self, first, end, width, width)
            return
        along = (last - first) * position
        length = float(np.hypot(*along))
        free = min(0.5, units(STROKE.ghost) * 0.55 / length) if length else 0.0
        # A short one is as slender as a long one, and not all head.
        head = min(STROKE.arrow_head, max(LEAST_HEAD, SLENDER * 100 * length / SHORT_SIDE))
        width = min(STROKE.arrow, SHAFT * head)
        set_arrow(self, first + along * free, first + along, width, head)
