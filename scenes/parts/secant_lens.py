"""A lens on a secant that stays as near as the secant is narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import VGroup
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens_room import free_region
from scenes.parts.placing import Obstacles, dense
from scenes.parts.plot import Plot, clip
from scenes.parts.secant import Secant, through
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.strokes import (
    Points,
    dot_points,
    ground,
    line,
    rectangle,
    set_lines,
    shape,
)
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

LEGS = 0.34, 0.4
"""The legs are at most as long, in parts of the lens: beside them there is room for words."""

HERE, LEFT = (0.58, 0.48), 0.3
"""Where in the lens the middle of the legs stands, in parts of it, and how far left it may."""

UNDER, OVER = 0.64, 0.18
"""Between legs and rim: there stand a length and, on the rim, the factor; and on the other side."""

BAND = 2.8
"""Width of the curve in parts of the usual one: a secant that lies on it leaves its edges free."""

BEYOND = 0.2
"""So far beyond the rim lines go on before they are cut, in units."""

BESIDE = 0.14
"""Between the upright leg and its length, in units."""

OFF_CORNER = 0.4
"""So far from the corners of the lens the secant leaves it, in units."""

CLEAR = 0.1
"""So near to curve or secant a tie would run into it, in units."""

HIDDEN = (units(BAND * STROKE.curve) - units(STROKE.tangent)) / 2
"""A gap smaller than this is not seen, in units: the curve is there on both sides of the secant."""

ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 10.0)
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
        self.ground = ground(look, region)
        self.rim = line(look, rectangle(region), "muted", STROKE.axis * 1.6)
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
        self.told = told = sorted(widths)
        rises = (self.function.value((self.at + width,)) - self.value for width in told)
        lengths = (look.math_width(figure(number(rise)), TYPE.label) for rise in rises)
        self.aside = max(lengths) + BESIDE + 0.2
        self.moved = np.zeros(2)
        self.moved = self._off_corners()
        self.logs, plain = np.log(told), [self._view(width)[0] for width in told]
        self.factors = [_round(zoom) / zoom for zoom in plain]
        self.pairs = self._pairs()

    def _view(self, width: float) -> tuple[float, Points, Points]:
        """Return how much fits, the plot's point in the middle, and where in the lens it stands."""
        plot, rise = self.plot, self.function.value((self.at + width,)) - self.value
        first, last = plot.at(self.at, self.value), plot.at(self.at + width, self.value + rise)
        box, legs = self.region, np.abs(last - first)
        sides = np.array([box.width, box.height])
        zoom = float(np.min(np.array(LEGS) * sides / np.maximum(legs, 1e-12)))
        # Farther from the rim where the length of the other leg needs that.
        half = min(LEGS[1] * box.height, zoom * float(legs[1])) / 2
        up = max(HERE[1] * box.height, min(UNDER + half, box.height - half - OVER))
        up = up if rise >= 0 else box.height - up
        # Farther to the left where the upright leg's length needs that room.
        beside = min(LEGS[0] * box.width, zoom * float(legs[0])) / 2 + self.aside
        right = HERE[0] * box.width, box.width - beside
        across = max(LEFT * box.width, min(right))
        here = np.array([box.left + across, box.bottom + up])
        return zoom, (first + last) / 2, here + self.moved

    def _off_corners(self) -> Points:
        """Return how far all moves for the secant to leave the lens through its sides.

        To the left and away from the leg across: there no words are.
        """
        box, middles = self.region, []
        for width in self.told:
            rise = self.function.value((self.at + width,)) - self.value
            along = self.plot.at(self.at + width, self.value + rise) - self._spot
            middles.append((self._view(width)[2], along / np.hypot(*along), np.sign(rise) or 1.0))
        corners = np.array(rectangle(box)[:4])

        def near(move: tuple[float, float]) -> float:
            return min(
                float(np.abs((corners - here - (x, y * sign)) @ (-along[1], along[0])).min())
                for (x, y) in [move]
                for here, along, sign in middles
            )

        room = LEFT * box.width - min(float(here[0]) - box.left for here, *_ in middles)
        tries = [
            (x, y)
            for x in np.linspace(0.0, min(room, 0.0), 9)
            for y in np.linspace(0.0, 0.1 * box.height, 5)
        ]
        free = [move for move in tries if near(move) > OFF_CORNER]
        x, y = min(free, key=lambda move: np.hypot(*move)) if free else max(tries, key=near)
        return np.array([x, y * middles[0][2]])

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
        first, last = (
            self.place(self.at, self.value, width),
            self.place(self.at + width, there, width),
        )
        corner = np.array([last[0], first[1]])
        box = self.region
        wide = box.inset(*[-BEYOND] * 4)
        path = self._within(width, wide, self.function.values)
        along = (last - first) * 40
        straight = np.array([first - along, last + along])
        for mobject, points, percent in (
            (self.curve, path, BAND * STROKE.curve),
            (self.line, straight, STROKE.tangent),
        ):
            set_lines(mobject, [_ribbon(piece, percent, box) for piece in clip(points, wide)])
        set_lines(self.across, [np.array([first, corner])])
        set_lines(self.up, [np.array([corner, last])])
        self.line.role = slope_role(there - self.value)
        self.line.set_fill(self.look.color(self.line.role))
        self.first.points = dot_points([first], STROKE.ghost)
        self.second.points = dot_points([last], STROKE.ghost)
        self._tie(width)
        # As many as in the lens, as far as they can be told apart.
        both = [self._spot, self.plot.at(self.at + width, there)]
        self.spot.points = dot_points(both, self.secant.dot)

    def _within(self, width: float, box: Region, values: Callable[[Points], ArrayLike]) -> Points:
        """Return the points (n, 2) of a graph in the lens, between the sides of a box."""
        _, middle, here = self._view(width)
        zoom, window, inner = self.zoom(width), self.plot.window, self.plot.inner
        low, high = (middle[0] + (side - here[0]) / zoom for side in (box.left, box.right))
        unit = (window.right - window.left) / inner.width
        xs = window.left + (np.linspace(low, high, 161) - inner.left) * unit
        ys = np.broadcast_to(np.asarray(values(xs), dtype=np.float64), xs.shape)
        return here + (self.plot.places(xs, ys) - middle) * zoom

    def gap(self, width: float) -> float:
        """Return how far the secant and the curve are apart in the lens at most, in units."""
        box, slope = self.region, (self.function.value((self.at + width,)) - self.value) / width
        straight, curve = (
            self._within(width, box, values)[:, 1]
            for values in (lambda xs: self.value + slope * (xs - self.at), self.function.values)
        )
        shown = (box.bottom < straight) & (straight < box.top) & np.isfinite(curve)
        return float(np.abs(curve - straight)[shown].max(initial=0.0))

    def looks_straight(self, width: float) -> bool:
        """Whether curve and secant look like one line in the lens at this width."""
        return self.gap(width) < HIDDEN

    def _marked(self, width: float) -> Region | None:
        """Return what is magnified at this width, or None where it lies outside the plot.

        True to size, which shows how far in one looks: at last it lies within the point.
        """
        _, middle, here = self._view(width)
        box, zoom, inner = self.region, self.zoom(width), self.plot.inner
        middle = middle + (np.array(box.center) - here) / zoom
        half = np.array([box.width, box.height]) / 2 / zoom
        low = np.maximum(middle - half, (inner.left, inner.bottom))
        high = np.minimum(middle + half, (inner.right, inner.top))
        return None if (low >= high).any() else Region(*low, *high)

    @property
    def _spot(self) -> Points:
        """The point in the plot."""
        return self.plot.at(self.at, self.value)

    def _tie(self, width: float) -> None:
        """Mark what is magnified, and tie the mark to the lens."""
        marked = self._marked(width)
        set_lines(self.mark, [rectangle(marked)] if marked else [])
        set_lines(self.ties, self._ties(marked, self.pairs) if marked else [])

    def _ties(self, marked: Region, pairs: Sequence[tuple[int, int]]) -> list[Points]:
        box, frame = np.array(rectangle(self.region)), np.array(rectangle(marked))
        ends = [(box[start], frame[end]) for start, end in pairs]
        if not ends:
            # To the point, at every width alike: upright where the lens is over or under it.
            nearest = np.clip(self._spot, box[0], box[2])
            ends = [(nearest, np.clip(nearest, frame[0], frame[2]))]
        return [np.array(tie) for tie in ends]

    def _pairs(self) -> Sequence[tuple[int, int]]:
        """Return which corners of lens and mark are tied: always the same, so that no tie jumps."""
        box = self.region
        every = [(width, marked) for width in self.told if (marked := self._marked(width))]
        if not every:
            return ()
        (_, marked), *_ = every
        # Corners of the edges that face each other, so that no tie crosses either.
        facing = {
            ((0, 3), (1, 2)): box.bottom - marked.top,
            ((3, 0), (2, 1)): marked.bottom - box.top,
            ((1, 0), (2, 3)): marked.left - box.right,
            ((0, 1), (3, 2)): box.left - marked.right,
        }
        corners = max(facing, key=lambda ties: float(facing[ties]))
        # A short one is enough where one of both would run into a line.
        choices: tuple[Sequence[tuple[int, int]], ...] = (corners, ())

        def trouble(pairs: Sequence[tuple[int, int]]) -> int:
            return sum(
                self._meets(width, tie)
                for width, marked in every
                for tie in self._ties(marked, pairs)
            )

        return min(choices, key=trouble)

    def _meets(self, width: float, tie: Points) -> int:
        """Return how much of a tie is close to the curve or to the secant of this width."""
        lines = [
            *self.plot.graph(self.function),
            *through(self.plot, self.function, self.at, width),
        ]
        there = np.concatenate([dense(np.asarray(piece)[:, :2]) for piece in lines])
        away = np.hypot(*np.moveaxis(dense(tie)[:, None] - there, -1, 0))
        return int((away.min(axis=1) < CLEAR).sum())


def _round(zoom: float) -> float:
    """Return the nearest magnification that is easy to say."""
    power = 10.0 ** np.floor(np.log10(zoom))
    return float(power * min(ROUND, key=lambda step: abs(np.log(step * power / zoom))))


def lens_region(plot: Plot, clear: Obstacles, spot: Points) -> Region:
    """Return where in a plot a lens covers least."""
    inner = plot.inner
    within = inner.inset(left=0.25, bottom=0.25, top=0.05)
    width, height = max(0.74 * inner.width, 1.9), max(0.6 * inner.height, 1.8)
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
