"""The plot of FromScratch: the run beside the program, and what is named in it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from gdcore import Step, Trace
from scenes.backstage.board_places import Places
from scenes.backstage.board_plot import RoundPlot, framed
from scenes.backstage.formulas import length_under
from scenes.backstage.outcome import reads_alike
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_notes import AIR
from scenes.parts.beads import Beads
from scenes.parts.feet import in_row_below
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.slope import beside_tangent, slope_role
from scenes.parts.source import EQUALS, Source, figure, ink, lines, math
from scenes.parts.spread import BESIDE
from scenes.parts.step import StepView
from scenes.parts.strokes import (
    arrow_outline,
    dashes,
    dot_points,
    dots,
    line,
    set_lines,
)
from scenes.parts.tangents import OVER_AXIS, tangent_segment
from scenes.theme import STROKE, TYPE
from scenes.words import equals, number

REACH = (0.5, 0.07)
"""How far a tangent goes downhill and uphill, in diagonals: uphill it hugs the curve."""

LEAST_UPHILL = 0.42
"""It goes uphill at least so far, in units: its slope stands there, clear of the point."""

IDEA = (0.5, 0.4)
"""The same of the tangent that stands for any."""

NEAR = (0.16, 0.26, 0.4)
"""How far a label may be from what it names, in units."""

HIGH = (0.2, 0.3, 0.4, 0.55, 0.65, *(0.75 + 0.05 * step for step in range(25)))
"""How far a name may be over the point where a run ends, in units."""

LONGEST = 14
"""Characters of a derivative that is written beside a tangent."""

TOLD = 2
"""How many steps are told one by one."""


class DrawingBoard:
    """The runs of one variable in a plot, and what is named there.

    Parameters
    ----------
    look, room
        The look, and the region of the plot; below it there is a row for the length of a step.
    function, runs, valley
        What is drawn, the run on it and the longer one if there is one, and the x of the minimum
        that they are about.
    tick_size, names
        Size of the numbers, and the sizes of names, the largest one first.
    """

    def __init__(
        self,
        look: Look,
        room: Region,
        function: Any,
        runs: Sequence[Trace],
        valley: float | None,
        *,
        tick_size: float,
        names: Sequence[float],
    ) -> None:
        self.look, self.function = look, function
        self.names, self.run = names, runs[0]
        window = framed(function, [point[0] for point in self.run.points], valley)
        self.plot = plot = RoundPlot(look, room, window, tick_size=tick_size)
        self.curve = plot.curve(function)
        self.valley = valley
        diagonal = float(np.hypot(plot.inner.width, plot.inner.height))
        reach = (REACH[0], max(REACH[1], LEAST_UPHILL / diagonal))
        self.view = StepView(
            look, plot, self.run, told=range(TOLD), tangent_reach=reach, staying=()
        )
        self.trail = Beads(look, plot, self.run)
        lowest = None if valley is None else (valley, function.value((valley,)))
        xs = [point[0] for point in self.run.points[: TOLD + 1]]
        self.places = Places(look, plot, xs, lowest)
        self.picture = VGroup(plot, self.curve, self.places)

    def _clear(self, *drawn: Mobject) -> Obstacles:
        """Return what names in the plot keep clear of."""
        clear = Obstacles(self.plot.inner.inset(right=-BESIDE))
        clear.add(self.plot, self.places, self.curve, *drawn)
        return clear

    # -- before the run --------------------------------------------------------------------------

    def idea(self) -> VGroup:
        """Return a tangent at some place with the derivative, and the curve's name."""
        plot, function = self.plot, self.function
        first, last = self.run.points[0][0], self.run.points[-1][0]
        goal = last if self.valley is None else self.valley
        # Not where the run starts, which is told later, and with room for its name at the axis.
        x = goal + 0.6 * (first - goal)
        low, high = sorted((goal, first))
        middles = [sum(pair) / 2 for pair in itertools.pairwise(plot.x_ticks)]
        inside = [middle for middle in middles if low < middle < high]
        x = min(inside, key=lambda middle: abs(middle - x), default=x)
        value, (slope,) = function.value((x,)), function.gradient((x,))
        clear = self._clear()
        drawn: list[Mobject] = []
        if plot.shows(x, value) and slope != 0:
            role, above = slope_role(slope), plot.inner.inset(bottom=OVER_AXIS)
            down, up = (2 * part * float(np.hypot(plot.inner.width, plot.inner.height))
                        for part in IDEA)  # fmt: skip
            ahead = (down, up) if slope > 0 else (up, down)
            pieces = tangent_segment(plot, x, value, slope, *ahead, above)
            tangent = set_lines(line(self.look, width=STROKE.tangent, role=role), pieces)
            guide = line(self.look, role="muted")
            set_lines(guide, dashes(plot.on_axis(x), plot.at(x, value)))
            point = dots(self.look, [plot.at(x, value)])
            clear.add(tangent, guide, point)
            derivative = function.typst_gradient[0]
            told = math(derivative) if len(derivative) <= LONGEST else Source("")
            for size in self.names[-2:]:
                words = self.look.text("slope ", told, size=size, role=role)
                if beside_tangent(words, slope, plot.at(x, value), pieces, clear.copy()):
                    clear.add(words)
                    drawn.append(words)
                    break
            drawn = [guide, tangent, point, *drawn, *self._foot(x)]
        graph = np.concatenate([*plot.graph(function), np.zeros((0, 2))])
        places = graph[[int(part * len(graph)) for part in (0.4, 0.5, 0.3, 0.6, 0.2) if len(graph)]]
        around = ("above left", "above", "above right", "below right", "right")
        named = self._near(f"f(x) = {function.typst}", "curve", places, clear, around)
        return VGroup(*drawn, *named)

    def _foot(self, x: float) -> list[Lettering]:
        """Return the name of a place on the axis under it, if there is room between the numbers."""
        name = self.look.math("x", TYPE.label, "point")
        foot = self.plot.on_axis(x)
        number_of = self.plot.x_labels[0] if self.plot.x_labels else name
        name.place(foot[0], number_of.origin[1], "center")
        box = name.box.inset(left=-AIR, right=-AIR)
        return [] if any(box.meets(label.box) for label in self.plot.x_labels) else [name]

    def start_mark(self) -> VGroup:
        """Return the way down from the first point to its number at the axis."""
        return VGroup(set_lines(line(self.look, role="muted"), self.view.guide(0)))

    def rule_mark(self, *drawn: Mobject) -> tuple[VGroup, VGroup, VGroup]:
        """Return what the rule says of the first step: an empty arrow, the rule, and the slope.

        They keep clear of what is drawn already.
        """
        view = self.view
        ends = view.arrow_ends(0)
        arrow = line(self.look, arrow_outline(*ends), "step", 1.5 * STROKE.axis)
        clear = self._clear(view.point, *drawn)
        slope = self.slope_name(0, clear)
        role = slope_role(float(view.slopes[0]))
        x = ink("text", math(r"\(")) + ink("point", math("x")) + ink("text", math(r"\)"))
        rule = ink("text", math('-"rate" dot')) + ink(role, math('"slope"')) + x
        step = ink("step", math('"step"'))
        for source in (f"{step} {EQUALS} {rule}", rule):
            words = in_row_below(self.plot, self.look.math(source), (ends[0] + ends[1])[0] / 2)
            if len(words):
                break
        return VGroup(arrow), words, VGroup(*slope)

    # -- while it runs ---------------------------------------------------------------------------

    def step_length(self, optimizer: Any, step: Step) -> VGroup:
        """Return how long a step is, and how that comes about, under its arrow."""
        return length_under(self.look, self.plot, optimizer, step)

    def slope_name(self, index: int, clear: Obstacles | None = None) -> list[Lettering]:
        """Return the slope of a step beside its tangent, where there is room."""
        view = self.view
        slope, tangent = float(view.slopes[index]), view.tangent_line(index)
        if not tangent or slope == 0:
            return []
        if clear is None:
            clear = self._clear(self.trail)
            for guide in view.guide(index):
                clear.add_points(guide)
        point = view.place(float(index))
        for drawn in (*tangent, arrow_outline(*view.arrow_ends(index))):
            clear.add_points(drawn)
        clear.add_points(dot_points([point], STROKE.point)[:, :2])
        words = self.look.text(f"slope {number(slope)}", role=slope_role(slope))
        return [words] if beside_tangent(words, slope, point, tangent, clear) else []

    # -- when it has run -------------------------------------------------------------------------

    def last_name(self, run: Trace, *drawn: Mobject) -> list[Lettering]:
        """Return the last step over the point where it ends, with its x if there is room."""
        plot, (x,), value = self.plot, run.points[-1], run.values[-1]
        if not plot.shows(x, value):
            return []
        clear = Obstacles(plot.inner)
        clear.add(plot, self.curve, *drawn)
        clear.add_points(dot_points([plot.at(x, value)], STROKE.point)[:, :2])
        step = self.look.notation.words(f"step {len(run.steps)}")
        # A power of ten would be one more way to write what the program prints.
        known = "10" in number(x).partition("·")[2]
        known |= self.valley is not None and reads_alike(x, self.valley)
        told = math(f"x {EQUALS if equals(x) == '=' else 'approx'} {figure(number(x))}")
        for written in ((step,),) if known else ((step, told), (step,)):
            words = self.look.source(lines(*written), role="point")
            anchors = self._over(plot.at(x, value), words)
            place_near(words, anchors, clear.copy(), ("above",), HIGH, only=True)
            if not words.is_free:
                sides = ("left", "right")
                place_near(words, plot.at(x, value), clear.copy(), sides, NEAR, only=True)
            if words.is_free:
                return [words]
        return []

    def _over(self, place: Any, words: Lettering) -> Any:
        """Return what a name over a place may stand over: the place, or where the plot has room."""
        inner, half = self.plot.inner, words.advance / 2 + 0.12
        beside = np.clip(place[0], inner.left + half, inner.right - half)
        return np.array([place, (beside, place[1])])

    def ends(self, run: Trace) -> VGroup:
        """Return the points of a longer run in the plot, and where it ends."""
        plot = self.plot
        (x,), value = run.points[-1], run.values[-1]
        trail = Beads(self.look, plot, run)
        trail.show(len(run.steps))
        # A run that has left the plot has no point in it.
        end = dots(self.look, [plot.at(x, value)] if plot.shows(x, value) else [])
        return VGroup(trail, end, *self.last_name(run, trail))

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
