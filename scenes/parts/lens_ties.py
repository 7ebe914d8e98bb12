"""The two thin lines that tie the frame of a lens to what it magnifies."""

from __future__ import annotations

import itertools
import math

import numpy as np
from manim import VMobject

from scenes.layout import Region
from scenes.parts.placing import dense, outline_of
from scenes.parts.strokes import Points, rectangle

ALONG = 0.35
"""A tie that is nowhere farther from a curve runs along it, in units."""

INWARD = 0.25
"""So far from the corners of the frame ties may end, in parts of its edge."""


def ties(
    middle: Points, radius: float | None, starts: Points, region: Region, inward: float = 0.0
) -> list[Points]:
    """Return the ties from a mark, which is a circle if it has a radius, to a frame.

    Parameters
    ----------
    middle, radius
        Of the mark.
    starts
        Its corners, or where it faces those of the frame.
    region
        The frame.
    inward
        How far from its corners they end where both are on one edge, in parts of it.
    """
    pairs = [
        (start, np.array(end))
        for start, end in zip(starts, rectangle(region)[:4], strict=True)
        if not _enters(start, np.array(end), region)
    ]
    if len(pairs) > 2:
        # The two that are farthest apart hold all of the mark between them.
        pairs = list(max(itertools.combinations(pairs, 2), key=lambda two: _apart(*two)))
    ends = np.array([end for _, end in pairs])
    if inward and len(ends) == 2 and not (ends[0] - ends[1]).all():
        ends += inward * (ends[::-1] - ends)
        begun = facing(middle, radius, ends) if radius else [start for start, _ in pairs]
        pairs = list(zip(begun, ends, strict=True))
    return [np.array(pair) for pair in pairs]


def facing(middle: Points, radius: float, ends: Points) -> Points:
    """Return where a circle faces some points (n, 2)."""
    toward = ends - middle
    return np.asarray(middle + radius * toward / np.hypot(*toward.T)[:, None])


def run_along(drawn: VMobject, curve: VMobject) -> bool:
    """Whether one of the ties that are drawn keeps near to a curve on all of its way."""
    points = outline_of(curve)
    return any(
        np.hypot(*np.moveaxis(dense(tie)[:, None] - points, -1, 0)).min(axis=1).max() < ALONG
        for tie in drawn.points[:, :2].reshape(-1, 4, 2)[:, [0, 3]]
    )


def _enters(start: Points, end: Points, region: Region) -> bool:
    """Whether a line to a corner of a region passes through its inside."""
    inside = region.inset(*[0.02] * 4)
    along = start + (end - start) * np.linspace(0, 1, 60)[:, None]
    return bool(
        (
            (along[:, 0] > inside.left)
            & (along[:, 0] < inside.right)
            & (along[:, 1] > inside.bottom)
            & (along[:, 1] < inside.top)
        ).any()
    )


def _apart(one: tuple[Points, Points], other: tuple[Points, Points]) -> float:
    """Return the angle between two ties."""
    angles = [math.atan2(*(end - start)[::-1]) for start, end in (one, other)]
    turn = abs(angles[0] - angles[1]) % (2 * math.pi)
    return min(turn, 2 * math.pi - turn)
