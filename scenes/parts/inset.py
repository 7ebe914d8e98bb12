"""An inset that magnifies a spot of a plane, with lines that tie it to the spot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_names import name_axes
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.path import Path
from scenes.parts.plane import ground
from scenes.parts.plot import Plot
from scenes.parts.strokes import dashes, line, set_lines
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE, units

SHARE = 0.3
"""The part of a plane's width that an inset takes."""

NARROWEST = 1.6
"""An inset of less, in units, shows nothing."""

ROOM = 0.62
"""Two labels so far apart, in units, have the axis's name between them."""

LEAST_SPOT = 0.12
"""The magnified spot is marked by a square of at least so many units."""


class Inset(VGroup):
    """A window with contour lines of its own over a quiet part of a plane.

    Parameters
    ----------
    look, plane, region
        The look, the plane that is magnified, and where the inset stands.
    function
        With vectorised `values` of two arrays.
    points
        The places of a run (n, 2) that are magnified; `path` draws it.
    role
        The colour of the run.
    floor
        The level that contour lines are measured from.
    y_ticks
        The labelled values of the second variable.
    y_name
        Its name in Typst mathematics.
    """

    def __init__(
        self,
        look: Look,
        plane: Plot,
        region: Region,
        function: object,
        points: ArrayLike,
        role: str,
        floor: float,
        y_ticks: Sequence[float],
        y_name: str,
    ) -> None:
        super().__init__()
        places = np.asarray(points, dtype=float).reshape(-1, 2)
        middle = (places.min(axis=0) + places.max(axis=0)) / 2
        spans = places.max(axis=0) - places.min(axis=0)
        inside = region.inset(0.12, 0.1, 0.1, 0.1)
        ratio = _ratio(look, inside, y_ticks)
        half = 1.3 * max(float(spans[1]), float(spans[0]) / ratio) / 2
        x, y = float(middle[0]), float(middle[1])
        window = Window(x - half * ratio, x + half * ratio, y - half, y + half)
        self.plot = _plot(look, inside, window, y_ticks)
        if self._apart(y_ticks) < units(TYPE.tick):
            self.plot = _plot(look, inside, window, ())
        border = line(look, _corners(region), role="muted", width=STROKE.axis)
        spot = _spot(plane, window)
        ties = line(look, role="muted", width=STROKE.guide)
        set_lines(ties, [dash for tie in _ties(region, spot) for dash in dashes(*tie)])
        square = line(look, _corners(spot), role="text", width=STROKE.axis)
        levels = geometric_levels(function, window, floor, most=6)
        contours = Contours(look, function, [self.plot], levels)
        names = name_axes(look, self.plot, "", y_name if self._apart(y_ticks) > ROOM else "")
        self.path = Path(look, self.plot, places, role)
        self.add(ties, ground(look, region), border, square, contours, self.plot, names)

    def _apart(self, y_ticks: Sequence[float]) -> float:
        """Return how far apart the labels are, in units."""
        heights = [self.plot.y(value) for value in y_ticks]
        return max(heights) - min(heights) if heights else 0.0


def _plot(look: Look, region: Region, window: Window, y_ticks: Sequence[float]) -> Plot:
    return Plot(look, region, window, x_name="", y_name="", x_ticks=(), y_ticks=y_ticks)


def _ratio(look: Look, region: Region, y_ticks: Sequence[float]) -> float:
    """Return width over height of the inset's drawing, so that its scale is true."""
    inner = _plot(look, region, Window(-1.0, 1.0, -1.0, 1.0), y_ticks).inner
    return inner.width / inner.height


def _spot(plane: Plot, window: Window) -> Region:
    x, y = plane.at((window.left + window.right) / 2, (window.bottom + window.top) / 2)
    wide = plane.x(window.right) - plane.x(window.left)
    tall = plane.y(window.top) - plane.y(window.bottom)
    grow = max(1.0, LEAST_SPOT / tall)
    wide, tall = wide * grow / 2, tall * grow / 2
    return Region(x - wide, y - tall, x + wide, y + tall)


def _corners(region: Region) -> list[tuple[float, float]]:
    left, bottom, right, top = region.left, region.bottom, region.right, region.top
    return [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]


def _ties(region: Region, spot: Region) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return two lines from the inset's near side to the spot."""
    if region.right <= spot.left:
        return [
            ((region.right, region.top), (spot.left, spot.top)),
            ((region.right, region.bottom), (spot.left, spot.bottom)),
        ]
    return [
        ((region.left, region.top), (spot.right, spot.top)),
        ((region.left, region.bottom), (spot.right, spot.bottom)),
    ]


def inset_region(plane: Plot, crowd: ArrayLike, share: float = SHARE) -> Region | None:
    """Return a place for an inset at the left or right edge of a plane that covers no run, or None.

    Parameters
    ----------
    plane
        The plane.
    crowd
        Frame points (n, 2) of the runs.
    share
        The part of the plane's width that the inset may take.
    """
    inner = plane.inner
    wide = min(1.6 * inner.height, share * inner.width)
    points = np.asarray(crowd, dtype=float).reshape(-1, 2)
    points = points[np.isfinite(points).all(axis=1)]
    if wide < NARROWEST:
        return None
    for left in (inner.left + 0.1, inner.right - 0.1 - wide):
        right = left + wide
        if not ((points[:, 0] >= left - 0.1) & (points[:, 0] <= right + 0.1)).any():
            return Region(left, inner.bottom + 0.08, right, inner.top - 0.08)
    return None
