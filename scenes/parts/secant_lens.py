"""A lens on a secant that stays as near as the secant is narrow."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens import free_region
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot, clip
from scenes.parts.secant import Secant
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.strokes import Points, dot_points, line, outside, set_lines, shape
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

LEGS = 0.27, 0.32
"""The legs are as long, in parts of the lens: the rest of it shows how the lines part."""


class SecantLens(VGroup):
    """A framed view of the fixed point whose magnification follows the width.

    The triangle keeps its size while the width shrinks, so the eye sees what changes: curve and
    secant, apart at first, close up. Both axes of the plot are magnified alike. `show` takes the
    width.

    Parameters
    ----------
    look, secant, region
        The look, the secant that is magnified, and where the lens is.
    """

    def __init__(self, look: Look, secant: Secant, region: Region) -> None:
        super().__init__()
        self.look, self.region, self.plot = look, region, secant.plot
        self.function, self.at, self.value = secant.function, secant.at, secant.value
        corners = _corners(region)
        self.ground = shape(look, [*corners, corners[0]], "background")
        self.ground.backdrop = True
        self.rim = line(look, [*corners, corners[0]], "muted", STROKE.axis * 1.6)
        self.mark = line(look, role="muted", width=1.6 * STROKE.axis)
        self.ties = line(look, role="axis", width=STROKE.axis)
        # The curve broad and faint, the secant thin: both are seen where one lies on the other.
        self.curve = line(look, role="curve", width=2.2 * STROKE.tangent)
        self.curve.set_stroke(color=look.theme.blend("curve", 0.9))
        self.line = line(look, role="slope_up", width=0.6 * STROKE.tangent)
        self.across = line(look, role="text", width=0.7 * STROKE.tangent)
        self.up = line(look, role="slope_up", width=0.7 * STROKE.tangent)
        self.first, self.second = (shape(look, role="point") for _ in range(2))
        self.add(self.ties, self.mark, self.ground, self.rim, self.across, self.up)
        self.add(self.curve, self.line, self.first, self.second)

    def _view(self, width: float) -> tuple[float, Points, Points]:
        """Return how much is magnified, the frame's point in the middle, and where it stands."""
        plot, rise = self.plot, self.function.value((self.at + width,)) - self.value
        first, last = plot.at(self.at, self.value), plot.at(self.at + width, self.value + rise)
        box, legs = self.region, np.abs(last - first)
        room = np.array([LEGS[0] * box.width, LEGS[1] * box.height])
        zoom = float(np.min(room / np.maximum(legs, 1e-12)))
        # A little left of the middle: the longer label stands on the right.
        return zoom, (first + last) / 2, np.array(box.center) - (0.08 * box.width, 0)

    def zoom(self, width: float) -> float:
        """Return how many times as large as in the plot everything is at this width."""
        return self._view(width)[0]

    def place(self, x: float, y: float, width: float) -> Points:
        """Return where a data point is in the lens at this width."""
        zoom, middle, here = self._view(width)
        return here + (self.plot.at(x, y) - middle) * zoom

    def show(self, width: float) -> None:
        """Draw the curve, the secant and its legs as the lens shows them at this width."""
        there = self.function.value((self.at + width,))
        if not np.isfinite([self.value, there]).all():
            return
        zoom, middle, here = self._view(width)
        first, last = (
            self.place(self.at, self.value, width),
            self.place(self.at + width, there, width),
        )
        corner = np.array([last[0], first[1]])
        inside, box = self.region.inset(*[0.04] * 4), self.region
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
        set_lines(self.curve, clip(np.array(path), inside))
        along = (last - first) * 20
        pieces = clip(np.array([first - along, last + along]), inside)
        set_lines(self.line, pieces)
        set_lines(self.across, [np.array([first, corner])])
        set_lines(self.up, [np.array([corner, last])])
        role = slope_role(there - self.value)
        for mobject in (self.up, self.line):
            mobject.role = role
            mobject.set_stroke(color=self.look.color(role))
        self.first.points = dot_points([first], STROKE.point)
        self.second.points = dot_points([last], STROKE.ghost)
        spots = self.plot.at(self.at, self.value), self.plot.at(self.at + width, there)
        self._tie(zoom, middle + (np.array(box.center) - here) / zoom, spots)

    def _tie(self, zoom: float, middle: Points, spots: tuple[Points, Points]) -> None:
        """Mark what is magnified, and tie the mark to the lens; the two points lie over both."""
        box = self.region
        # True to size, however small: it shows how far in one looks.
        half = [side / 2 / zoom for side in (box.width, box.height)]
        inner = self.plot.inner
        low = np.maximum(middle - half, (inner.left, inner.bottom))
        high = np.minimum(middle + half, (inner.right, inner.top))
        if (low >= high).any():
            # What is magnified lies outside the plot.
            set_lines(self.mark, [])
            set_lines(self.ties, [])
            return
        corners = _corners(Region(*low, *high))
        edges = map(np.array, itertools.pairwise([*corners, corners[0]]))
        set_lines(self.mark, _beside_dots(edges, spots))
        # Seen from the mark, the lens lies between two of its corners.
        ends = np.array(_corners(box))
        ways = [np.arctan2(*(end - middle)[::-1]) for end in ends]
        outer = max(
            itertools.combinations(range(4), 2),
            key=lambda two: np.pi - abs(abs(ways[two[0]] - ways[two[1]]) - np.pi),
        )
        starts = np.array(corners)
        ties = []
        for end in ends[list(outer)]:
            # From the nearest corner, so that no tie crosses the mark.
            start = starts[np.argmin(np.hypot(*(starts - end).T))]
            ties.append(np.array([start, end]))
        set_lines(self.ties, _beside_dots(ties, spots))

    def labels(self, width: float) -> VGroup:
        """Return the lengths of the legs, and how much is magnified, where there is room."""
        room = self.region.inset(*[0.08] * 4)
        clear = Obstacles(room)
        clear.add(self.curve, self.line, self.across, self.up, self.first, self.second)
        free: list[Lettering] = []
        for size in (TYPE.label, TYPE.tick, TYPE.minimum):
            around = clear.copy()
            free = [label for label in self._legs(width, size, around) if label.is_free]
            if len(free) == 2:
                break
        much = self.look.math(f"times {figure(number(self.zoom(width), 2))}", TYPE.tick, "muted")
        # In a small lens a number gives way: caption and table say it too.
        return VGroup(*free, *_in_a_corner(much, room, around))

    def _legs(self, width: float, size: float, clear: Obstacles) -> list[Lettering]:
        """Return the lengths of the legs in a size of type, the upright one first."""
        rise = self.function.value((self.at + width,)) - self.value
        first = self.place(self.at, self.value, width)
        last = self.place(self.at + width, self.value + rise, width)
        corner = np.array([last[0], first[1]])
        across = self.look.math(f"h = {figure(number(width))}", size)
        up = self.look.math(figure(number(rise)), size, slope_role(rise))
        below = ("below", "below right") if rise >= 0 else ("above", "above right")
        parts = np.linspace(0.5, 1.0, 6)[:, None]
        gaps = (0.14, 0.2, 0.3)
        place_near(up, corner + (last - corner) * parts, clear, ("right",), gaps, only=True)
        place_near(across, first + (corner - first) * parts, clear, below, gaps, only=True)
        return [up, across]


def _beside_dots(pieces: Iterable[Points], spots: Sequence[Points]) -> list[Points]:
    """Return what of straight pieces is not hidden by the dots of the two points."""
    kept = list(pieces)
    for spot, diameter in zip(spots, (STROKE.point, STROKE.ghost), strict=True):
        kept = [rest for piece in kept for rest in outside(piece, spot, units(diameter) / 2)]
    return kept


def _in_a_corner(label: Lettering, room: Region, clear: Obstacles) -> list[Lettering]:
    """Return a label in the first free corner of a region, or nothing."""
    low, high = room.bottom + 0.06, room.top - 0.06
    for y, on in ((high, "top"), (low, "bottom")):
        for x, align in ((room.left + 0.06, "left"), (room.right - 0.06, "right")):
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
    width, height = max(0.52 * inner.width, 1.9), max(0.56 * inner.height, 1.8)
    return free_region(within, min(width, within.width), min(height, within.height), clear, spot)
