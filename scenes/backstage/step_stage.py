"""The stage of OneStep: a plot beside its readouts, whose ticks make room for what is told."""

from __future__ import annotations

from dataclasses import replace
from math import hypot
from typing import Any

from manim import VGroup

from gdcore import Trace
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.feet import BELOW, Foot
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import SlopeTriangle, slope_role
from scenes.parts.source import figure, math
from scenes.parts.spread import ticks_beside
from scenes.parts.step import StepView
from scenes.parts.strokes import dashes, line, set_lines
from scenes.parts.trail import RunGhosts
from scenes.parts.window import fit_beside, roomy_ticks, ticks
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

REACH = 0.45, 0.13
"""How far a tangent goes downhill, and at least uphill, in diagonals of the plot."""

BEYOND = 0.25
"""How far a tangent goes on behind its triangle, in units."""

HEADROOM, BEHIND = 0.75, 0.5
"""Air over the start and behind it, in parts: there the slope is measured, and named."""

TOLD = 2
"""How many steps are told, of however many the run has."""

ROWS = 2.9
"""Height of the readouts under the plot of a tall frame, in units."""

LABELS = 1.2, 0.9
"""About what the labels of the axes take of the width and height of the plot, in units."""

UNDER = BELOW + 0.34
"""What two rows of lengths need under the numbers of the axis, in units."""


class StepStage:
    """Plot, curve and the run's moving parts.

    Parameters
    ----------
    look, layout
        The look, and the regions of the frame.
    objective, trace
        The function of one variable, and the run.

    Attributes
    ----------
    trace, xs
        What of the run is told, and where its steps begin and end.
    side
        Where the readouts stand.
    plot, dial, curve
        The plot, what takes its ticks on as more of the run is told, and the curve.
    triangle
        The slope of the first step, measured; nothing where there is none.
    view, feet
        The step in progress, and the places of the run on the x-axis.
    movers
        What follows the playhead from the start, in the order in which it is piled.
    """

    def __init__(self, look: Look, layout: Layout, objective: Any, trace: Trace) -> None:
        self.look, self.trace = look, trace.beginning(TOLD)
        stage, self.side = layout.stage, layout.side
        if layout.is_tall:
            self.side = layout.body.inset(top=layout.body.height - ROWS)
            stage = layout.body.inset(bottom=ROWS + 0.3)
        self.xs = [point[0] for point in self.trace.points]
        self.plot = self._plot(stage.inset(bottom=UNDER), objective, goal(objective, trace))
        self.dial = Playhead()
        self.dial.drive(self.plot)
        self.curve = self.plot.curve(objective)
        self.triangle = self._triangle()
        self.view = StepView(
            look, self.plot, self.trace, tangent_reach=self._reach(), staying=(1,), plumbed=True
        )
        ghosts = RunGhosts(look, self.plot, self.trace)
        self.feet = [
            Foot(look, self.plot, self.xs, index, passing=True) for index in range(len(self.xs))
        ]
        self.driven = self.view, ghosts, self.feet[0]
        # Dots lie on the tangent: they come once more, after what else belongs to the view.
        self.movers = VGroup(self.view, ghosts, *self.view.front, self.feet[0])

    def _plot(self, region: Region, objective: Any, valley: float | None) -> Plot:
        look, xs, fs = self.look, self.xs, self.trace.values
        window = fit_beside(objective, xs, valley, HEADROOM, BEHIND)

        def wide(value: float) -> float:
            return look.math(figure(number(value)), size=TYPE.tick).advance

        def high(_value: float) -> float:
            return 0.72 * units(TYPE.tick)

        across = window.left, window.right, region.width - LABELS[0]
        up = window.bottom, window.top, region.height - LABELS[1]
        every = roomy_ticks(*across, wide), ticks(window.bottom, window.top, 3)
        # The start; where it lands, and how much lower that is; the second step.
        told = (xs[:1], fs[:1]), (xs[:2], fs[:2]), (xs, fs[:0])
        names = [look.math(figure(number(value)), TYPE.tick) for value in fs[:2]]
        return Plot(
            look,
            region,
            window,
            later=(window,) * (len(told) - 1),
            x_sets=[ticks_beside(every[0], *across, places, wide) for places, _ in told],
            y_sets=[ticks_beside(every[1], *up, levels, high, 0.1) for _, levels in told],
            left_room=AxisMarks.room(*names),
        )

    def _triangle(self) -> SlopeTriangle | None:
        """Return the legs of the first slope."""
        if not self.trace.steps or not self.trace.steps[0].gradient[0]:
            return None
        step = self.trace.steps[0]
        return SlopeTriangle(
            self.look, self.plot, step.point[0], step.value, step.gradient[0], onward=True
        )

    def _reach(self) -> tuple[float, float]:
        """Return how far tangents go downhill and uphill: beyond the triangle."""
        if self.triangle is None:
            return REACH
        diagonal = hypot(self.plot.inner.width, self.plot.inner.height)
        legs = hypot(*(self.triangle.there - self.triangle.here)) + BEYOND
        return REACH[0], max(REACH[1], legs / diagonal)

    # -- labels ----------------------------------------------------------------------------------

    def slope_name(self, index: int, clear: Obstacles) -> VGroup:
        """Return the slope of a step, at the end of its tangent where the step does not land."""
        (slope,), (delta,) = self.trace.steps[index].gradient, self.trace.steps[index].delta
        ends = [end for piece in self.view.tangent_line(index) for end in (piece[0], piece[-1])]
        if not ends:
            return VGroup()
        name = self.look.text("slope ", math(figure(number(slope))), role=slope_role(slope))
        far = max(ends, key=lambda end: -end[0] if delta > 0 else end[0])
        way = "right" if delta <= 0 else "left"
        sides = (way, f"below {way}", f"above {way}", "below", "above")
        # Beyond the plot there is room over the name of its axis, or as far as the readouts.
        right = self.plot.x_title.box.right if self.plot.x_title else clear.within.right
        clear.within = replace(clear.within, right=max(right, self.side.left - 0.15))
        near = ends[0] if far is ends[-1] else ends[-1]
        # In a narrow plot it may stand at the other end, as long as the step has not landed there.
        for end in (far, near):
            place_near(name, end, clear.copy(), sides, (0.14, 0.2, 0.3), only=True)
            if name.is_free:
                break
        return VGroup(*([name] if name.is_free else []))

    def leg_names(self, clear: Obstacles) -> list[Lettering]:
        """Return the lengths of the triangle's legs."""
        triangle = self.triangle
        if triangle is None:
            return []
        legs = (
            (triangle.run, triangle.across_middle, ("below", "above")),
            (abs(triangle.rise), triangle.up_middle, ("right", "left")),
        )
        return [
            place_near(self.look.math(figure(number(length))), middle, clear, sides)
            for length, middle, sides in legs
        ]

    def levels(self, *indices: int) -> VGroup:
        """Return dashes from points of the run to the value axis, and its values there."""
        pieces, names = [], []
        rim = 0.62 * units(STROKE.point)
        for index in indices:
            (x,), value = self.trace.points[index], self.trace.values[index]
            if not self.plot.shows(x, value):
                continue
            across, high = self.plot.at(x, value)
            pieces += dashes((self.plot.inner.left, high), (across - rim, high))
            names.append((value, self.look.math(figure(number(value)), TYPE.tick, "curve")))
        lines = set_lines(line(self.look, role="curve"), pieces)
        return VGroup(lines, AxisMarks(self.look, self.plot, names, upright=True))
