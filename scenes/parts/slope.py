"""The slope, measured: a triangle under a tangent, so far across and so far up."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, line
from scenes.theme import STROKE, units
from scenes.words import number

UPHILL = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
"""Where on the uphill half of a tangent its slope may stand, the best place first."""

OFF_POINT = 0.3
"""How far from the point it stands at least: there it would read as the name of that, in units."""

NEAR = (0.16, 0.26, 0.4)
"""How far from the tangent it may be, in units."""


def slope_role(slope: float) -> str:
    """Return the role of a slope: its colour tells its sign."""
    return "slope_up" if slope >= 0 else "slope_down"


def slope_words(look: Look, slope: float, size: float) -> Lettering:
    """Return a slope in words, in its colour."""
    return look.text(f"slope {number(slope)}", size=size, role=slope_role(slope))


def beside_tangent(
    words: Lettering,
    slope: float,
    point: Points,
    tangent: Sequence[Points],
    clear: Obstacles,
    *,
    level: bool = False,
    off: float = OFF_POINT,
) -> bool:
    """Put a slope at the end of a tangent where the step does not go, or near to that end.

    Parameters
    ----------
    words
        What is placed; it becomes an obstacle.
    slope, point, tangent
        The slope, where it was measured (2,), and the pieces of the line as it is drawn.
    clear
        What is in the way, the tangent too.
    level
        Only level with the tangent: over its end it would be level with other points.
    off
        How far from the point it stands at least, in units.

    Returns
    -------
    bool
        Whether there was room.
    """
    if not tangent:
        return False
    uphill = tangent[0][-1] if slope > 0 else tangent[0][0]
    outside = ("right", "below right") if slope > 0 else ("left", "below left")
    inside = ("above left", "left") if slope > 0 else ("above right", "right")
    ends = [point + (uphill - point) * part for part in UPHILL]
    far = [end for end in ends if np.hypot(*(end - point)) > off]
    # Outside of the curve at first; where it bends the other way, on its other side.
    for sides in (outside, inside[1:]) if level else (outside, inside, ("above", "below")):
        for end in far:
            if place_near(words, end, clear.copy(), sides, NEAR, only=True).is_free:
                clear.add(words)
                return True
    return False


class SlopeTriangle(VGroup):
    """The legs of a tangent: from the point downhill, with the right angle under the point.

    Or, onward, from the point to the right, in the colour of text: as the legs of a secant stand.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    x, value, slope
        Point and slope of the tangent.
    run
        How far across, positive; None for a round number that is easy to see and stays inside.
    onward
        Whether it stands right of the point, if there is room for it.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        x: float,
        value: float,
        slope: float,
        run: float | None = None,
        *,
        onward: bool = False,
    ) -> None:
        super().__init__()
        downhill, role = -math.copysign(1.0, slope), slope_role(slope)
        self.run, way = run or _round_run(plot, x, value, slope, downhill), downhill
        if onward:
            role, ahead = "text", run or _round_run(plot, x, value, slope, 1.0)
            # A much smaller one would be hard to see.
            if ahead > 0.4 * self.run:
                self.run, way = ahead, 1.0
        self.rise = slope * self.run
        end = x + way * self.run, value + way * self.rise
        self.here, self.there = plot.at(x, value), plot.at(*end)
        left, right = sorted([(x, value), end])
        corner = (right[0], left[1]) if onward else (x, end[1])
        self.corner = plot.at(*corner)
        upright, level = sorted([self.here, self.there], key=lambda to: abs(to[0] - self.corner[0]))
        self.across_middle = (self.corner + level) / 2
        self.up_middle = (self.corner + upright) / 2
        legs = (_to_rim(self.corner, to, self.here) for to in (level, upright))
        self.across, self.up = (line(look, leg, role, 0.7 * STROKE.tangent) for leg in legs)
        self.add(self.across, self.up)


def _to_rim(corner: Points, end: Points, dot: Points) -> list[Points]:
    """Return a leg from the corner; at the point it ends at its rim, not on it."""
    along = end - corner
    cut = units(STROKE.point) / 2 if end is dot else 0.0
    return [corner, corner + along * max(0.0, 1 - cut / max(float(np.hypot(*along)), 1e-9))]


def _round_run(plot: Plot, x: float, value: float, slope: float, way: float) -> float:
    """Return 1, 2 or 5 · 10ᵏ, about a fifth of the window and inside it on the side of `way`."""
    window = plot.window
    ideal = 0.2 * (window.right - window.left)
    if slope:
        room = window.top - value if slope * way > 0 else value - window.bottom
        ideal = min(ideal, 0.9 * abs(room / slope))
        side = x - window.left if way < 0 else window.right - x
        ideal = min(ideal, 0.9 * side)
    if not ideal > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(ideal))
    return max(unit * power for unit in (1, 2, 5) if unit * power <= ideal * (1 + 1e-9))
