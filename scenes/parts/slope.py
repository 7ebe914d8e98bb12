"""The slope, measured: a triangle under a tangent, so far across and so far up."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import line
from scenes.theme import STROKE, units


def slope_role(slope: float) -> str:
    """Return the role of a slope: its colour tells its sign."""
    return "slope_up" if slope >= 0 else "slope_down"


class SlopeTriangle(VGroup):
    """The legs of a tangent: from the point downhill, with the right angle under the point.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    x, value, slope
        Point and slope of the tangent.
    run
        How far across, positive; None for a round number that is easy to see and stays inside.
    """

    def __init__(
        self, look: Look, plot: Plot, x: float, value: float, slope: float, run: float | None = None
    ) -> None:
        super().__init__()
        self.run = run or _round_run(plot, x, value, slope)
        self.rise = slope * self.run
        downhill = -math.copysign(self.run, slope)
        self.here = plot.at(x, value)
        self.there = plot.at(x + downhill, value + slope * downhill)
        self.corner = plot.at(x, value + slope * downhill)
        self.across_middle = (self.corner + self.there) / 2
        self.up_middle = (self.corner + self.here) / 2
        self.across = line(look, [self.there, self.corner], slope_role(slope), 0.7 * STROKE.tangent)
        # The upright leg ends at the rim of the point, not on it.
        length = float(np.hypot(*(self.here - self.corner)))
        rim = self.corner + (self.here - self.corner) * max(
            0.0, 1 - units(STROKE.point) / 2 / max(length, 1e-9)
        )
        self.up = line(look, [self.corner, rim], slope_role(slope), 0.7 * STROKE.tangent)
        self.add(self.across, self.up)


def _round_run(plot: Plot, x: float, value: float, slope: float) -> float:
    """Return 1, 2 or 5 · 10ᵏ, about a fifth of the window and inside it."""
    window = plot.window
    ideal = 0.2 * (window.right - window.left)
    if slope:
        ideal = min(ideal, 0.9 * abs((value - window.bottom) / slope))
        side = x - window.left if slope > 0 else window.right - x
        ideal = min(ideal, 0.9 * side)
    if not ideal > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(ideal))
    return max(unit * power for unit in (1, 2, 5) if unit * power <= ideal * (1 + 1e-9))
