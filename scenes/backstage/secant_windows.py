"""What the plot of SecantToTangent shows: nearer and nearer the point, and at last tangents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from scenes.parts.window import Window

AHEAD, ACROSS, BEHIND = 1.45, 2.0, 0.24
"""Right of the point a near window shows so much, a secant twice as wide among it; all of it is at
most so wide, and so much is left of the point at least: in widths of the secant."""

NEARER = 0.8
"""A window that is not this much narrower is none to go to: the plot would move for nothing."""

UNDER = 0.25
"""Where the length of the leg across stands there is so much room, in parts of the height."""

BEYOND, HEADROOM = 0.4, 0.06
"""Lines may leave the window if they go so far beyond the secant, in parts of what that rises; and
what is over all that is shown, and under it, in parts of its height."""

FEW = 0.43
"""So much of a plot with a lens is beyond the point, in parts of what is before it."""

AIR = 0.08
"""Right of the tangents that are shown last, and above them, in parts of the plot."""


def near_secant(
    function: Any, at: float, widths: Sequence[float], known: Window, legs: float
) -> Window:
    """Return a window in which the triangle of a secant is large, or the one that is known.

    Parameters
    ----------
    function, at
        A function of one variable, and the fixed point.
    widths
        The widths of the secants up to the one that is told.
    known
        The window of them all.
    legs
        How much of the plot's width the leg across takes at least, for its length to stand there.
    """
    *wider, width = widths
    across = max(min(ACROSS, 1 / legs), AHEAD + BEHIND) * width
    right = min(at + AHEAD * width, known.right)
    left = right - across
    value = function.value((at,))
    slope = (function.value((at + width,)) - value) / width
    line = [value + slope * (x - at) for x in (left, right)]
    curve = np.asarray(function.values(np.linspace(left, right, 101)), dtype=np.float64)
    if across > NEARER * (known.right - known.left) or not np.isfinite([*line, *curve]).all():
        return known
    size = max(abs(line[1] - line[0]), float(np.ptp(curve[:51])))
    others = [(function.value((at + wide,)) - value) / wide * (right - at) for wide in wider]
    lowest, highest = min(line) - BEYOND * size, max(line) + BEYOND * size
    shown = np.clip([*line, *curve, *(value + rise for rise in others)], lowest, highest)
    low, high = float(shown.min()), float(shown.max())
    low, high = low - HEADROOM * (high - low), high + HEADROOM * (high - low)
    side = UNDER / (1 - UNDER)
    if slope >= 0:
        low = min(low, value - side * (high - value))
    else:
        high = max(high, value + side * (value - low))
    return Window(left, right, low, high) if math.isfinite(high - low) and high > low else known


def for_lens(at: float, slope: float, width: float, known: Window) -> Window:
    """Return a window with room for a lens where the curve comes from: there it is far away.

    Parameters
    ----------
    at, slope
        The fixed point, and the slope there.
    width
        Of the secant that is seen first.
    known
        The window that is cut on the other side.
    """
    left, right = known.left, known.right
    if slope >= 0:
        right = min(right, max(at + FEW * (at - left), at + 1.2 * width))
    else:
        left = max(left, at - FEW * (right - at))
    narrow = replace(known, left=left, right=right)
    return narrow if right - left > 0.5 * (known.right - known.left) else known


def for_tangents(
    function: Any, xs: Sequence[float], reach: tuple[float, float], window: Window
) -> Window:
    """Return a window in which every tangent at some x that is shown is as long as the others."""
    ends, (_, ahead) = [], reach
    for x in xs:
        value, (slope,) = function.value_and_gradient((x,))
        ends.append((x + ahead, value + slope * ahead))
    air_right, air_top = (
        AIR * (high - low)
        for low, high in ((window.left, window.right), (window.bottom, window.top))
    )
    right, top = (max(values) for values in zip(*ends, strict=True))
    return replace(
        window, right=max(window.right, right + air_right), top=max(window.top, top + air_top)
    )
