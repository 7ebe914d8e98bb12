"""A secant and the triangle under it, as a function of its width; and a lens that stays as near."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.strokes import Points, dot_points, line, set_lines, shape
from scenes.theme import STROKE, units
from scenes.words import number


class Secant(VGroup):
    """The line through two points of a curve, with the legs dx and df; `show` takes the width.

    Parameters
    ----------
    look, plot, function, at
        The look, where to draw, a function of one variable with `value`, and the fixed point.
    """

    def __init__(self, look: Look, plot: Plot, function: Any, at: float) -> None:
        super().__init__()
        self.plot, self.function, self.at = plot, function, at
        self.value = function.value((at,))
        self.across = line(look, role="text", width=0.7 * STROKE.tangent)
        self.up = line(look, role="slope_up", width=0.7 * STROKE.tangent)
        self.line = line(look, role="slope_up", width=STROKE.tangent)
        self.second = shape(look, role="point")
        self.add(self.across, self.up, self.line, self.second)

    def show(self, width: float) -> None:
        """Draw the secant of this width."""
        there = self.function.value((self.at + width,))
        if not np.isfinite([self.value, there]).all() or width == 0:
            for mobject in (self.across, self.up, self.line, self.second):
                mobject.points = np.zeros((0, 3))
            return
        plot = self.plot
        first, last = plot.at(self.at, self.value), plot.at(self.at + width, there)
        corner = plot.at(self.at + width, self.value)
        set_lines(self.across, clip(np.array([first, corner]), plot.inner))
        set_lines(self.up, clip(np.array([corner, last]), plot.inner))
        slope = (there - self.value) / width
        left, right = plot.window.left, plot.window.right
        ends = [plot.at(x, self.value + slope * (x - self.at)) for x in (left, right)]
        set_lines(self.line, clip(np.array(ends), plot.inner))
        self.second.points = dot_points([last], STROKE.ghost)


class SecantLens(VGroup):
    """A framed view of the fixed point whose magnification follows the width.

    The legs keep their size in the lens while the width shrinks, so the eye sees what changes: the
    curve between the two points becomes straight. `show` takes the width.

    Parameters
    ----------
    look, region, function, at
        The look, where the lens is, the function, and the fixed point.
    plot
        The plot that is magnified: the lens keeps the proportion of its axes.
    """

    def __init__(self, look: Look, region: Region, function: Any, at: float, plot: Plot) -> None:
        super().__init__()
        self.look, self.region, self.function, self.at, self.plot = look, region, function, at, plot
        self.value = function.value((at,))
        box = region
        outline = [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top)]
        outline += [(box.left, box.top), (box.left, box.bottom)]
        self.ground = shape(look, outline, "background")
        self.ground.backdrop = True
        self.rim = line(look, outline, "muted", STROKE.axis * 1.6)
        # Wider than the secant, so that it is seen behind it where both run together.
        self.curve = line(look, role="curve", width=2.2 * STROKE.tangent)
        self.line = line(look, role="slope_up", width=STROKE.tangent)
        self.across = line(look, role="text", width=0.7 * STROKE.tangent)
        self.up = line(look, role="slope_up", width=0.7 * STROKE.tangent)
        self.dots = shape(look, role="point")
        self.ties = line(look, role="axis", width=STROKE.axis)
        self.add(self.ties, self.ground, self.rim, self.curve, self.across, self.up)
        self.add(self.line, self.dots)

    def place(self, x: float, y: float, width: float) -> Points:
        """Return where a data point is in the lens at this width."""
        slope = (self.function.value((self.at + width,)) - self.value) / width
        box, (middle_x, middle_y) = self.region, self.region.center
        across = 0.42 * box.width
        middle_x -= 0.13 * box.width  # the longer label stands on the right
        up = 0.5 * box.height * (1 if slope >= 0 else -1)
        rise = max(abs(slope) * width, 1e-12)
        return np.array(
            [
                middle_x + (x - self.at - width / 2) / width * across,
                middle_y + ((y - self.value) / rise - 0.5 * np.sign(up)) * abs(up),
            ]
        )

    def show(self, width: float) -> None:
        """Draw the curve, the secant and its legs as the lens shows them at this width."""
        there = self.function.value((self.at + width,))
        if not np.isfinite([self.value, there]).all() or there == self.value:
            return
        first = self.place(self.at, self.value, width)
        last = self.place(self.at + width, there, width)
        corner = np.array([last[0], first[1]])
        xs = np.linspace(self.at - 0.75 * width, self.at + 1.75 * width, 160)
        ys = np.asarray(self.function.values(xs), dtype=np.float64)
        path = [self.place(x, y, width) for x, y in zip(xs, ys, strict=True)]
        inside = self.region.inset(0.04, 0.04, 0.04, 0.04)
        set_lines(self.curve, clip(np.array(path), inside))
        along = (last - first) * 3
        set_lines(self.line, clip(np.array([first - along, last + along]), inside))
        set_lines(self.across, [np.array([first, corner])])
        set_lines(self.up, [np.array([corner, last])])
        self.dots.points = dot_points([first, last], STROKE.ghost)
        set_lines(self.ties, self._ties())

    def _ties(self) -> list[Points]:
        """Return the lines from the two nearest corners to the rim of the point."""
        spot, box = self.plot.at(self.at, self.value), self.region
        if spot[0] > box.right:
            near = [(box.right, box.bottom), (box.right, box.top)]
        elif spot[0] < box.left:
            near = [(box.left, box.bottom), (box.left, box.top)]
        else:
            level = box.bottom if spot[1] < box.bottom else box.top
            near = [(box.left, level), (box.right, level)]
        ties = []
        for corner in near:
            away = np.array(corner) - spot
            rim = spot + away / max(np.hypot(*away), 1e-9) * 0.6 * units(STROKE.point)
            ties.append(np.array([corner, rim]))
        return ties

    def leg_labels(self, width: float, rise: float) -> VGroup:
        """Return the lengths of the legs, beside them."""
        first = self.place(self.at, self.value, width)
        last = self.place(self.at + width, self.value + rise, width)
        corner = np.array([last[0], first[1]])
        clear = Obstacles(self.region.inset(0.06, 0.06, 0.06, 0.06))
        clear.add(self.curve, self.line, self.across, self.up, self.dots)
        across = self.look.math(f"h = {figure(number(width))}")
        up = self.look.math(figure(number(rise)), role=slope_role(rise))
        place_near(across, (first + corner) / 2, clear, ("below", "above"))
        place_near(up, (corner + last) / 2, clear, ("right", "left"))
        # In a small lens a number gives way: caption and table say it too.
        return VGroup(*(label for label in (across, up) if label.is_free))


def free_corner(plot: Plot, curve: VMobject) -> Region:
    """Return the corner of a plot in which a lens covers least of the curve."""
    inner = plot.inner
    width = min(max(0.45 * inner.width, 2.6), 0.75 * inner.width)
    height = min(max(0.56 * inner.height, 2.0), 0.75 * inner.height)
    gap = 0.4
    low = inner.bottom + gap
    candidates = [
        Region(inner.left + gap, inner.top - height, inner.left + gap + width, inner.top),
        Region(inner.right - width, inner.top - height, inner.right, inner.top),
        Region(inner.left + gap, low, inner.left + gap + width, low + height),
        Region(inner.right - width, low, inner.right, low + height),
    ]
    points = curve.points[:, :2]

    def covered(box: Region) -> int:
        inside = (points[:, 0] > box.left) & (points[:, 0] < box.right)
        return int((inside & (points[:, 1] > box.bottom) & (points[:, 1] < box.top)).sum())

    return min(candidates, key=covered)
