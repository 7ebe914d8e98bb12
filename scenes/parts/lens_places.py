"""Where a lens on a run may stand in its plot, and whether it shows anything."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import VMobject

from gdcore import Trace
from scenes.layout import Region
from scenes.parts.lens_room import free_region
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot

WIDE, TALL = (0.38, 0.62), (0.78, 0.42)
"""The size of a lens in parts of the plot's: of a wide one, and at most of a narrow or high one."""

OVER = 0.18
"""In a high plot there is room over a lens, in parts of the plot's height: words stand there."""

FLAT = 0.45
"""A lens in a flat plot takes at most such a part of its width: words stand beside it."""

ROOMY = (4.2, 2.5)
"""A lens of this size, in units, is large enough."""

LEAST = 2.9
"""A narrower one has no room for a step as a product, in units; it takes half of a narrow plot."""

SHARES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55)
"""Widths and heights that are tried for a lens between two arms, in parts of the wanted."""

OFF = (0.0, 0.1, -0.1, 0.2, -0.2, 0.3, -0.3, 0.4, -0.4)
"""How far aside a lens between two arms may stand, in parts of its wanted width."""

DEEPER = (1.1, 1.2, 1.3, 1.4, 1.5)
"""Heights that are tried for a lens that needs a high frame, in parts of the usual."""

EDGE = 0.2
"""From the side of the plot to such a lens at least, in units."""

FINEST = 2e-5
"""Two x that differ by less than this part have tick labels that nobody can tell apart."""


@dataclass(frozen=True)
class LensPlaces:
    """Free places for a lens in a plot with the curve of a run.

    Attributes
    ----------
    plot, curve
        The plot, and the curve in it.
    objective, trace
        The function of one variable, and the run.
    """

    plot: Plot
    curve: VMobject
    objective: Any
    trace: Trace

    def between_arms(self, valley: float | None) -> Region | None:
        """Return a place for a lens over the minimum that hides no curve, or None.

        It stands straight over it, or to one side where it would be narrow.
        """
        if valley is None:
            return None
        inner, clear = self.plot.inner, Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        middle, room = self.plot.x(valley), inner.inset(left=EDGE, right=EDGE)
        # Words stand over one another: it may be narrower than elsewhere.
        wide, tall = self._size()
        best, found = 0.0, None
        highest = inner.top - (OVER * inner.height if inner.height > inner.width else 0.0)
        for across, up, off in itertools.product(SHARES, SHARES, OFF):
            half, top, x = wide * across / 2, highest, middle + off * wide
            box = Region(x - half, top - tall * up, x + half, top)
            # Neither too narrow nor too low: what counts is the one in which it is worse.
            worth = min(1.1 * across, up) + 0.1 * across * up - 0.2 * abs(off)
            if worth > best and room.contains(box) and not clear.trouble(box):
                best, found = worth, box
        return found

    def deepened(self, region: Region) -> list[Region]:
        """Return a region, and it with a lower foot as far as it hides no curve there."""
        clear = Obstacles(self.plot.inner)
        clear.add(self.plot, self.curve)
        deeper = (region.inset(bottom=(1 - part) * region.height) for part in DEEPER)
        return [region, *itertools.takewhile(lambda box: not clear.trouble(box), deeper)]

    def beside(self, x: float) -> Region:
        """Return a free place near a point of the curve."""
        inner = self.plot.inner
        clear, rather_not = Obstacles(inner), Obstacles(inner)
        clear.add(self.plot)
        # Where the run never comes the curve may be covered.
        points = self.curve.points[::4, :2]
        xs = [self.plot.x(point[0]) for point in self.trace.points]
        walked = (points[:, 0] > min(xs) - 0.5) & (points[:, 0] < max(xs) + 0.5)
        clear.add_dots(points[walked])
        rather_not.add_dots(points[~walked])
        return free_region(
            inner.inset(left=0.15, bottom=0.15),
            *self._size(),
            clear,
            self.plot.at(x, self.objective.value((x,))),
            self.plot.at(self.trace.points[0][0], self.trace.values[0]),
            rather_not,
        )

    def _size(self) -> tuple[float, float]:
        """Return the wanted width and height of a lens."""
        inner = self.plot.inner
        most = FLAT if inner.width > inner.height else WIDE[1]
        least = min(LEAST, inner.width / 2)
        wide = max(WIDE[0] * inner.width, min(ROOMY[0], most * inner.width), least)
        return wide, min(TALL[0] * inner.height, max(ROOMY[1], TALL[1] * inner.height))


def magnifies(function: Any, one: float, other: float) -> bool:
    """Whether a lens can tell two points apart, and the curve between them is more than noise."""
    if abs(one - other) <= FINEST * max(abs(one), abs(other)):
        return False
    values = np.asarray(function.values(np.array([one, other])), dtype=float)
    apart, size = abs(float(values[1] - values[0])), float(np.abs(values).max())
    return bool(apart > 1e-9 * size and apart > 1e-280)
