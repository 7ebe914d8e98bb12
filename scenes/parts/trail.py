"""Where a run has been: ghosts on the curve."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from manim import VMobject
from numpy.typing import ArrayLike, NDArray

from gdcore import Trace
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.step import SCALED
from scenes.parts.strokes import Points, dot_points, thin_dots
from scenes.parts.window import Window
from scenes.theme import STROKE


class Ghosts(VMobject):
    """Dots at points that have been left, in order; shows those before the playhead.

    Parameters
    ----------
    look
        Gives the colour.
    centers
        Points (n, 2) in units; those that are not finite, or hidden by others, are left out.
    role, diameter
        How the dots look.
    region
        What lies outside is not shown.
    """

    def __init__(
        self,
        look: Look,
        centers: ArrayLike,
        role: str = "trail",
        diameter: float = STROKE.ghost,
        region: Region | None = None,
    ) -> None:
        super().__init__(stroke_width=0, fill_color=look.color(role), fill_opacity=1)
        self.role, self.diameter, self.region = role, diameter, region
        self._lay(np.asarray(centers, dtype=float).reshape(-1, 2))

    def _lay(self, points: Points) -> None:
        seen = np.isfinite(points).all(axis=1)
        if self.region is not None:
            seen &= within(points, self.region)
        index = np.flatnonzero(seen)
        kept = thin_dots(points[index], self.diameter)
        self.births = index[kept] if len(kept) else np.zeros(0, dtype=int)
        self.outlines = dot_points(points[self.births], self.diameter)

    def show(self, position: float) -> None:
        """Show the iterates that the run has left behind at this position."""
        # An iterate is left when the point drops to the axis.
        born = int(np.searchsorted(self.births, position - SCALED, side="right"))
        self.points = self.outlines[: 16 * born]


class RunGhosts(Ghosts):
    """The iterates of a run on the curve of its plot; they move when the plot does.

    Parameters
    ----------
    look, plot, trace
        The look, where to draw, and the run of one variable.
    role, diameter
        How the dots look.
    air
        Dots nearer to the plot's upper edge are left out: the axis has its name there.
    told
        The iterates that leave a dot; None for all of them.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        trace: Trace,
        role: str = "trail",
        diameter: float = STROKE.ghost,
        air: float = 0.0,
        told: Collection[int] | None = None,
    ) -> None:
        self.plot, self.air, self.told = plot, air, told
        self.run = np.array([x for (x,) in trace.points]), np.array(trace.values)
        self.window: Window = plot.window
        super().__init__(look, self._places(), role, diameter, plot.inner)

    def _places(self) -> Points:
        places = self.plot.places(*self.run)
        if self.air:
            places[places[:, 1] > self.plot.inner.top - self.air] = np.nan
        if self.told is not None:
            places[~np.isin(np.arange(len(places)), list(self.told))] = np.nan
        return places

    def show(self, position: float) -> None:
        """Show the iterates that have been left, in the plot as it is now."""
        if (self.plot.window, self.plot.inner) != (self.window, self.region):
            self.window, self.region = self.plot.window, self.plot.inner
            self._lay(self._places())
        super().show(position)


def within(points: Points, region: Region) -> NDArray[np.bool_]:
    """Return which points (n, 2) lie in a region."""
    slack = 1e-6
    return np.asarray(
        np.isfinite(points).all(axis=1)
        & (points[:, 0] >= region.left - slack)
        & (points[:, 0] <= region.right + slack)
        & (points[:, 1] >= region.bottom - slack)
        & (points[:, 1] <= region.top + slack)
    )
