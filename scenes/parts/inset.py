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
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, dashes, line, set_lines, shape
from scenes.parts.window import Window
from scenes.theme import STROKE

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
        half = 1.25 * float((places.max(axis=0) - places.min(axis=0)).max()) / 2
        inside = region.inset(0.12, 0.1, 0.1, 0.1)
        across = half * _ratio(look, inside, middle, half, y_ticks)
        window = Window(
            middle[0] - across, middle[0] + across, middle[1] - half, middle[1] + half
        )
        self.plot = _plot(look, inside, window, y_ticks)
        ground = shape(look, _corners(region), role="muted", color=look.theme.background)
        ground.backdrop = True
        border = line(look, _corners(region), role="muted", width=STROKE.axis)
        spot = _spot(plane, window)
        ties = line(look, role="muted", width=STROKE.guide)
        set_lines(ties, [dash for tie in _ties(region, spot) for dash in dashes(*tie)])
        square = line(look, _corners(spot), role="text", width=STROKE.axis)
        levels = geometric_levels(function, window, floor, most=6)
        contours = Contours(look, function, [self.plot], levels)
        names = name_axes(look, self.plot, "", y_name)
        self.path = Path(look, self.plot, places, role)
        self.add(ties, ground, border, square, contours, self.plot, names)


def _plot(look: Look, region: Region, window: Window, y_ticks: Sequence[float]) -> Plot:
    return Plot(look, region, window, x_name="", y_name="", x_ticks=(), y_ticks=y_ticks)


def _ratio(
    look: Look, region: Region, middle: Points, half: float, y_ticks: Sequence[float]
) -> float:
    """Return width over height of the inset's drawing, so that its scale is true."""
    trial = Window(middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half)
    inner = _plot(look, region, trial, y_ticks).inner
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
        return [((region.right, region.top), (spot.left, spot.top)),
                ((region.right, region.bottom), (spot.left, spot.bottom))]
    return [((region.left, region.top), (spot.right, spot.top)),
            ((region.left, region.bottom), (spot.right, spot.bottom))]


def inset_region(plane: Plot, spot: ArrayLike, crowd: ArrayLike, share: float = 0.4) -> Region:
    """Return a place for an inset: at the left or right edge of a plane, where less is covered.

    Parameters
    ----------
    plane
        The plane.
    spot
        The frame's point (2,) that is magnified, which stays free.
    crowd
        Frame points (n, 2) that are better not covered.
    share
        The part of the plane's width that the inset may take.
    """
    inner = plane.inner
    wide = min(1.7 * inner.height, share * inner.width)
    tall = inner.height - 0.16
    x = float(np.asarray(spot)[0])
    points = np.asarray(crowd, dtype=float).reshape(-1, 2)
    found = []
    for left in (inner.left + 0.1, inner.right - 0.1 - wide):
        region = Region(left, inner.bottom + 0.08, left + wide, inner.bottom + 0.08 + tall)
        covered = int(((points[:, 0] >= left) & (points[:, 0] <= left + wide)).sum())
        hides = left - 0.2 < x < left + wide + 0.2
        found.append((hides, covered, left, region))
    return min(found, key=lambda each: each[:3])[3]
