"""An inset that magnifies a spot of a plane, with lines that tie it to the spot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Mobject, VGroup, VMobject
from numpy.typing import ArrayLike

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles
from scenes.parts.plot import TICK, Plot
from scenes.parts.strokes import Points, circle, dashes, dots, line, set_arrow, set_lines, shape
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE, units

RING = 0.16
"""Radius in units of the ring round the magnified spot, which itself is too small to be drawn."""


class Inset(VGroup):
    """A window beside a plane that magnifies a spot, with contour lines of its own.

    Parameters
    ----------
    look, plane, region
        The look, the plane that is magnified, and where the inset stands.
    function
        With vectorised `values` of two arrays.
    points
        The places of a run (n, 2) that are magnified; `path` draws it.
    role
        The colour of the run.
    floor
        The level that contour lines are measured from.
    ticks
        The labelled values of either variable.
    names
        The variables in Typst mathematics.
    goal
        The minimum, which is marked if it is in the window, or None.
    obstacles
        What the lines that tie it to the spot keep clear of, beside the plane's own labels.
    """

    def __init__(
        self,
        look: Look,
        plane: Plot,
        region: Region,
        function: object,
        points: ArrayLike,
        role: str,
        floor: float,
        ticks: Sequence[Sequence[float]],
        names: Sequence[str],
        goal: Sequence[float] | None,
        obstacles: Sequence[Mobject] = (),
    ) -> None:
        super().__init__()
        places = np.asarray(points, dtype=float).reshape(-1, 2)
        middle = (places.min(axis=0) + places.max(axis=0)) / 2
        spans = places.max(axis=0) - places.min(axis=0)
        ratio = _ratio(look, region, ticks)
        half = 1.3 * max(float(spans[1]), float(spans[0]) / ratio) / 2
        x, y = float(middle[0]), float(middle[1])
        window = Window(x - half * ratio, x + half * ratio, y - half, y + half)
        self.plot = _plot(look, region, window, ticks)
        frame = self.plot.inner
        spot = plane.at(x, y)
        ties = line(look, role="muted", width=STROKE.guide)
        clear = Obstacles(plane.inner)
        for plot in (plane, self.plot):
            clear.add(*plot.x_labels, *plot.y_labels)
        clear.add(*obstacles)
        every = [dash for tie in _ties(frame, spot) for dash in dashes(*tie)]
        set_lines(ties, [dash for dash in every if not clear.crossed(dash)])
        ring = line(look, circle(spot, RING), role="text", width=STROKE.axis * 1.5)
        levels = geometric_levels(function, window, floor, most=6)
        contours = Contours(look, function, [self.plot], levels)
        self.path = Path(look, self.plot, places, role, STROKE.ghost)
        jump = [self.plot.at(*place) for place in places[-2:]]
        self.add(ties, ring, contours, self.plot, self._names(names))
        self.add(*(_head(look, jump[at], jump[1 - at], role) for at in (0, 1)))
        if goal is not None and self.plot.shows(*goal):
            self.add(dots(look, [self.plot.at(*goal)], "minimum", STROKE.ghost))

    def _names(self, names: Sequence[str]) -> VGroup:
        """Return the names of the axes: each between two labels, or where a label would stand."""
        plot, inner = self.plot, self.plot.inner
        x, y = (plot.look.math(name, TYPE.tick, "muted") for name in names)
        base = inner.bottom - TICK - 0.08 - 0.66 * x.em
        x.place(inner.center[0], base, "center")
        y.place(inner.left - 0.16, inner.center[1], "right", "middle")
        ends = [label.box for label in plot.x_labels]
        sides = [label.box for label in plot.y_labels]
        out = VGroup()
        if not any(box.inset(-0.08, 0, -0.08, 0).meets(x.box) for box in ends):
            out.add(x)
        if not any(box.inset(0, -0.05, 0, -0.05).meets(y.box) for box in sides):
            out.add(y)
        return out


def _head(look: Look, first: Points, last: Points, role: str) -> VMobject:
    """Return an arrow from the middle between two places to the dot at the second one."""
    along = last - first
    length = float(np.hypot(*along))
    tip = last - along * min(0.3, units(STROKE.ghost) * 0.7 / max(length, 1e-9))
    return set_arrow(shape(look, role=role), (first + last) / 2, tip, STROKE.curve, 2.4)


def _plot(look: Look, region: Region, window: Window, ticks: Sequence[Sequence[float]]) -> Plot:
    # Without labels there are still the names: one label's room.
    room = 0.0 if ticks[1] else 0.35
    inside = region.inset(left=room, bottom=0.0 if ticks[0] else 0.35)
    across, up = ticks
    return Plot(look, inside, window, x_name="", y_name="", x_ticks=across, y_ticks=up, boxed=True)


def _ratio(look: Look, region: Region, ticks: Sequence[Sequence[float]]) -> float:
    """Return width over height of the inset's drawing, so that its scale is true."""
    inner = _plot(look, region, Window(-1.0, 1.0, -1.0, 1.0), ticks).inner
    return inner.width / inner.height


def _ties(frame: Region, spot: Points) -> list[tuple[Points, Points]]:
    """Return two lines from the corners of the inset's near side to the ring round the spot."""
    side = frame.right if frame.right <= spot[0] else frame.left
    return [
        (np.array([side, corner]), spot + np.array([0.0, rim]))
        for corner, rim in ((frame.top, RING), (frame.bottom, -RING))
    ]
