"""Whether something lies so near to the axis of a plane that it seems to be a part of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.parts.marching import sampled
from scenes.parts.plot import Plot

NEAR = 0.1
"""What is so near to an axis, in units, seems to lie on it."""

ALONG = 0.1
"""A line that is as near as that over more than this part of the axis runs along it."""

SAMPLES = 400


def runs_along_axis(plot: Plot, function: object, levels: Sequence[float]) -> bool:
    """Whether a tick or a level line of a plot nearly lies on the axis below it.

    Parameters
    ----------
    plot
        In true scale.
    function
        With vectorised `values` of two arrays.
    levels
        The values of the lines.
    """
    window, bottom = plot.window, plot.inner.bottom
    if any(0.001 < plot.y(tick) - bottom < NEAR for tick in plot.y_ticks):
        return True
    unit = plot.y(1.0) - plot.y(0.0)
    across = np.linspace(window.left, window.right, SAMPLES)
    edges = [np.full(SAMPLES, window.bottom + way) for way in (0.0, NEAR / unit)]
    on, above = (sampled(function, across, up) for up in edges)
    low, high = np.minimum(on, above), np.maximum(on, above)
    return any(float(((low <= level) & (level <= high)).mean()) > ALONG for level in levels)
