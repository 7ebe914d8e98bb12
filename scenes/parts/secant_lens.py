"""A lens on a secant that stays as near as the secant is narrow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens_room import free_region
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.secant import Secant, beside
from scenes.parts.slope import slope_role
from scenes.parts.source import figure, math
from scenes.parts.strokes import Points, dashes, dot_points, line, set_lines, shape
from scenes.theme import STROKE, TYPE
from scenes.words import number

LEGS, LONG_LEGS = (0.097, 0.14), (0.27, 0.32)
"""The legs are as long, in parts of the lens: the rest of it shows how the lines part.

Longer ones only where else the lens would hardly magnify.
"""

HERE = 0.26, 0.42
"""Where in the lens the middle of the legs stands, in parts of it; from above where f falls."""

LEAST = 2.0
"""A magnification that is worth a lens."""

CURVE, SECANT = 1.0, 0.8
"""Widths of the lines in parts of the usual ones."""

DASHES = 0.2, 0.16
"""Of the secant's line: a dash, and what of the curve is seen between two, in units."""

SPECK = 0.06
"""A dash that is no longer than this is left out, in units."""

GAPS = 0.14, 0.2, 0.3
"""Between labels and what they name, in units."""

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
        self.function, self.at, self.value = secant.function, secant.at, secant.value
        corners = _corners(region)
        self.ground = shape(look, [*corners, corners[0]], "background")
        self.ground.backdrop = True
        self.rim = line(look, [*corners, corners[0]], "muted", STROKE.axis * 1.6)
        self.mark = line(look, role="muted", width=1.2 * STROKE.axis)
        self.ties = line(look, role="axis", width=STROKE.axis)
        self.curve = line(look, role="curve", width=CURVE * STROKE.curve)
        # Dashed and as wide: where the two are one, they take turns. Side by side two dark colours
        # would make a third one.
        self.line = line(look, role="slope_up", width=SECANT * STROKE.tangent)
        self.across = line(look, role="text", width=0.7 * STROKE.tangent)
        self.up = line(look, role="text", width=0.7 * STROKE.tangent)
        self.first, self.second = (shape(look, role="point") for _ in range(2))
        self.add(self.ties, self.mark, self.ground, self.across, self.up)
        # The frame lies over the ends of the lines.
        self.add(self.curve, self.line, self.rim, self.first, self.second)
        told = sorted(widths)
        self.logs, plain = np.log(told), [self._view(width)[0] for width in told]
        self.factors = [_round(zoom) / zoom for zoom in plain]

    def _view(self, width: float) -> tuple[float, Points, Points]:
        """Return how much fits, the plot's point in the middle, and where in the lens it stands."""
        plot, rise = self.plot, self.function.value((self.at + width,)) - self.value
        first, last = plot.at(self.at, self.value), plot.at(self.at + width, self.value + rise)
        box, legs = self.region, np.abs(last - first)
        sides = np.array([box.width, box.height])
        zoom, long = (
            float(np.min(np.array(parts) * sides / np.maximum(legs, 1e-12)))
            for parts in (LEGS, LONG_LEGS)
        )
        zoom = max(zoom, min(LEAST, long))
        # Near a corner: there is more to see of how the lines part, and labels stand on the right.
        up = HERE[1] if rise >= 0 else 1 - HERE[1]
        here = np.array([box.left, box.bottom]) + sides * (HERE[0], up)
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
        # What of x lies between the sides of the lens.
        low, high = (middle[0] + (side - here[0]) / zoom for side in (box.left, box.right))
        window, inner = self.plot.window, self.plot.inner
        unit = (window.right - window.left) / inner.width
        xs = window.left + (np.linspace(low, high, 161) - inner.left) * unit
        ys = np.asarray(self.function.values(xs), dtype=np.float64)
        path = [
            here + (self.plot.at(x, y) - middle) * zoom
            for x, y in zip(xs, np.broadcast_to(ys, xs.shape), strict=True)
        ]
        set_lines(self.curve, clip(np.array(path), box))
        along = (last - first) * 40
        # From the point on, so that no dash runs along the line while the width shrinks.
        ways = [(first, first - along), (first, last + along)]
        pieces = [piece for way in ways for piece in clip(np.array(way), box)]
        every = [dash for piece in pieces for dash in dashes(piece[0], piece[-1], *DASHES)]
        # Of the last one at the rim there may be so little left that it would be a mere dot.
        set_lines(self.line, [dash for dash in every if np.ptp(dash, axis=0).max() > SPECK])
        set_lines(self.across, [np.array([first, corner])])
        set_lines(self.up, [np.array([corner, last])])
        self.line.role = slope_role(there - self.value)
        self.line.set_stroke(color=self.look.color(self.line.role))
        self.first.points = dot_points([first], 0.85 * STROKE.ghost)
        self.second.points = dot_points([last], 0.85 * STROKE.ghost)
        self._tie(zoom, middle + (np.array(box.center) - here) / zoom)

    def _tie(self, zoom: float, middle: Points) -> None:
        """Mark what is magnified, and tie the mark to the lens."""
        box = self.region
        # True to size: it shows how far in one looks.
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
        # From edge to edge where the two face each other, so that no tie crosses either; straight
        # where that is possible, since the corners of the mark may lie at the curve.
        facing = {
            (0, 1): box.bottom - high[1],
            (3, 2): low[1] - box.top,
            (1, 2): low[0] - box.right,
            (0, 3): box.left - high[0],
        }
        corners = np.array(_corners(box))
        nearest = (corners[at] for at in max(facing, key=lambda pair: float(facing[pair])))
        set_lines(self.ties, [[np.clip(end, low, high), end] for end in nearest])

    def labels(self, width: float) -> VGroup:
        """Return the legs' lengths, the lines' names and the magnification, where there is room."""
        room = self.region.inset(*[0.08] * 4)
        clear = Obstacles(room)
        clear.add(self.curve, self.line, self.across, self.up, self.first, self.second)
        free: list[Lettering] = []
        for size in (TYPE.label, TYPE.tick, TYPE.minimum):
            around = clear.copy()
            free = [label for label in self._legs(width, size, around) if label.is_free]
            if len(free) == 2:
                break
        # In a small lens a number gives way: caption and table say it too.
        times = math(f"times {figure(number(self.zoom(width), 2))}")
        much_or_not: list[Lettering] = []
        rises = bool(self.function.value((self.at + width,)) >= self.value)
        for size in (TYPE.tick, TYPE.minimum):
            much = self.look.text("zoom ", times, size=size, role="muted")
            much_or_not = much_or_not or _in_a_corner(much, room, around, rises)
        around.add(*much_or_not)
        for label in free:
            around.add_box(label.box.inset(*[-0.12] * 4))
        around.within = self.region.inset(*[0.16] * 4)
        return VGroup(*free, *much_or_not, *self._names(width, around))

    def _names(self, width: float, clear: Obstacles) -> list[Lettering]:
        """Return the names of secant and curve, each on its side of the two."""
        value, slope = self.value, self.function.value((self.at + width,)) - self.value
        first = self.place(self.at, value, width)
        ends = sorted(self.line.points[:, :2], key=lambda end: float(end[0]))
        # Where both go on, the curve bends to one side.
        bend = self.function.value((self.at + 2 * width,)) - value - 2 * slope
        # Where there is more of them, there they have parted.
        far = sorted(ends, key=lambda end: -float(np.hypot(*(end - first))))
        out = []
        for name, role, above in (
            ("secant", slope_role(slope), bend < 0),
            ("curve", "curve", bend >= 0),
        ):
            label = self.look.text(name, size=TYPE.tick, role=role)
            parts = np.linspace(0.85, 0.1, 16)[:, None]
            for end in far:
                sides = beside(slope, above)
                place_near(
                    label, first + (end - first) * parts, clear.copy(), sides, GAPS, only=True
                )
                if label.is_free:
                    clear.add(label)
                    out.append(label)
                    break
        return out

    def _legs(self, width: float, size: float, clear: Obstacles) -> list[Lettering]:
        """Return the lengths of the legs in a size of type, the upright one first."""
        rise = self.function.value((self.at + width,)) - self.value
        first = self.place(self.at, self.value, width)
        last = self.place(self.at + width, self.value + rise, width)
        corner = np.array([last[0], first[1]])
        across = self.look.math(f"h = {figure(number(width))}", size)
        up = self.look.math(figure(number(rise)), size)
        below = ("below", "below right") if rise >= 0 else ("above", "above right")
        parts = np.linspace(0.5, 1.0, 6)[:, None]
        place_near(up, corner + (last - corner) * parts, clear, ("right",), GAPS, only=True)
        place_near(across, first + (corner - first) * parts, clear, below, GAPS, only=True)
        return [up, across]


def _round(zoom: float) -> float:
    """Return the nearest magnification that is easy to say."""
    power = 10.0 ** np.floor(np.log10(zoom))
    return float(power * min(ROUND, key=lambda step: abs(np.log(step * power / zoom))))


def _in_a_corner(label: Lettering, room: Region, clear: Obstacles, rises: bool) -> list[Lettering]:
    """Return a label in the first free corner of a region, or nothing: away from the lines."""
    low, high = room.bottom + 0.06, room.top - 0.06
    left, right = (room.left + 0.06, "left"), (room.right - 0.06, "right")
    top, bottom = (high, "top"), (low, "bottom")
    first, last = (bottom, top) if rises else (top, bottom)
    for (x, align), (y, on) in ((right, first), (left, last), (right, last), (left, first)):
        label.place(x, y, align, on)  # type: ignore[arg-type]
        if clear.trouble(label.box) == 0:
            return [label]
    return []


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
    width, height = max(0.55 * inner.width, 1.9), max(0.53 * inner.height, 1.8)
    return free_region(within, min(width, within.width), min(height, within.height), clear, spot)
