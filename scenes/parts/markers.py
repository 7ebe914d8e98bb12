"""Markers: shapes by which runs differ beside their colours, on every plot and in every key."""

from __future__ import annotations

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike

from scenes.look import Look
from scenes.parts.strokes import Points, corners, dot_points, shape
from scenes.theme import STROKE, units

MARKER = STROKE.ghost * 0.9
"""Diameter of a marker, in % of the frame's shorter side."""

HOLE = 0.55
"""The hole of a hollow marker, in parts of its diameter."""

KINDS = 6
"""So many shapes there are: as many as runs that can be told apart by colour."""


def marker_points(
    center: ArrayLike,
    kind: int = 0,
    diameter: float = MARKER,
    *,
    hollow: bool = False,
    hole: float = HOLE,
) -> Points:
    """Return the outline of a marker; all of them have about the area of a disc.

    Parameters
    ----------
    center
        Its middle (2,).
    kind
        0 is a disc, then come a square, a triangle, a diamond, a triangle that points down, and a
        star, and then the same again.
    diameter
        Of the disc, in % of the frame's shorter side.
    hollow, hole
        Whether it has a hole, and how large, in parts of the diameter.
    """
    outline = _outline(np.asarray(center, dtype=float)[:2], kind % KINDS, diameter)
    if not hollow:
        return outline
    # The other way round, so that it is a hole and not one more shape.
    inside = _outline(np.asarray(center, dtype=float)[:2], kind % KINDS, diameter * hole)
    return np.concatenate([outline, inside[::-1]])


def marker(
    look: Look,
    center: ArrayLike,
    role: str,
    kind: int = 0,
    diameter: float = MARKER,
    *,
    hollow: bool = False,
    hole: float = HOLE,
) -> VMobject:
    """Return a marker; what it takes is as of `marker_points`. Nothing is seen through its hole."""
    out = shape(look, role=role)
    out.points = marker_points(center, kind, diameter, hollow=hollow, hole=hole)
    if hollow:
        plug = shape(look, role="background")
        plug.points = marker_points(center, kind, diameter * hole)
        plug.backdrop = True
        out.add(plug)
    return out


def _outline(center: Points, kind: int, diameter: float) -> Points:
    if kind == 0:
        return dot_points([center], diameter)
    if kind == 1:
        spots = _ring(4, 45.0, 1.22)
    elif kind == 2:
        spots = _ring(3, 90.0, 1.45)
    elif kind == 3:
        spots = _ring(4, 90.0, 1.0) * (1.15, 1.5)
    elif kind == 4:
        spots = _ring(3, 270.0, 1.45)
    else:
        spots = np.empty((10, 2))
        spots[::2], spots[1::2] = _ring(5, 90.0, 1.65), _ring(5, 126.0, 0.75)
    closed = np.vstack([spots, spots[:1]])
    return corners(center + units(diameter) / 2 * closed)


def _ring(count: int, first: float, radius: float) -> Points:
    """Return the corners (count, 2) of a regular polygon, the first at an angle in degrees."""
    turn = np.radians(first + np.arange(count) * 360.0 / count)
    return radius * np.column_stack([np.cos(turn), np.sin(turn)])
