"""A lens on a secant that stays as near as the secant is narrow."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens_room import free_region
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.secant import Secant, quotient
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, math
from scenes.parts.strokes import Points, dot_points, line, set_lines, shape
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

LEGS = 0.34, 0.4
"""The legs are at most as long, in parts of the lens: beside them there is room for words."""

HERE, LEFT = (0.54, 0.48), 0.3
"""Where in the lens the middle of the legs stands, in parts of it, and how far left it may."""

BAND = 2.8
"""Width of the curve in parts of the usual one: a secant that lies on it leaves its edges free."""

BEYOND = 0.2
"""So far beyond the rim lines go on before they are cut, in units."""

SIZES = TYPE.label, TYPE.tick, TYPE.minimum
"""Of the type in it, the wanted one first, in % of the shorter side."""

GAPS, BELOW = (0.14, 0.2, 0.3), (0.1, 0.14, 0.2)
"""Between labels and what they name, beside it and below it, in units."""

ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
"""Magnifications that are easy to say, and powers of ten of them."""


class SecantLens(VGroup):
    """A framed view of the fixed point whose magnification follows the width.

    The triangle keeps its size while the width shrinks, so the eye sees what changes: curve and
    secant, apart at first, close up. Both axes of the plot are magnified alike. `show` takes the
    width.

    Parameters
    ----------
    look, secant, region
        The look, the secant that is magnified, and where the lens is.
    widths
        The widths that are told: there the magnification is a round number.
    """

    def __init__(self, look: Look, secant: Secant, region: Region, widths: Sequence[float]) -> None:
        super().__init__()
        self.look, self.region, self.plot = look, region, secant.plot
        self.secant = secant
        self.function, self.at, self.value = secant.function, secant.at, secant.value
        corners = _corners(region)
        self.ground = shape(look, [*corners, corners[0]], "background")
        self.ground.backdrop = True
        self.rim = line(look, [*corners, corners[0]], "muted", STROKE.axis * 1.6)
        self.mark = line(look, role="muted", width=1.2 * STROKE.axis)
        self.ties = line(look, role="axis", width=STROKE.axis)
        # Outlines, since a wide line that ends aslant would stick out of the rim.
        self.curve, self.line = shape(look, role="curve"), shape(look, role="slope_up")
        self.across = line(look, role="text", width=0.7 * STROKE.tangent)
        self.up = line(look, role="text", width=0.7 * STROKE.tangent)
        self.first, self.second = (shape(look, role="point") for _ in range(2))
        # The plot's own point, over the ties that lead to it.
        self.spot = shape(look, role="point")
        self.add(self.ties, self.mark, self.ground, self.across, self.up)
        self.add(self.curve, self.line, self.rim, self.first, self.second, self.spot)
        told = sorted(widths)
        rises = (self.function.value((self.at + width,)) - self.value for width in told)
        lengths = (look.math_width(figure(number(rise))) for rise in rises)
        self.aside = max(lengths) + GAPS[0] + 0.12
        self.logs, plain = np.log(told), [self._view(width)[0] for width in told]
        self.factors = [_round(zoom) / zoom for zoom in plain]

    def _view(self, width: float) -> tuple[float, Points, Points]:
        """Return how much fits, the plot's point in the middle, and where in the lens it stands."""
        plot, rise = self.plot, self.function.value((self.at + width,)) - self.value
        first, last = plot.at(self.at, self.value), plot.at(self.at + width, self.value + rise)
        box, legs = self.region, np.abs(last - first)
        sides = np.array([box.width, box.height])
        zoom = float(np.min(np.array(LEGS) * sides / np.maximum(legs, 1e-12)))
        up = HERE[1] if rise >= 0 else 1 - HERE[1]
        # Farther to the left where the upright leg's length needs that room.
        right = HERE[0] * box.width, box.width - LEGS[0] * box.width / 2 - self.aside
        across = max(LEFT * box.width, min(right))
        here = np.array([box.left + across, box.bottom + up * box.height])
        return zoom, (first + last) / 2, here

    def zoom(self, width: float) -> float:
        """Return how many times as large as in the plot everything is at this width."""
        return self._view(width)[0] * float(np.interp(np.log(width), self.logs, self.factors))

    def place(self, x: float, y: float, width: float) -> Points:
        """Return where a data point is in the lens at this width."""
        _, middle, here = self._view(width)
        zoom = self.zoom(width)
        return here + (self.plot.at(x, y) - middle) * zoom

    def show(self, width: float) -> None:
        """Draw the curve, the secant and its legs as the lens shows them at this width."""
        there = self.function.value((self.at + width,))
        if not np.isfinite([self.value, there]).all():
            return
        _, middle, here = self._view(width)
        zoom = self.zoom(width)
        first, last = (
            self.place(self.at, self.value, width),
            self.place(self.at + width, there, width),
        )
        corner = np.array([last[0], first[1]])
        box = self.region
        wide = box.inset(*[-BEYOND] * 4)
        # What of x lies between the sides of the lens.
        low, high = (middle[0] + (side - here[0]) / zoom for side in (wide.left, wide.right))
        window, inner = self.plot.window, self.plot.inner
        unit = (window.right - window.left) / inner.width
        xs = window.left + (np.linspace(low, high, 161) - inner.left) * unit
        ys = np.asarray(self.function.values(xs), dtype=np.float64)
        path = [
            here + (self.plot.at(x, y) - middle) * zoom
            for x, y in zip(xs, np.broadcast_to(ys, xs.shape), strict=True)
        ]
        along = (last - first) * 40
        straight = np.array([first - along, last + along])
        for mobject, points, percent in (
            (self.curve, np.array(path), BAND * STROKE.curve),
            (self.line, straight, STROKE.tangent),
        ):
            set_lines(mobject, [_ribbon(piece, percent, box) for piece in clip(points, wide)])
        set_lines(self.across, [np.array([first, corner])])
        set_lines(self.up, [np.array([corner, last])])
        self.line.role = slope_role(there - self.value)
        self.line.set_fill(self.look.color(self.line.role))
        self.first.points = dot_points([first], STROKE.ghost)
        self.second.points = dot_points([last], STROKE.ghost)
        # True to size: it shows how far in one looks.
        self._tie(zoom, middle + (np.array(box.center) - here) / zoom)
        self.spot.points = dot_points([self.plot.at(self.at, self.value)], self.secant.dot)

    def _tie(self, zoom: float, middle: Points) -> None:
        """Mark what is magnified, and tie the mark to the lens."""
        box = self.region
        half = [side / 2 / zoom for side in (box.width, box.height)]
        inner = self.plot.inner
        low = np.maximum(middle - half, (inner.left, inner.bottom))
        high = np.minimum(middle + half, (inner.right, inner.top))
        if (low >= high).any():
            # What is magnified lies outside the plot.
            set_lines(self.mark, [])
            set_lines(self.ties, [])
            return
        rim = np.array(_corners(Region(*low, *high)))
        set_lines(self.mark, [[*rim, rim[0]]])
        # From corner to corner of the edges that face each other, so that no tie crosses either.
        facing = {
            ((0, 3), (1, 2)): box.bottom - high[1],
            ((3, 0), (2, 1)): low[1] - box.top,
            ((1, 0), (2, 3)): low[0] - box.right,
            ((0, 1), (3, 2)): box.left - high[0],
        }
        corners = np.array(_corners(box))
        pairs = max(facing, key=lambda ties: float(facing[ties]))
        set_lines(self.ties, [[corners[start], rim[end]] for start, end in pairs])

    def labels(self, width: float) -> VGroup:
        """Return the legs' lengths, the quotient and the magnification, where there is room."""
        room = self.region.inset(*[0.08] * 4)
        clear = Obstacles(room)
        clear.add(self.curve, self.line, self.across, self.up, self.first, self.second)
        free: list[Lettering] = []
        for size in SIZES:
            around = clear.copy()
            free = [label for label in self._legs(width, size, around) if label.is_free]
            if len(free) == 2:
                break
        for label in free:
            around.add_box(label.box.inset(*[-0.12] * 4))
        rise = self.function.value((self.at + width,)) - self.value
        # Away from the line. What has no room gives way: caption and table say it too.
        times = math(f"times {figure(number(self.zoom(width), 2))}")
        for sizes, role, sides, tries in (
            (SIZES, self.line.role, [True], [(quotient(rise, width),)]),
            (SIZES[1:], "muted", [False, True], [("zoom ", times), (times,)]),
        ):
            for left, words, size in itertools.product(sides, tries, sizes):
                label = self.look.text(*words, size=size, role=role)
                if _in_a_corner(label, room, around, left, left == (rise >= 0)):
                    around.add(label)
                    free.append(label)
                    break
        return VGroup(*free)

    def _legs(self, width: float, size: float, clear: Obstacles) -> list[Lettering]:
        """Return the lengths of the legs in a size of type, the upright one first."""
        rise = self.function.value((self.at + width,)) - self.value
        first = self.place(self.at, self.value, width)
        last = self.place(self.at + width, self.value + rise, width)
        corner = np.array([last[0], first[1]])
        across = self.look.math(f"h = {figure(number(width))}", size)
        up = self.look.math(figure(number(rise)), size)
        below = ("below",) if rise >= 0 else ("above",)
        parts = np.linspace(0.5, 1.0, 6)[:, None]
        place_near(up, corner + (last - corner) * parts, clear, ("right",), GAPS, only=True)
        for places in ((first + corner) / 2, first + (corner - first) * parts):
            place_near(across, places, clear.copy(), below, BELOW, only=True)
            if across.is_free:
                break
        clear.add(across)
        return [up, across]


def _round(zoom: float) -> float:
    """Return the nearest magnification that is easy to say."""
    power = 10.0 ** np.floor(np.log10(zoom))
    return float(power * min(ROUND, key=lambda step: abs(np.log(step * power / zoom))))


def _in_a_corner(label: Lettering, room: Region, clear: Obstacles, left: bool, top: bool) -> bool:
    """Put a label into a corner of a region and return whether it is free there."""
    x, align = (room.left + 0.06, "left") if left else (room.right - 0.06, "right")
    y, on = (room.top - 0.06, "top") if top else (room.bottom + 0.06, "bottom")
    label.place(x, y, align, on)  # type: ignore[arg-type]
    return clear.trouble(label.box) == 0


def _corners(region: Region) -> list[tuple[float, float]]:
    return [
        (region.left, region.bottom),
        (region.right, region.bottom),
        (region.right, region.top),
        (region.left, region.top),
    ]


def lens_region(plot: Plot, clear: Obstacles, spot: Points) -> Region:
    """Return where in a plot a lens covers least."""
    inner = plot.inner
    within = inner.inset(left=0.25, bottom=0.25, top=0.05)
    width, height = max(0.57 * inner.width, 1.9), max(0.52 * inner.height, 1.8)
    return free_region(within, min(width, within.width), min(height, within.height), clear, spot)


def _ribbon(points: Points, width: float, box: Region) -> Points:
    """Return the outline of a line of a width, in %, that ends flush with the sides of a box."""
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-12)[:, None]
    aside = units(width) / 2 * np.column_stack([-along[:, 1], along[:, 0]])
    outline = np.concatenate([points + aside, (points - aside)[::-1]])
    sides = ((0, -1, box.left), (0, 1, box.right), (1, -1, box.bottom), (1, 1, box.top))
    # Sutherland and Hodgman (1974).
    for axis, sign, edge in sides:
        beyond = sign * (outline[:, axis] - edge)
        kept = []
        for index, (before, after) in enumerate(zip(np.roll(beyond, 1), beyond, strict=True)):
            start, end = outline[index - 1], outline[index]
            if (before > 0) != (after > 0):
                kept.append(start + (end - start) * before / (before - after))
            if after <= 0:
                kept.append(end)
        outline = np.array(kept).reshape(-1, 2)
    return np.concatenate([outline, outline[:1]])
