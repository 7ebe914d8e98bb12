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
from scenes.parts.secant import Secant, beside
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.strokes import Points, dashed, dot_points, line, outside, set_lines, shape
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

LEGS = 0.27, 0.32
"""The legs are as long, in parts of the lens: the rest of it shows how the lines part."""

GAPS = 0.14, 0.2, 0.3
"""Between labels and what they name, in units."""

RING = 0.18
"""Radius of the mark where the window is too small to be seen round the point, in units."""

SMALL, TINY = 0.22, 0.15
"""A window whose longer half is so long has a rectangle as its mark, or a ring, in units."""

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
        self.mark = line(look, role="muted", width=1.6 * STROKE.axis)
        self.ties = line(look, role="axis", width=STROKE.axis)
        # The secant dashed and thin: both are seen where one lies on the other.
        self.curve = line(look, role="curve", width=1.9 * STROKE.tangent)
        self.curve.set_stroke(color=look.theme.blend("curve", 0.75))
        self.line = line(look, role="slope_up", width=0.7 * STROKE.tangent)
        self.across = line(look, role="text", width=0.7 * STROKE.tangent)
        self.up = line(look, role="text", width=0.7 * STROKE.tangent)
        self.first, self.second = (shape(look, role="point") for _ in range(2))
        self.add(self.ties, self.mark, self.ground, self.rim, self.across, self.up)
        self.add(self.curve, self.line, self.first, self.second)
        told = sorted(widths)
        self.logs, plain = np.log(told), [self._view(width)[0] for width in told]
        self.factors = [_round(zoom) / zoom for zoom in plain]

    def _view(self, width: float) -> tuple[float, Points, Points]:
        """Return how much fits, the plot's point in the middle, and where in the lens it stands."""
        plot, rise = self.plot, self.function.value((self.at + width,)) - self.value
        first, last = plot.at(self.at, self.value), plot.at(self.at + width, self.value + rise)
        box, legs = self.region, np.abs(last - first)
        room = np.array([LEGS[0] * box.width, LEGS[1] * box.height])
        zoom = float(np.min(room / np.maximum(legs, 1e-12)))
        # A little left of the middle: the longer label stands on the right.
        return zoom, (first + last) / 2, np.array(box.center) - (0.08 * box.width, 0)

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
        # From the first point on, so that the dashes do not swim.
        ends = [end for piece in pieces for end in (piece[0], piece[-1])]
        dashes = [dash for end in ends for dash in dashed([first, end], 0.15, 0.13)]
        set_lines(self.line, dashes)
        set_lines(self.across, [np.array([first, corner])])
        set_lines(self.up, [np.array([corner, last])])
        self.line.role = slope_role(there - self.value)
        self.line.set_stroke(color=self.look.color(self.line.role))
        self.first.points = dot_points([first], STROKE.point)
        self.second.points = dot_points([last], STROKE.ghost)
        spots = self.plot.at(self.at, self.value), self.plot.at(self.at + width, there)
        self._tie(zoom, middle + (np.array(box.center) - here) / zoom, spots)

    def _tie(self, zoom: float, middle: Points, spots: tuple[Points, Points]) -> None:
        """Mark what is magnified, and tie the mark to the lens; the two points lie over both."""
        box = self.region
        # True to size, as long as it is seen: it shows how far in one looks.
        half = [side / 2 / zoom for side in (box.width, box.height)]
        inner = self.plot.inner
        low = np.maximum(middle - half, (inner.left, inner.bottom))
        high = np.minimum(middle + half, (inner.right, inner.top))
        if (low >= high).any():
            # What is magnified lies outside the plot.
            set_lines(self.mark, [])
            set_lines(self.ties, [])
            return
        rim = _rounded(low, high)
        edges = map(np.array, itertools.pairwise([*rim, rim[0]]))
        set_lines(self.mark, _beside_dots(edges, spots))
        # Seen from the mark, the lens lies between two of its corners.
        ends = np.array(_corners(box))
        ways = [np.arctan2(*(end - middle)[::-1]) for end in ends]
        outer = max(
            itertools.combinations(range(4), 2),
            key=lambda two: np.pi - abs(abs(ways[two[0]] - ways[two[1]]) - np.pi),
        )
        ties = []
        for end in ends[list(outer)]:
            # From the nearest place, so that no tie crosses the mark.
            start = rim[np.argmin(np.hypot(*(rim - end).T))]
            ties.append(np.array([start, end]))
        set_lines(self.ties, _beside_dots(ties, spots))

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
        much = self.look.math(f"times {figure(number(self.zoom(width), 2))}", TYPE.tick, "muted")
        # In a small lens a number gives way: caption and table say it too.
        much_or_not = _in_a_corner(much, room, around)
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
        out = []
        for name, role, above in (
            ("secant", slope_role(slope), bend < 0),
            ("curve", "curve", bend >= 0),
        ):
            label = self.look.text(name, size=TYPE.tick, role=role)
            on = ends[-1] if above == (slope >= 0) else ends[0]
            parts = np.linspace(0.85, 0.1, 16)[:, None]
            for end in (on, *ends):
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


def _rounded(low: Points, high: Points) -> Points:
    """Return the outline of a rectangle; a small one grows round, so that it is seen."""
    middle, half = (low + high) / 2, (high - low) / 2
    rounding = float(np.clip((SMALL - half.max()) / (SMALL - TINY), 0.0, 1.0))
    half = half + rounding * (np.maximum(half, RING) - half)
    radius = rounding * float(half.min())
    turns = np.linspace(0, np.pi / 2, 13)
    arcs = [
        middle
        + np.array(side) * (half - radius)
        + radius * np.column_stack([np.cos(turns + start), np.sin(turns + start)])
        for side, start in zip(
            ((1, 1), (-1, 1), (-1, -1), (1, -1)), np.arange(4) * np.pi / 2, strict=True
        )
    ]
    return np.concatenate(arcs)


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
