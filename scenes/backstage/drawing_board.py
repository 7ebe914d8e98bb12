"""The plot of FromScratch: the run beside the program, and what is named in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from gdcore import Step, Trace
from scenes.backstage.board_plot import RoundPlot, framed
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.beads import Beads
from scenes.parts.feet import Feet, lengths, under_axis
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.slope import slope_role
from scenes.parts.source import figure
from scenes.parts.step import OVER_AXIS, StepView, tangent_segment
from scenes.parts.strokes import (
    arrow_outline,
    dashes,
    dot_points,
    dots,
    line,
    set_arrow,
    set_lines,
    shape,
)
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.theme import STROKE, TYPE, units
from scenes.words import number

GHOST = 0.75 * STROKE.ghost
"""The largest size of the dots where the run has been."""

REACH = (0.42, 0.12)
"""How far a tangent goes downhill and uphill, in diagonals: uphill it hugs the curve."""

NEAR = (0.16, 0.26, 0.4)
"""How far a label may be from what it names, in units."""

HIGH = (0.2, 0.3, 0.4, 0.55, 0.65, *(0.75 + 0.05 * step for step in range(25)))
"""How far a name may be over the point where a run ends, in units."""

FAINT = 0.5
"""How strong the arrow of a step is that is not made yet."""

LOWER = 0.1
"""How much farther from the numbers of the axis the row below them is, in units."""

LONGEST = 14
"""Characters of a derivative that is written beside a tangent."""


class DrawingBoard:
    """A run of one variable in a plot that makes room for other things, and its names.

    Parameters
    ----------
    look, rooms
        The look, and the regions that the plot has one after the other: its dial goes from 0 to 2.
        In the first two there is room below them for the length of a step.
    function, run, valley
        What is drawn, the run on it, and the x of the minimum that it is about.
    tick_size, names
        Size of the numbers, and the sizes of names, the largest one first.
    """

    def __init__(
        self,
        look: Look,
        rooms: tuple[Region, Region, Region],
        function: Any,
        run: Trace,
        valley: float | None,
        *,
        tick_size: float,
        names: Sequence[float],
    ) -> None:
        self.look, self.function, self.run, self.valley = look, function, run, valley
        self.names, self.dial = names, Playhead()
        window = framed(function, [point[0] for point in run.points], valley)
        xs = [point[0] for point in run.points[:3]]
        self.plot = plot = RoundPlot(
            look,
            rooms[0],
            window,
            tick_size=tick_size,
            later=(window, window),
            rooms=rooms[1:],
            told=((), xs, ()),
        )
        self.zoom = Zoom(look, plot, function)
        self.dial.drive(self.zoom)
        self.view = StepView(look, plot, run, told=(0, 1), tangent_reach=REACH)
        self.trail = Beads(look, plot, run, diameter=GHOST)
        self.feet = Feet(look, plot, xs)

    # -- before the run --------------------------------------------------------------------------

    def idea(self) -> VGroup:
        """Return a tangent at some place with the derivative, and the curve's name."""
        plot, function = self.plot, self.function
        first, last = self.run.points[0][0], self.run.points[-1][0]
        goal = last if self.valley is None else self.valley
        # Not where the run starts: that is told later.
        x = goal + 0.6 * (first - goal)
        value, (slope,) = function.value((x,)), function.gradient((x,))
        clear = Obstacles(plot.inner)
        clear.add(plot, self.zoom.curve)
        drawn: list[Mobject] = []
        length = 0.5 * float(np.hypot(plot.inner.width, plot.inner.height))
        if plot.shows(x, value) and slope != 0:
            role, above = slope_role(slope), plot.inner.inset(bottom=OVER_AXIS)
            pieces = tangent_segment(plot, x, value, slope, length, length, above)
            tangent = set_lines(line(self.look, width=STROKE.tangent, role=role), pieces)
            clear.add(tangent)
            derivative = function.typst_gradient[0]
            told = f'"slope" {derivative}' if len(derivative) <= LONGEST else '"slope"'
            along = [
                piece[0] + part * (piece[-1] - piece[0])
                for piece in pieces
                for part in ((0.2, 0.3, 0.1, 0.8) if slope > 0 else (0.8, 0.7, 0.9, 0.2))
            ]
            below = ("right", "below right") if slope > 0 else ("left", "below left")
            drawn += [tangent, *self._near(told, role, along, clear, below)]
        graph = np.concatenate([*plot.graph(function), np.zeros((0, 2))])
        places = graph[[int(part * len(graph)) for part in (0.4, 0.5, 0.3, 0.6, 0.2) if len(graph)]]
        around = ("above left", "above", "above right", "below right", "right")
        named = self._near(f"f(x) = {function.typst}", "curve", places, clear, around)
        return VGroup(*drawn, *named)

    def start_mark(self) -> VGroup:
        """Return the way down from the first point to its number at the axis."""
        plot, view = self.plot, self.view
        guide = set_lines(line(self.look, role="muted"), view.guide(0))
        clear = Obstacles(plot.inner.inset(right=-0.1))
        clear.add(plot, self.zoom.curve, guide, view.point)
        # The step comes later.
        for drawn in (*view.tangent_line(0), arrow_outline(*view.arrow_ends(0))):
            clear.add_points(drawn)
        foot = plot.on_axis(view.xs[0])
        anchors = foot + np.array([(0.0, height) for height in (0.3, 0.45, 0.6, 0.75)])
        words = f"x = {figure(number(view.xs[0]))}"
        return VGroup(guide, *self._near(words, "point", anchors, clear, ("left", "right")))

    def rule_mark(self, *drawn: Mobject) -> VGroup:
        """Return what the rule says of the first step: its slope, and a faint arrow.

        It keeps clear of what is drawn already.
        """
        plot, view = self.plot, self.view
        arrow = shape(self.look, role="step")
        set_arrow(arrow, *view.arrow_ends(0)).set_fill(opacity=FAINT)
        words = self.look.math('−"rate" dot "slope"(x)', TYPE.label, "step")
        ends, inner = view.arrow_ends(0), plot.inner
        half = words.advance / 2
        middle = float(np.clip((ends[0] + ends[1])[0] / 2, inner.left + half, inner.right - half))
        lowered(words.place(middle, under_axis(plot), "center"))
        clear = Obstacles(inner)
        clear.add(plot, self.zoom.curve, view.point, *drawn)
        return VGroup(arrow, words, *self._slope_name(0, clear))

    # -- while it runs ---------------------------------------------------------------------------

    def step_numbers(self, step: Step) -> VGroup:
        """Return the step's length below its arrow, and the slope beside its tangent."""
        plot, view = self.plot, self.view
        clear = Obstacles(plot.inner.inset(right=-0.1))
        clear.add(plot, self.zoom.curve, self.trail)
        for at in (step.index, step.index + 1):
            clear.add_points(dot_points([view.place(at)], STROKE.point)[:, :2])
            for guide in view.guide(at):
                clear.add_points(guide)
        clear.add_points(arrow_outline(*view.arrow_ends(step.index)))
        long = map(lowered, lengths(self.look, plot, step)) if step.delta[0] else ()
        return VGroup(*long, *self._slope_name(step.index, clear))

    def _slope_name(self, index: int, clear: Obstacles) -> list[Lettering]:
        """Return the slope of a step beside its tangent, where there is room."""
        slope, tangent = float(self.view.slopes[index]), self.view.tangent_line(index)
        if not tangent or slope == 0:
            return []
        for piece in tangent:
            clear.add_points(piece)
        words = self.look.text(f"slope {number(slope)}", role=slope_role(slope))
        # Above the curve, where the guides do not stand, and near the point.
        outward = ("left", "right") if slope > 0 else ("right", "left")
        ends = (tangent[0][-1], tangent[0][0]) if slope > 0 else (tangent[0][0], tangent[0][-1])
        half = ends[0] + (ends[1] - ends[0]) * 0.6
        place_along(words, ends[0], half, clear, outward)
        return [words] if words.is_free else []

    # -- when it has run -------------------------------------------------------------------------

    def last_name(self, run: Trace, *drawn: Mobject) -> list[Lettering]:
        """Return the number of the last turn over the point where it ends, if there is room."""
        plot, (x,), value = self.plot, run.points[-1], run.values[-1]
        if not plot.shows(x, value):
            return []
        clear = Obstacles(plot.inner)
        clear.add(plot, self.zoom.curve, *drawn)
        clear.add_points(dot_points([plot.at(x, value)], STROKE.point)[:, :2])
        for other in drawn:
            if isinstance(other, Lettering):
                clear.add_box(other.box.inset(top=-0.1))
        words = self.look.text(f"turn {len(run.steps)}", role="point")
        anchors = self._over(plot.at(x, value), words)
        place_near(words, anchors, clear.copy(), ("above",), HIGH, only=True)
        if not words.is_free:
            place_near(words, plot.at(x, value), clear, ("left", "right"), NEAR, only=True)
        return [words] if words.is_free else []

    def _over(self, place: Any, words: Lettering) -> Any:
        """Return what a name over a place may stand over: the place, or where the plot has room."""
        inner, half = self.plot.inner, words.advance / 2 + 0.12
        beside = np.clip(place[0], inner.left + half, inner.right - half)
        return np.array([place, (beside, place[1])])

    def ends(self, run: Trace) -> VGroup:
        """Return the points of a longer run in the plot as it is now, and where it ends."""
        plot = self.plot
        (x,), value = run.points[-1], run.values[-1]
        trail = Beads(self.look, plot, run, diameter=GHOST)
        trail.show(len(run.steps))
        # A run that has left the plot has no point in it.
        end = dots(self.look, [plot.at(x, value)] if plot.shows(x, value) else [])
        minimum = self._minimum_name(trail, end)
        return VGroup(trail, end, *minimum, *self.last_name(run, trail, *minimum))

    def _minimum_name(self, *drawn: Mobject) -> list[Mobject]:
        """Return the name of the lowest place over it, and a line to it, if there is room."""
        plot = self.plot
        if self.valley is None:
            return []
        there = plot.at(self.valley, self.function.value((self.valley,)))
        for size in (TYPE.label, TYPE.tick):
            clear = Obstacles(plot.inner)
            clear.add(plot, self.zoom.curve, *drawn)
            words = self.look.text("minimum", size=size, role="minimum")
            anchors = self._over(there, words)
            if place_near(words, anchors, clear, ("above",), HIGH[3:], only=True).is_free:
                foot, top = there[1] + 0.7 * units(STROKE.point), words.box.bottom - 0.06
                leader = line(self.look, role="minimum", width=1.6 * STROKE.guide)
                return [words, set_lines(leader, dashes((there[0], foot), (there[0], top)))]
        return []

    def _near(
        self, source: str, role: str, anchors: Any, clear: Obstacles, sides: Sequence[str]
    ) -> list[Lettering]:
        """Return a label close to what it names, in the largest type that has room there."""
        for size in self.names if len(anchors) else ():
            label, there = self.look.math(source, size, role), clear.copy()
            if place_near(label, anchors, there, sides, NEAR, only=True).is_free:
                clear.add(label)
                return [label]
        return []


def lowered(label: Lettering) -> Lettering:
    """Return a label that is moved away from the numbers of the axis above it."""
    return label.place(label.origin[0], label.origin[1] - LOWER)
