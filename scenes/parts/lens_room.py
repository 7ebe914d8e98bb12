"""Where a lens finds room that is free."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from scenes.layout import Region
from scenes.parts.lens import RING
from scenes.parts.placing import Obstacles
from scenes.parts.strokes import Points

SHAPES = ((1.0, 1.0), (1.0, 0.85), (0.9, 0.9), (0.9, 0.75), (0.8, 0.8), (0.75, 0.65))
"""Widths and heights that are tried where a lens finds no free place, in parts of the wanted."""

FREE = 500.0
"""A place that costs less than this covers nothing that it must not."""


def free_region(
    within: Region,
    width: float,
    height: float,
    clear: Obstacles,
    near: Iterable[float],
    aside: Iterable[float] | None = None,
    rather_not: Obstacles | None = None,
) -> Region:
    """Return a free rectangle of about this size, as near to a point as can be.

    Parameters
    ----------
    within
        Where it has to lie.
    width, height
        The wanted size; where nothing is free smaller ones are tried.
    clear
        What it should not cover.
    near
        The point (2,).
    aside
        A point beside which there should be room for other things, or None.
    rather_not
        What it may cover rather than be too small.
    """
    spot = np.array(list(near))
    other = np.array(list(aside)) if aside is not None else spot
    best, found = math.inf, within
    for across, up in SHAPES:
        wide, tall = min(width * across, within.width), min(height * up, within.height)
        for left in np.linspace(within.left, within.right - wide, 25):
            for bottom in np.linspace(within.bottom, within.top - tall, 9):
                box = Region(left, bottom, left + wide, bottom + tall)
                # Some way off, so that there is a way for the ties, but not at the other end.
                cost = abs(float(np.hypot(*(spot - box.center))) - 0.75 * (wide + tall))
                # At the edges a lens makes a calmer picture than somewhere in the middle.
                cost += 0.5 * min(within.top - box.top, box.bottom - within.bottom)
                cost -= 0.6 * float(np.hypot(*(other - box.center)))
                cost += 0.06 * rather_not.trouble(box) if rather_not else 0.0
                cost += 1000 * (clear.trouble(box) + _covers(box, spot))
                if cost < best:
                    best, found = cost, box
        if best < FREE:
            break
    return found


def _covers(box: Region, spot: Points) -> float:
    """Return 1 for a rectangle that comes too near to what it magnifies, else 0."""
    room = box.inset(*[-1.6 * RING] * 4)
    inside = room.left < spot[0] < room.right and room.bottom < spot[1] < room.top
    return 1.0 if inside else 0.0
