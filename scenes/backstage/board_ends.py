"""What is said in FromScratch's plot where a run has ended."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import Mobject, VGroup

from gdcore import Trace
from scenes.backstage.board_heights import Heights
from scenes.look import Look
from scenes.parts.graph import Graph
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plane import lead
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, dot_points, dots
from scenes.parts.trail import RunGhosts
from scenes.theme import STROKE, units

NEAR = (0.16, 0.26, 0.4)
"""How far a name may be from what it names, in units."""

HIGH = tuple(0.2 + 0.05 * step for step in range(36))
"""How far a name may be over the point where a run ends, in units."""

SHORTEST, OFF = 0.12, 0.06
"""The shortest line from such a name to its point, and what it ends short of both, in units."""

OFF_NUMBERS = 0.4
"""From a number of the upright axis, in units from that axis."""

OFF_GHOSTS = 1.5
"""So much farther than from a line it stays from points of the run, in % of the shorter side."""


class Ends:
    """Where runs end in a plot, and the names of their last steps.

    Parameters
    ----------
    look, plot, curve, heights
        The look, the plot, and what names keep clear of in it.
    """

    def __init__(self, look: Look, plot: Plot, curve: Graph, heights: Heights) -> None:
        self.look, self.plot, self.curve, self.heights = look, plot, curve, heights

    def name(self, run: Trace) -> list[Mobject]:
        """Return the last step, over the point where it ends; its x is in the table.

        Where it stands high, a line leads down to its point, not to be taken for another one's.
        """
        plot, (x,), value = self.plot, run.points[-1], run.values[-1]
        if not plot.shows(x, value):
            return []
        around = RunGhosts(self.look, plot, run, diameter=STROKE.ghost + 2 * OFF_GHOSTS)
        around.show(len(run.steps))
        clear = Obstacles(plot.inner)
        clear.add(plot, self.curve, around)
        clear.add_points(dot_points([plot.at(x, value)], STROKE.point)[:, :2])
        # Just beside the upright axis a name would be read on from a number there.
        for label in self.heights.numbers:
            clear.add_box(replace(label.box, right=plot.inner.left + OFF_NUMBERS))
        words = self.look.text(f"step {len(run.steps)}", role="point")
        anchors = self._over(plot.at(x, value), words)
        place_near(words, anchors, clear.copy(), ("above",), HIGH, only=True)
        if not words.is_free:
            place_near(words, plot.at(x, value), clear, ("left", "right"), NEAR, only=True)
            return [words] if words.is_free else []
        rim = units(STROKE.point) / 2 + OFF
        led = lead(self.look, plot.at(x, value), words, "muted", rim, rim + OFF + SHORTEST)
        return [words, *([led] if len(led.points) else [])]

    def _over(self, place: Points, words: Lettering) -> Points:
        """Return what a name over a place may stand over: the place, or where the plot has room."""
        inner, half = self.plot.inner, words.advance / 2 + 0.12
        beside = np.clip(place[0], inner.left + half, inner.right - half)
        return np.array([place, (beside, place[1])])

    def of(self, run: Trace) -> VGroup:
        """Return the points of a run in the plot, and where it ends."""
        plot = self.plot
        (x,), value = run.points[-1], run.values[-1]
        trail = RunGhosts(self.look, plot, run)
        trail.show(len(run.steps))
        # A run that has left the plot has no point in it.
        end = dots(self.look, [plot.at(x, value)] if plot.shows(x, value) else [])
        return VGroup(trail, end, *self.name(run))
