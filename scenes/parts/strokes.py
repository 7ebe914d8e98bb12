"""Lines, dots and arrows whose geometry is set, never nudged.

Each maker returns an empty or finished `VMobject`; the setters give an existing one new absolute
points, as parts do at every position of the playhead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.layout import Region
from scenes.look import Look
from scenes.theme import STROKE, stroke_width, units

Points = NDArray[np.float64]

SHORT = 1.7
"""An arrow shorter than so many heads has a smaller one: without a shaft it would be a wedge."""

BROADER = 2.0
"""For its length the head of a short arrow is so many times as broad as that of a long one, at
most."""

_CIRCLE = 0.5522847498307936  # the handle of a quarter circle, (4/3)·(√2 − 1)


def line(
    look: Look,
    points: ArrayLike = (),
    role: str = "muted",
    width: float = STROKE.axis,
    color: str | None = None,
) -> VMobject:
    """Return a stroked polyline through points (n, 2); the width is in % of the shorter side."""
    mobject = VMobject(
        stroke_color=color or look.color(role), stroke_width=stroke_width(width), fill_opacity=0
    )
    mobject.role = role
    return set_lines(mobject, [points])


def shape(
    look: Look, points: ArrayLike = (), role: str = "step", color: str | None = None
) -> VMobject:
    """Return a filled polygon with corners (n, 2)."""
    mobject = VMobject(stroke_width=0, fill_color=color or look.color(role), fill_opacity=1)
    mobject.role = role
    return set_lines(mobject, [points])


def rectangle(box: Region) -> list[tuple[float, float]]:
    """Return the corners of a box, from its lower left round to there again."""
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    return [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]


def ground(look: Look, box: Region) -> VMobject:
    """Return a background for type, which interrupts the lines that it lies on."""
    mobject = shape(look, rectangle(box), "background")
    mobject.backdrop = True
    return mobject


def grounded(look: Look, label: Any, across: float = 0.06, up: float = 0.06) -> VGroup:
    """Return type on a ground of its own, which reaches so far beyond its box, in units."""
    return VGroup(ground(look, label.box.inset(-across, -up, -across, -up)), label)


def set_lines(mobject: VMobject, polylines: Iterable[ArrayLike]) -> VMobject:
    """Give a mobject several polylines (n, 2); those of fewer than two points are left out."""
    every = [np.asarray(points, dtype=float) for points in polylines]
    pieces = [points for points in every if points.ndim == 2 and len(points) > 1]
    # All at once: a dashed line is many short pieces.
    mobject.points = (
        straight(
            np.concatenate([points[:-1] for points in pieces]),
            np.concatenate([points[1:] for points in pieces]),
        )
        if pieces
        else np.zeros((0, 3))
    )
    return mobject


def corners(points: Points) -> Points:
    """Return the straight cubic curves (4(n − 1), 3) through points (n, 2)."""
    if points.ndim != 2 or len(points) < 2:
        return np.zeros((0, 3))
    return straight(points[:-1], points[1:])


def straight(first: Points, last: Points) -> Points:
    """Return straight cubic curves (4n, 3) from points (n, 2) to others."""
    out = np.zeros((len(first), 4, 3))
    for index, part in enumerate((0.0, 1 / 3, 2 / 3)):
        out[:, index, :2] = first + (last - first) * part
    out[:, 3, :2] = last  # exactly, so that neighbours join
    return out.reshape(-1, 3)


def dashes(start: ArrayLike, end: ArrayLike, dash: float = 0.06, gap: float = 0.07) -> list[Points]:
    """Return the dashes of a straight line; their places depend only on its start and direction."""
    first, last = np.asarray(start, dtype=float)[:2], np.asarray(end, dtype=float)[:2]
    length = float(np.hypot(*(last - first)))
    if length == 0:
        return []
    unit = (last - first) / length
    starts = np.arange(0.0, length, dash + gap)[:, None]
    ends = np.minimum(starts + dash, length)
    return list(np.stack([first + unit * starts, first + unit * ends], axis=1))


def dashed(points: ArrayLike, dash: float = 0.09, gap: float = 0.06) -> list[Points]:
    """Return the dashes of a polyline (n, 2), measured along it, so that corners do not restart."""
    corner = np.asarray(points, dtype=float).reshape(-1, 2)
    if len(corner) < 2:
        return []
    lengths = np.hypot(*np.diff(corner, axis=0).T)
    reached = np.concatenate([[0.0], np.cumsum(lengths)])
    pieces = []
    for start in np.arange(0.0, reached[-1], dash + gap):
        end = min(start + dash, reached[-1])
        inner = corner[(reached > start) & (reached < end)]
        ends = [[np.interp(at, reached, corner[:, axis]) for axis in (0, 1)] for at in (start, end)]
        pieces.append(np.array([ends[0], *inner, ends[1]]))
    return pieces


def outside(piece: ArrayLike, center: ArrayLike, radius: float) -> list[Points]:
    """Return what of a straight piece (2, 2) lies outside a circle: two pieces at most.

    Examples
    --------
    >>> [part.tolist() for part in outside([(0, 0), (4, 0)], (2, 0), 1.0)]
    [[[0.0, 0.0], [1.0, 0.0]], [[3.0, 0.0], [4.0, 0.0]]]
    >>> len(outside([(0, 0), (4, 0)], (2, 2), 1.0)), outside([(0, 0), (1, 0)], (0.5, 0), 2.0)
    (1, [])
    """
    start, end = np.asarray(piece, dtype=float)
    along, away = end - start, start - np.asarray(center, dtype=float)
    square, half = along @ along, along @ away
    inside = half**2 - square * (away @ away - radius**2)
    if square == 0 or inside <= 0:
        return [np.array([start, end])]
    enters, leaves = ((-half + sign * np.sqrt(inside)) / square for sign in (-1, 1))
    if leaves <= 0 or enters >= 1:
        return [np.array([start, end])]
    parts = [(0.0, enters)] if enters > 0 else []
    parts += [(leaves, 1.0)] if leaves < 1 else []
    return [np.array([start + along * low, start + along * high]) for low, high in parts]


def dot_points(centers: ArrayLike, diameter: float | Points) -> Points:
    """Return circles round centers (n, 2) as one outline.

    Their diameter, one for all or one for each (n,), is in % of the frame's shorter side.
    """
    middle = np.asarray(centers, dtype=float).reshape(-1, 2)
    radius = units(1.0) * np.asarray(diameter, dtype=float).reshape(-1, 1, 1) / 2
    handle = _CIRCLE
    quarter = np.array([[1, 0], [1, handle], [handle, 1], [0, 1]])
    turn = np.array([[0, 1], [-1, 0]])
    circle = np.concatenate([quarter @ np.linalg.matrix_power(turn, index) for index in range(4)])
    out = np.zeros((len(middle), 16, 3))
    out[:, :, :2] = middle[:, None, :] + circle[None] * radius
    return out.reshape(-1, 3)


def dot_places(drawn: VMobject) -> list[tuple[Points, float]]:
    """Return the middles (2,) and radii of the dots that `dot_points` has drawn."""
    outlines = drawn.points[:, :2].reshape(-1, 16, 2)
    low, high = outlines.min(axis=1), outlines.max(axis=1)
    return list(zip((low + high) / 2, np.ptp(outlines[:, :, 0], axis=1) / 2, strict=True))


def dots(
    look: Look,
    centers: ArrayLike = (),
    role: str = "point",
    diameter: float = STROKE.point,
    color: str | None = None,
) -> VMobject:
    """Return filled dots as one mobject."""
    mobject = shape(look, (), role, color)
    mobject.points = dot_points(centers, diameter)
    return mobject


def arrow_outline(
    start: ArrayLike,
    end: ArrayLike,
    width: float = STROKE.arrow,
    head: float = STROKE.arrow_head,
    short: float = SHORT,
) -> Points:
    """Return the corners (8, 2) of an arrow; one shorter than `short` heads has a smaller head.

    Its head is broader than it is long then: as a small copy of a long arrow it would be a
    splinter. Widths are in % of the shorter side. The tip stands exactly at `end`.
    """
    first, last = np.asarray(start, dtype=float)[:2], np.asarray(end, dtype=float)[:2]
    length = float(np.hypot(*(last - first)))
    if length < 1e-9:
        return np.zeros((0, 2))
    unit = (last - first) / length
    side = np.array([-unit[1], unit[0]])
    scale = arrow_scale(length, head, short)
    broad = arrow_breadth(length, head, short)
    half, wing = units(width) / 2 * max(broad, 0.45), units(head) / 2 * broad
    base = last - unit * units(head) * scale
    return np.array(
        [
            first + side * half,
            base + side * half,
            base + side * wing,
            last,
            base - side * wing,
            base - side * half,
            first - side * half,
            first + side * half,
        ]
    )


def circle(middle: ArrayLike, radius: float) -> Points:
    """Return the corners (65, 2) of a circle that looks round."""
    turn = np.linspace(0, 2 * np.pi, 65)
    return np.asarray(middle, dtype=float) + radius * np.column_stack([np.cos(turn), np.sin(turn)])


def arrow_scale(length: float, head: float, short: float = SHORT) -> float:
    """Return how long the head of an arrow of some length is drawn, in parts of what it can be."""
    return min(1.0, length / (short * units(head)))


def arrow_breadth(length: float, head: float = STROKE.arrow_head, short: float = SHORT) -> float:
    """Return how broad an arrow of some length is drawn, in parts of its width and head."""
    scale = arrow_scale(length, head, short)
    return min(math.sqrt(scale), BROADER * scale)


def set_arrow(
    mobject: VMobject,
    start: ArrayLike,
    end: ArrayLike,
    width: float = STROKE.arrow,
    head: float = STROKE.arrow_head,
) -> VMobject:
    """Point an arrow made with `shape` from start to end."""
    return set_lines(mobject, [arrow_outline(start, end, width, head)])


HALF_A_PIXEL = 0.004
"""Of 1080 pixels, in units: what is moved by less looks the same."""

RIM_OF_A_DOT = 1 / 8
"""Dots that are so close, in diameters, have an outline as smooth as if there were more: it is
indented by less than a hundredth of a diameter."""


def thin(points: Sequence[tuple[float, float]] | Points, least: float = HALF_A_PIXEL) -> list[int]:
    """Return the indices of points that lie at least `least` units from the last one kept.

    The last point is always kept.
    """
    places = np.asarray(points, dtype=float).reshape(-1, 2)
    last = len(places) - 1
    kept: list[int] = [0] if last >= 0 else []
    while kept and kept[-1] < last:
        kept.append(_next_apart(places, kept[-1], least))
    return kept


def _next_apart(places: Points, index: int, least: float) -> int:
    """Return the first place after one that is so far from it, or the last one of all."""
    start, count = index + 1, 4
    while start < len(places):
        # Most often one of the next ones; where a run has settled, none of thousands.
        away = np.abs(places[start : start + count] - places[index]).max(axis=1) >= least
        if away.any():
            return start + int(away.argmax())
        start, count = start + count, 4 * count
    return len(places) - 1


def thin_dots(centers: Points, diameter: float) -> list[int]:
    """Return the indices of dots to draw: one that lies on another one, but for a rim, is not.

    Their diameter is in % of the frame's shorter side. The last dot is always kept.
    """
    return thin(centers, max(units(diameter) * RIM_OF_A_DOT, HALF_A_PIXEL))
