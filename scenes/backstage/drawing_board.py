"""The plot of FromScratch: the run beside the program, and what is named in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from gdcore import Step, Trace
from scenes.backstage.board_ends import NEAR, Ends
from scenes.backstage.board_heights import Heights, height_name
from scenes.backstage.board_idea import any_tangent, between_numbers
from scenes.backstage.board_moves import Riding, Sliding
from scenes.backstage.board_places import Places
from scenes.backstage.board_plot import RoundPlot, framed
from scenes.backstage.formulas import step_formulas, turned_round
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.feet import in_row_below
from scenes.parts.graph import Graph
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.slope import beside_tangent, slope_role, slope_words
from scenes.parts.source import EQUALS, figure, ink, math
from scenes.parts.spread import BESIDE
from scenes.parts.step import StepView
from scenes.parts.strokes import (
    arrow_outline,
    dot_points,
    line,
    set_lines,
)
from scenes.parts.tangents import NEAR_AXIS
from scenes.parts.trail import RunGhosts
from scenes.playhead import Playhead
from scenes.theme import STROKE, TYPE
from scenes.words import equals, number

REACH = (0.5, 0.12)
"""How far a tangent goes downhill and uphill, in diagonals: uphill it hugs the curve."""

LEAST_UPHILL = 0.42
"""It goes uphill at least so far, in units: its slope stands there, clear of the point."""

UPPER_END = (0.99, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
"""Where on the curve its name may stand, in parts of it from its lower end: high up at best."""

ROOMY = 3.6
"""A plot at least so wide has values of the run at its upright axis, in units."""

OFF_ARROW = (0.3, 0.45)
"""How far from the middle of an arrow a term under it may be, in parts of the term: at best, and
rather than that it stands there alone."""

SIZES = (TYPE.label, TYPE.tick)
"""The sizes of such a formula."""

AT_GUIDE = tuple(0.4 + 0.05 * sign * step for step in range(7) for sign in (-1, 1))
"""Where at the line from a point to the axis its place is told, in parts of it, the best first."""

TOLD = 2
"""How many steps are told one by one."""


class DrawingBoard:
    """The runs of one variable in a plot, and what is named there.

    Parameters
    ----------
    look, first, room
        The look, and the regions of the plot at first and beside the table; below it there is a row
        for the length of a step.
    function, runs, valley
        What is drawn, the run on it and the longer one if there is one, and the x of the minimum
        that they are about.
    tick_size, names
        Size of the numbers, and the sizes of names, the largest one first.

    Attributes
    ----------
    ends
        What is said where a run ends.
    framing
        Takes the plot from its first region (0) to the other one (1).
    """

    def __init__(
        self,
        look: Look,
        first: Region,
        room: Region,
        function: Any,
        runs: Sequence[Trace],
        valley: float | None,
        *,
        tick_size: float,
        names: Sequence[float],
    ) -> None:
        self.look, self.function, self.region = look, function, first
        self.names, self.run = names, runs[0]
        window = framed(function, [point[0] for point in self.run.points], valley)
        points, values = self.run.points[: TOLD + 1], self.run.values[: TOLD + 1]
        xs = [point[0] for point in points]
        roomy = room.width >= ROOMY
        written = [height_name(look, value) for value in values[1:]] if roomy else []
        self.plot = plot = RoundPlot(
            look,
            first,
            room,
            window,
            function,
            tick_size=tick_size,
            written=list(filter(None, written)),
        )
        self.curve, self.framing = Graph(plot, function), Playhead()
        self.valley = valley
        diagonal = float(np.hypot(plot.inners[-1].width, plot.inners[-1].height))
        reach = (REACH[0], max(REACH[1], LEAST_UPHILL / diagonal))
        self.view = StepView(
            look,
            plot,
            self.run,
            told=range(TOLD),
            tangent_reach=reach,
            staying=range(TOLD),
            plumbed=True,
            over_axis=NEAR_AXIS,
        )
        self.trail = RunGhosts(look, plot, self.run)
        lowest = None if valley is None else (valley, function.value((valley,)))
        self.places = Places(look, plot, xs, lowest)
        self.heights = Heights(look, plot, xs, values if roomy else (), plot.name.words)
        self.ends = Ends(look, plot, self.curve, self.heights)

    def follow(self, walk: Playhead, told: Playhead) -> tuple[VGroup, VGroup]:
        """Return what is there from the start, and what moves as the run goes on.

        Parameters
        ----------
        walk, told
            Where the run stands, and how much of it is told at the axis.
        """
        at_axis = Riding(told, self.places, self.heights)
        # Dots lie on the tangent: they come once more, after what else belongs to the view.
        movers = Riding(walk, self.view, self.trail, over=self.view.front)
        walk.drive(self.view, self.trail)
        told.drive(self.places, self.heights)
        self.framing.drive(self.plot, self.plot.name, self.curve, at_axis, movers)
        return VGroup(self.plot, self.curve, at_axis), movers

    def _clear(self, *drawn: Mobject) -> Obstacles:
        """Return what names in the plot keep clear of."""
        clear = Obstacles(replace(self.plot.inner, right=self.region.right))
        clear.add(self.plot, self.places, self.heights, self.curve, *drawn)
        return clear

    # -- before the run --------------------------------------------------------------------------

    def idea(self) -> VGroup:
        """Return a tangent at some place with the derivative, and the curve's name."""
        plot, function = self.plot, self.function
        first, last = self.run.points[0][0], self.run.points[-1][0]
        goal = last if self.valley is None else self.valley
        clear = self._clear()
        # Not where the run starts, which is told later.
        x = between_numbers(plot, goal, first)
        drawn = any_tangent(self.look, plot, function, x, self.places.numbers, clear)
        graph = np.concatenate([*plot.graph(function), np.zeros((0, 2))])
        graph = graph[::-1] if len(graph) and graph[0][1] > graph[-1][1] else graph
        places = graph[[int(part * len(graph)) for part in UPPER_END if len(graph)]]
        around = ("left", "right", "above left", "above right", "above", "below right")
        named = self._near(f"f(x) = {function.typst}", "curve", places, clear, around)
        return VGroup(*drawn, *named)

    def start_name(self) -> VGroup:
        """Return what the first point is called, beside it where there is room."""
        clear = self._clear(self.view.point, *self._guide(0))
        words, place = self.look.text("start", role="point"), self.view.place(0.0)
        sides = ("right", "left", "below right", "below left", "above left", "above right", "above")
        place_near(words, place, clear, sides, NEAR, only=True)
        return VGroup(*([words] if words.is_free else []))

    def _guide(self, index: int) -> list[Mobject]:
        """Return the line from a place of the run to the axis."""
        return [set_lines(line(self.look, role="muted"), self.view.guide(index))]

    def rule_words(self) -> VGroup:
        """Return what the rule says of a step, under the arrow of the first one."""
        role = slope_role(float(self.view.slopes[0]))
        x = ink("text", math(r"\(")) + ink("point", math("x")) + ink("text", math(r"\)"))
        rule = ink("text", math('-"rate" dot')) + ink(role, math('"slope"')) + x
        step = ink("step", math('"step"'))
        start, tip = self.view.arrow_ends(0)
        # All of it, as near to the arrow as it has room, or the step alone.
        whole = f"{step} {EQUALS} {rule}"
        for source, size in (*((whole, size) for size in SIZES), (step, TYPE.label)):
            words = self.look.math(source, size)
            row = in_row_below(self.plot, words, float(start[0] + tip[0]) / 2, self._row_room)
            if len(row):
                return row
        return VGroup()

    @property
    def _row_room(self) -> Region:
        """The width of the row under the axis: nothing stands under the upright axis's numbers."""
        inner = self.plot.inner
        return replace(inner, left=self.region.left, right=inner.right + BESIDE)

    def _under_arrow(self, index: int, term: str, told: Sequence[tuple[str, int]]) -> VGroup:
        """Return the first formula that has room with a term of it under the arrow of a step.

        The term is its last one (1), its first one (-1) or all of it, which has room anywhere (0).
        All of a formula in smaller type is better than a part of it.
        """
        start, tip = self.view.arrow_ends(index)
        middle, wide = float(start[0] + tip[0]) / 2, self.look.math(term, role="step").advance
        whole = [one for one in told if one[1]]
        tries = [(*one, size, most) for most in OFF_ARROW for one in whole for size in SIZES]
        alone = [(*one, TYPE.label, np.inf) for one in told if not one[1]]
        for source, end, size, most in (*tries, *alone):
            words = self.look.math(source, size, "step")
            wanted = middle - end * (words.advance - wide) / 2
            row = in_row_below(self.plot, words, wanted, self._row_room)
            if len(row) and abs(words.origin[0] + words.advance / 2 - wanted) <= most * wide:
                return row
        return VGroup()

    def first_slope(self) -> Sliding | None:
        """Return the slope of the first step, which goes along with its tangent."""
        ends: list[Lettering | None] = []
        for position in (1.0, 0.0):
            self.framing.set(position)
            ends.append(next(iter(self.slope_name(0)), None))
        last, first = ends
        words = first or last
        if words is None:
            return None
        sliding = Sliding(words, first and first.origin, last and last.origin)
        self.framing.drive(sliding)
        return sliding

    # -- while it runs ---------------------------------------------------------------------------

    def step_length(self, optimizer: Any, step: Step) -> VGroup:
        """Return how long a step is, and how that comes about, under its arrow."""
        if not step.delta[0]:
            return VGroup()
        *whole, length = step_formulas(optimizer, step)
        told = [(one, 1) for one in whole]
        told += [(turned_round(one, length), -1) for one in whole]
        return self._under_arrow(step.index, length, [*told, (length, 0)])

    def slope_name(self, index: int) -> list[Lettering]:
        """Return the slope of a step beside its tangent, where there is room."""
        view = self.view
        slope, tangent = float(view.slopes[index]), view.tangent_line(index)
        if not tangent or slope == 0:
            return []
        clear = self._clear_of_step(index)
        point = view.place(float(index))
        # Smaller type beside the tangent is better than larger type beside an older point.
        smaller = [(TYPE.tick, True)] if index else []
        for size, level in ((TYPE.label, True), *smaller, (TYPE.label, False)):
            words = slope_words(self.look, slope, size)
            if beside_tangent(words, slope, point, tangent, clear.copy(), level=level):
                return [words]
        return []

    def _clear_of_step(self, index: int) -> Obstacles:
        """Return what names keep clear of while a step is told."""
        view = self.view
        clear = self._clear(self.trail, *self._guide(index), *self._guide(index + 1))
        for drawn in (*view.tangent_line(index), arrow_outline(*view.arrow_ends(index))):
            clear.add_points(drawn)
        clear.add_points(self.heights.level(index + 1))
        for at in (index, index + 1):
            clear.add_points(dot_points([view.place(float(at))], STROKE.point)[:, :2])
        return clear

    def left_name(self, step: Step, slope: Iterable[Lettering]) -> list[Lettering]:
        """Return where a step came from, at the line from there to the axis.

        It is told there where the axis has room for the number of the place that it goes to only.

        Parameters
        ----------
        step
            The step, when it has landed.
        slope
            What else is told of it in the plot.
        """
        guide = self.view.guide(step.index)
        if not guide or self.places.tells(step.index, step.index + 1):
            return []
        clear = self._clear_of_step(step.index)
        clear.add(*slope)
        foot, top = guide[0][0], guide[-1][-1]
        anchors = [foot + part * (top - foot) for part in AT_GUIDE]
        behind = "right" if step.delta[0] < 0 else "left"
        (x,) = step.point
        named = f"x {equals(x)} {figure(number(x))}"
        words = self.look.math(named, self.plot.tick_size, "muted")
        place_near(words, anchors, clear, (behind,), NEAR, only=True)
        return [words] if words.is_free else []

    def _near(
        self, source: str, role: str, anchors: Any, clear: Obstacles, sides: Sequence[str]
    ) -> list[Lettering]:
        """Return a label close to what it names, in the largest type that has room there."""
        for size in self.names:
            label = self.look.math(source, size, role)
            for anchor in anchors:
                if place_near(label, anchor, clear.copy(), sides, NEAR, only=True).is_free:
                    clear.add(label)
                    return [label]
        return []
