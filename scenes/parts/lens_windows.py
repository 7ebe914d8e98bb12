"""What lenses on a long run show, so that they magnify by round numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdcore import Trace
from scenes.parts.lens import Lens
from scenes.parts.source import figure
from scenes.parts.window import Window, round_down
from scenes.theme import TYPE
from scenes.words import number

ACROSS, UPWARD = 0.55, 0.7
"""At most such parts of a lens's width and height a step and its fall take."""

ASIDE = 0.12
"""So far off the middle of its plot such a step may stand, in parts of the plot's width."""

OFF_AXIS = 0.4
"""From the upright axis of a lens to such a step at least, in units."""

APART = 0.2
"""A step is magnified alike in x and f where the names of its ends are so far apart, in units."""

BELOW = 0.7
"""How much of the free height of a lens on a step is under the lower point."""

ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""How many times a lens magnifies, and ten times as much and so on."""

LINE = 0.58
"""Over both arms of the curve a lens on the minimum has room for a line of words, in units."""

SHARE = 0.45
"""That room is at most such a part of the lens's height."""


def with_angles(lens: Lens, trace: Trace) -> Window | None:
    """Return the window of a lens on the first step with angles as in its plot, or None."""
    plot, look = lens.outer, lens.plot.look
    inner = lens.plot.inner
    pairs = list(zip(trace.points[:2], trace.values[:2], strict=True))
    spots = [plot.at(point[0], value) for point, value in pairs]
    if not all(plot.shows(point[0], value) for point, value in pairs):
        return None
    wide, tall = (abs(float(spots[1][axis] - spots[0][axis])) for axis in (0, 1))
    most = min(ACROSS * inner.width / wide, UPWARD * inner.height / max(tall, 1e-12))
    zoom = round_down(most, ROUND)
    names = [look.math(figure(number(point[0], 6)), TYPE.tick) for point, _ in pairs]
    least = sum(name.advance for name in names) / 2 + APART
    if zoom < 2 or zoom * wide < least:
        return None
    window, outer = plot.window, plot.inner
    across = inner.width / zoom * (window.right - window.left) / outer.width
    upward = inner.height / zoom * (window.top - window.bottom) / outer.height
    (here,), (there,) = (point for point, _ in pairs)
    # The step stands in the middle of the lens, and so does the product under it.
    off = min(max((lens.region.center[0] - inner.center[0]) / inner.width, -ASIDE), ASIDE)
    off = max(off, (OFF_AXIS + zoom * wide / 2) / inner.width - 0.5)
    middle = (here + there) / 2 - across * off
    low, high = sorted(value for _, value in pairs)
    bottom = low - BELOW * (upward - (high - low))
    return Window(middle - across / 2, middle + across / 2, bottom, bottom + upward)


def rounded(lens: Lens, function: Any = None) -> Window:
    """Return the window of a lens that magnifies by round numbers.

    Over a function's graph, where one is given, it leaves room for a line of words.
    """
    window, across, bottom = lens.window, lens.zoom, lens.window.bottom
    half = (window.right - window.left) / 2 * across / round_down(across, ROUND)
    middle, tall = (window.left + window.right) / 2, window.top - bottom
    if function is not None:
        arms = np.asarray(function.values(np.array([middle - half, middle + half])), dtype=float)
        part = 1 - min(LINE / lens.plot.inner.height, SHARE)
        over = float(np.nanmax(arms)) - bottom if np.isfinite(arms).all() else 0.0
        tall = max(tall, over / part)
    upward = across * lens.stretch * (window.top - bottom) / tall
    return Window(
        middle - half, middle + half, bottom, bottom + tall * upward / round_down(upward, ROUND)
    )
