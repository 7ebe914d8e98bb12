"""Tangents as lines on the screen: two mapped points, so long, and cut at the plot's edges."""

from __future__ import annotations

import numpy as np

from scenes.layout import Region
from scenes.parts.plot import Plot, clip
from scenes.parts.strokes import Points

TANGENT_LENGTH = 1.15
"""How long a tangent is drawn, in heights of the plot; what sticks out of the plot is cut."""

OVER_AXIS, NEAR_AXIS = 0.3, 0.16
"""A tangent ends so far over the axis, in units: its foot there is no place of the run; in a low
plot it has left the curve only nearer to it."""


def above_axis(plot: Plot, spot: Points, over: float = OVER_AXIS) -> Region:
    """Return where lines through a point are drawn: they end over the axis if it is not near."""
    return plot.inner.inset(bottom=over if spot[1] > plot.inner.bottom + 2 * over else 0.0)


def tangent_segment(
    plot: Plot,
    x: float,
    value: float,
    slope: float,
    length: float,
    ahead: float | None = None,
    within: Region | None = None,
) -> list[Points]:
    """Return the line through a data point, so long on screen, cut at the edges of a region.

    Half of the length goes each way; with `ahead`, half of that goes to the right. Without a region
    it is the plot's.
    """
    if not np.isfinite([x, value, slope]).all() or length <= 0:
        return []
    middle = plot.at(x, value)
    unit = (plot.window.right - plot.window.left) / plot.inner.width
    along = plot.at(x + unit, value + slope * unit) - middle
    along = along / np.hypot(*along) / 2
    after = length if ahead is None else ahead
    return clip(np.array([middle - along * length, middle + along * after]), within or plot.inner)
