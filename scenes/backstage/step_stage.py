"""The stage of OneStep: a plot beside its readouts, whose ticks make room for what is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import hypot
from typing import Any

import numpy as np
from manim import VGroup

from gdcore import Step, Trace
from scenes.backstage.board_moves import Riding
from scenes.backstage.step_plot import BEHIND, CLOSER, step_plot
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks, level_line, value_name
from scenes.parts.feet import BELOW, Foot
from scenes.parts.graph import Graph
from scenes.parts.lettering import Lettering
from scenes.parts.over_arrow import Length, length_below, length_over
from scenes.parts.placing import AIR, Obstacles, place_near
from scenes.parts.slope import SlopeTriangle, slope_role
from scenes.parts.source import figure, math
from scenes.parts.step import StepView
from scenes.parts.strokes import dot_points, line, set_lines
from scenes.parts.trail import RunGhosts
from scenes.parts.ways import Ways
from scenes.playhead import Playhead
from scenes.telling import goal
from scenes.theme import STROKE, WORD_SIZES
from scenes.words import number

REACH = 0.45, 0.26
"""How far tangents go downhill, and at least uphill, in diagonals of the plot: until they leave
the curve."""

BEYOND = 0.25
"""How far a tangent goes on behind its triangle, in units."""

UPHILL = (1.0, 0.85, 0.7, 0.55, 0.4)
"""Where on the uphill part of a tangent its slope may stand, the best place first."""

NEAR = (0.14, 0.2, 0.3, 0.4)
"""How far from the end of a tangent its slope may stand, in units."""

TOLD = 2
"""How many steps are told, of however many the run has."""

UNDER, UNDER_LOW = (2.9, 0.3), (1.0, 0.2)
"""Height of the readouts under the plot of a tall frame and of one that is not wide, whose steps
would be too short in a plot beside them, and the space between, in units."""

WIDE = 2.1, 1.0, 0.5
"""Widths of plot and readouts in a wide frame, in parts, and the space between, in units."""

BESIDE_TANGENT = 0.6
"""Right of a plot that is much wider than high there is so much room for the slope at the end of
its tangent, in units."""

ABOVE_PLOT = 0.25
"""What is written at the end of a tangent may reach so far above the plot, in units."""

OFF_READOUTS = 0.36
"""What is written beside the plot ends so far from the readouts, in units."""


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
    side, edge
        Where the readouts stand, and how far to the right slopes may stand beyond the plot.
    plot, dial, curve
        The plot, what takes its ticks on as more of the run is told, and the curve.
    triangle
        The slope of the first step, measured; nothing where there is none.
    view, feet
        The step in progress, and the places of the run on the x-axis.
    ways
        The ways uphill and downhill from the start.
    lengths
        How long each step is, at its arrow, or None for one of 0; none of them is shown yet.
    ghosts
        The places on the curve that the run has left, one by one.
    past
        For what of the first step stays.
    """

    def __init__(self, look: Look, layout: Layout, objective: Any, trace: Trace) -> None:
        self.look, self.trace = look, trace.beginning(TOLD)
        self._behind = BEHIND[layout.is_wide]
        if not layout.is_wide:
            rows, gap = UNDER if layout.is_tall else UNDER_LOW
            beside = 0.0 if layout.is_tall or layout.is_square else BESIDE_TANGENT
            self.side = layout.body.inset(top=layout.body.height - rows)
            stage = layout.body.inset(bottom=rows + gap, right=beside)
            self.edge = layout.body.right
        else:
            *shares, gap = WIDE
            stage, self.side = layout.body.columns(*shares, gap=gap)
            self.edge = self.side.left - OFF_READOUTS
        self.xs = [point[0] for point in self.trace.points]
        valley = goal(objective, trace)
        for closer in (None, *CLOSER, None):
            self._set(stage, objective, valley, closer)
            if self._is_roomy():
                break
        # What has no room over the arrows needs a row below the axis.
        if (self.ways and self.ways.under) or not all(map(self._over, self._moved())):
            self._set(stage.inset(bottom=BELOW), objective, valley, closer)
        self.lengths: list[Length | None] = [None] * len(self.trace.steps)
        for step in self._moved():
            with self.told(step.index):
                length = self._over(step) or length_below(look, self.view, step)
            self.lengths[step.index] = length
        self.ghosts = [
            RunGhosts(look, self.plot, self.trace, told=[at]) for at in range(len(self.xs))
        ]
        self.feet = [
            Foot(look, self.plot, self.xs, index, passing=True) for index in range(len(self.xs))
        ]
        self.past = VGroup()

    def follow(self, walk: Playhead) -> VGroup:
        """Return what follows a playhead from the start, and the plot."""
        start, *ghosts = self.ghosts
        moved = self.view, *ghosts, self.feet[0]
        walk.drive(start, *moved)
        # Dots lie on the tangent: they come once more, after what else belongs to the view.
        movers = Riding(walk, *moved, over=self.view.front)
        self.dial.drive(movers)
        return VGroup(self.past, start, movers)

    def _set(
        self, region: Region, objective: Any, valley: float | None, closer: float | None = None
    ) -> None:
        """Set up the plot in a region, with the curve and what moves on it."""
        self.plot = step_plot(
            self.look, region, objective, self.trace, valley, self._behind, closer
        )
        self.curve, self.dial = Graph(self.plot, objective), Playhead()
        self.dial.drive(self.plot, self.curve)
        self.triangle = self._triangle()
        self.view = StepView(
            self.look,
            self.plot,
            self.trace,
            tangent_reach=(REACH[0], self._uphill()),
            staying=(1,),
            through=True,
            halfway=True,
            plumbed=True,
        )
        self.ways = self._ways()

    def _ways(self) -> Ways | None:
        """Return the ways from the start; none from a place that is level."""
        slope = self.trace.steps[0].gradient[0] if self.trace.steps else 0.0
        if slope == 0:
            return None
        uphill = 1 if slope > 0 else -1
        return Ways(self.look, self.plot, self.xs[0], uphill, self.obstacles(landed=False))

    def _moved(self) -> list[Step]:
        """Return the steps that are not 0."""
        return [step for step in self.trace.steps if step.delta[0]]

    def _before(self, step: Step) -> Step | None:
        """Return the step before, beside which one sees how long this one is.

        None if this one goes back over it: both would have their numbers at one place.
        """
        last = self.trace.steps[step.index - 1] if step.index else None
        return last if last and last.delta[0] * step.delta[0] > 0 else None

    def _over(self, step: Step) -> Length | None:
        """Return the length of a step over its arrow, or None without room."""
        with self.told(step.index):
            clear = self._at_arrow(step.index)
            return length_over(self.look, self.view, step, self._before(step), clear)

    def _is_roomy(self) -> bool:
        """Whether the second step has room for its length between its guides, if it has one."""
        lengths = map(self._over, self._moved()[1:])
        return all(length and not length.tight for length in lengths)

    @contextmanager
    def told(self, index: int) -> Iterator[None]:
        """Let the plot stand as it does while a step is told, for so long."""
        before = self.dial.position
        self.dial.set(2.0 if index else 0.0)
        yield
        self.dial.set(before)

    def _at_arrow(self, told: int) -> Obstacles:
        """Return what the number over the arrow of a step keeps clear of while that is told."""
        # Not even the ground of a number reaches to the upright axis.
        plot, clear = self.plot, Obstacles(self.plot.inner.inset(left=1.1 * AIR))
        clear.add(self.curve)
        for index, (x, value) in enumerate(zip(self.xs, self.trace.values, strict=True)):
            place = self.view.place(float(index))
            clear.add_points(dot_points([place], STROKE.point)[:, :2])
            # From here dashes go to the upright axis.
            if plot.shows(x, value):
                clear.add_points(np.array([(plot.inner.left, place[1]), place]))
        for piece in self.view.tangent_line(told):
            clear.add_points(piece)
        return clear

    def _triangle(self) -> SlopeTriangle | None:
        """Return the legs of the first slope."""
        if not self.trace.steps or not self.trace.steps[0].gradient[0]:
            return None
        step = self.trace.steps[0]
        return SlopeTriangle(
            self.look, self.plot, step.point[0], step.value, step.gradient[0], onward=True
        )

    def _uphill(self) -> float:
        """Return how far tangents go uphill: beyond the triangle."""
        if self.triangle is None:
            return REACH[1]
        diagonal = hypot(self.plot.inner.width, self.plot.inner.height)
        legs = hypot(*(self.triangle.there - self.triangle.here)) + BEYOND
        return max(REACH[1], legs / diagonal)

    def obstacles(self, *more: VGroup, index: int = 0, landed: bool = True) -> Obstacles:
        """Return what labels in the plot must keep clear of during a step, or until it lands."""
        clear = Obstacles(self.plot.inner)  # below it stand the ticks
        clear.add(self.plot, self.curve, *more)
        for segment in self.view.tangent_line(index):
            clear.add_points(segment)
        for at in (index, index + 1) if landed else (index,):
            clear.add_points(dot_points([self.view.place(float(at))], STROKE.point)[:, :2])
            for segment in self.view.guide(at):
                clear.add_points(segment)
        return clear

    # -- labels ----------------------------------------------------------------------------------

    def slope_names(self, first: Obstacles) -> list[VGroup]:
        """Return the slopes of the steps that are told, in one size if there is room for that."""
        clear, names = [first], []
        for index, length in enumerate(self.lengths):
            with self.told(index):
                if index:
                    clear.append(self.obstacles(index=index))
                clear[index].add(*(length or ()))
                names.append(self._slope_name(index, clear[index].copy()))
        least = min((name[0].size_percent for name in names if len(name)), default=0.0)
        for index, each in enumerate(clear):
            if len(names[index]) and names[index][0].size_percent > least:
                with self.told(index):
                    names[index] = self._slope_name(index, each, (least,)) or names[index]
        return names

    def _slope_name(
        self, index: int, clear: Obstacles, sizes: Sequence[float] = WORD_SIZES
    ) -> VGroup:
        """Return the slope of a step, at the end of its tangent where the step does not land."""
        (slope,), (delta,) = self.trace.steps[index].gradient, self.trace.steps[index].delta
        ends = [end for piece in self.view.tangent_line(index) for end in (piece[0], piece[-1])]
        if not ends:
            return VGroup()
        value = math(figure(number(slope)))
        far = max(ends, key=lambda end: -end[0] if delta > 0 else end[0])
        way, back = ("right", "left") if delta <= 0 else ("left", "right")
        outside = (way, f"below {way}", f"above {way}", "below", "above")
        # Beyond the plot there is room over the name of its axis, or as far as the readouts.
        right = self.plot.x_title.box.right if self.plot.x_title else clear.within.right
        top = clear.within.top + ABOVE_PLOT
        clear.within = replace(clear.within, right=max(right, self.edge), top=top)
        near = ends[0] if far is ends[-1] else ends[-1]
        here = self.view.place(float(index))
        along = [here + (far - here) * part for part in UPHILL]
        # In a narrow plot it may be smaller, stand beside the tangent, on the curve's other side,
        # where that has hardly left the tangent, or at the other end, as long as the step has not
        # landed there.
        beside, across = (way, f"below {way}"), (back, f"above {back}")
        places = [
            (far, outside),
            *((end, beside) for end in along),
            *((end, across) for end in reversed(along)),
        ]
        for (end, sides), size in itertools.product([*places, (near, outside)], sizes):
            name = self.look.text("slope ", value, size=size, role=slope_role(slope))
            if place_near(name, end, clear.copy(), sides, NEAR, only=True).is_free:
                return VGroup(name)
        return VGroup()

    def leg_names(self, clear: Obstacles) -> list[Lettering]:
        """Return the lengths of the triangle's legs."""
        triangle = self.triangle
        if triangle is None:
            return []
        legs = (
            (triangle.run, triangle.across_middle, ("below", "above")),
            (abs(triangle.rise), triangle.up_middle, ("right", "left")),
        )
        names = []
        for length, middle, sides in legs:
            name = self.look.math(figure(number(length)))
            # Rather farther off than beside the middle.
            if not place_near(name, middle, clear.copy(), sides, only=True).is_free:
                place_near(name, middle, clear.copy(), sides)
            clear.add(name)
            names.append(name)
        return names

    def levels(self, *indices: int) -> VGroup:
        """Return dashes from points of the run to the value axis, and its values there."""
        pieces, names = [], []
        for index in indices:
            (x,), value = self.trace.points[index], self.trace.values[index]
            if not self.plot.shows(x, value):
                continue
            pieces += level_line(self.plot, self.plot.at(x, value))
            names.append((value, value_name(self.look, value)))
        lines = set_lines(line(self.look, role="curve"), pieces)
        return VGroup(lines, AxisMarks(self.look, self.plot, names, upright=True))
