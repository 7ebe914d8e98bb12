"""What a race puts on its stage: the ravine in its views, the loss, the runs and the results."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Mobject, VGroup

from scenes.backstage.race_goal import way_to_goal
from scenes.backstage.race_rows import RaceRows
from scenes.backstage.racer import CYCLE, Racer
from scenes.backstage.racing import Race, curvature_ratio, symbols
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.edges import runs_along_axis
from scenes.parts.inset import Inset
from scenes.parts.lanes import Lane, RateSweep
from scenes.parts.loss import LossPlot
from scenes.parts.plane import PlaneView, box_of_runs, plane
from scenes.parts.plot import Plot
from scenes.parts.race_flags import lanes_of
from scenes.parts.race_rooms import rooms
from scenes.parts.slices import Slices
from scenes.parts.stride import Stride
from scenes.parts.strokes import line, set_lines
from scenes.parts.window import Window
from scenes.playhead import Playhead
from scenes.theme import STROKE
from scenes.words import rounded

LEVELS = 3
"""So many contour lines, of which each can have its number."""

ACROSS = 0.42
"""About where along the first view the numbers of the contour lines stand, in parts of it."""

RING = (1.6 * STROKE.ghost, 0.76)
"""The minimum's ring and its hole: where runs end, their markers are to be seen in it."""

FULL = 5.0
"""A ravine at least so wide has room for a name in full beside a rate, in units."""

AIRS = (0.07, 0.1, 0.13, 0.16, 0.2)
"""Free space above and below the runs, in parts of their height: the first one that keeps ticks and
contour lines off the axis."""

SIDE, SHARED = 0.5, 1.5
"""A ravine over its slices is seen so far beyond the minimum, in parts of the way, and is so many
times as wide for that at most."""

AROUND, NEARER = 0.1, 1.35
"""The first steps are seen with so much round them, in parts of their longest side, if they are at
least so many times as large then as in the whole ravine."""

HARDLY = 0.8
"""The minimum is seen with them if they are at least so many times as large as without it."""

OVER = 0.32
"""What the name of the upright axis needs above it, in units."""

BELOW, AIR = 0.4, 0.2
"""What the numbers of an axis need below it, and what is below them at least, in units."""


class RaceStage:
    """The parts of a race.

    Parameters
    ----------
    look, layout
        The look, and the frame.
    objective, race
        The function of two variables, and the runs on it.

    Attributes
    ----------
    ratio
        How many times the function is as curved along one variable as along the other, and which.
    slices
        The function along both variables, where that ratio is worth it, or None.
    views
        The ravine beside its slices, if there are any, alone, and beside the loss; `view` is the
        playhead that takes the contour lines from one to the next.
    names, values
        For each view the names of start and minimum, or in the last one of the minimum; and the
        values of all contour lines in the first view, or none.
    loss, span
        The loss over the steps, and the playhead that takes its axis from the steps that the first
        runs need to those of all.
    tags
        What the first steps are called, at their landings.
    strides, stride
        First steps as arrows on the ravine alone, and their playhead.
    lanes, sweep
        The runs, and the one that is repeated.
    ends
        Start and minimum of the ravine beside the loss, over the paths that lead from one to the
        other.
    contours, closing, lines
        The contour lines, those beside the loss, which may be others, and all of them.
    rows
        Who is who during the race, and the large table at the end.
    """

    def __init__(self, look: Look, layout: Layout, objective: Any, race: Race) -> None:
        self.look, self.objective, self.race = look, objective, race
        self.symbols, floor = symbols(objective), race.floor
        start = race.racers[0].trace.start
        paths = [racer.trace.points[: race.last + 1] for racer in race.everyone]
        # Alone it has words round the start; later it is as large as the runs allow.
        words = box_of_runs(paths, floor.point)
        for air in AIRS:
            runs = box_of_runs(paths, floor.point, (0.04, air))
            ratio = (runs.right - runs.left) / (runs.top - runs.bottom)
            self.rooms = rooms(layout, ratio, len(race.racers))
            ravine = self._plane(self.rooms.ravine, runs)
            if not runs_along_axis(ravine, objective, self._levels(ravine)):
                break
        goal = floor.point if floor.is_minimum else None
        self.ratio = curvature_ratio(objective, floor.point, start)
        curved = goal is not None and goal != start and self.ratio[0] > 2
        alone = self._plane(self.rooms.wide, words)
        plots = [self._near(start, alone) if curved else alone, ravine]
        self.slices: Slices | None = None
        if curved:
            first, self.slices = self._opening(words, start)
            plots.insert(0, first)
        self.views = [
            PlaneView(look, plot, self.symbols, start, goal, RING, over=True) for plot in plots
        ]
        self.contours, self.closing, self.values = self._numbered()
        self.lines = VGroup(self.contours)
        if self.closing is not self.contours:
            self.lines.add(self.closing)
        self.view = Playhead()
        self.view.drive(*self.lines)
        self.loss = self._loss()
        self.lanes, self.sweep = lanes_of(look, ravine, self.loss, race)
        self.strides = [
            Stride(look, self.alone.plot, start, lane.racer.trace.points[1], lane.role)
            for lane in (self.lanes[index] for index in race.first_pair())
        ]
        self.stride = Playhead(1.0)
        self.stride.drive(*self.strides)
        self.names, self.tags = self._names()
        self.ends = self._ends()
        self.span = Playhead(0.0)
        if self.first:
            self.span.drive(self.loss.plot, *(lane.mark for lane in self.first if lane.mark))
        self.rows = RaceRows(look, self.rooms, self.lanes, self.sweep, race.headings)

    @property
    def first(self) -> list[Lane]:
        """The runs that are told on a shorter axis."""
        return self.lanes[: self.race.opening[0]]

    @property
    def alone(self) -> PlaneView:
        """The ravine alone."""
        return self.views[-2]

    @property
    def beside(self) -> PlaneView:
        """The ravine beside the loss."""
        return self.views[-1]

    @property
    def every(self) -> list[Lane | RateSweep]:
        """The runs, the repeated one last."""
        return [*self.lanes, *([self.sweep] if self.sweep else [])]

    def _loss(self) -> LossPlot:
        """Return the axes for the loss, which show only the steps of the first runs at first."""
        race, (_, steps) = self.race, self.race.opening
        racer, name = race.racers[0], "f" if race.from_zero else "Delta f"
        above = racer.trace.values[0] - race.floor.value
        region = self.rooms.loss
        return LossPlot(self.look, region, above, racer.threshold, race.last, name, steps)

    def _plane(self, region: Region, shown: Window, *, numbered: bool = True) -> Plot:
        """Return the plane in a region."""
        room, goal = region.inset(top=OVER), self.race.floor.point
        return plane(self.look, room, shown, goal, numbered=numbered)

    def _near(self, start: Sequence[float], alone: Plot) -> Plot:
        """Return the ravine round the first steps if they are much larger there, else as it is."""
        racers = [self.race.racers[index] for index in self.race.first_pair()]
        places = [start, *(racer.trace.points[1] for racer in racers)]
        air = AROUND * float(np.ptp(places, axis=0).max())
        if not 0 < air < math.inf:
            return alone

        def seen(*spots: Sequence[float]) -> Plot:
            (left, bottom), (right, top) = np.min(spots, axis=0) - air, np.max(spots, axis=0) + air
            return self._plane(self.rooms.wide, Window(left, right, bottom, top))

        near, farther = seen(*places), seen(*places, self.race.floor.point)
        if _scale(near) <= NEARER * _scale(alone):
            return alone
        return farther if _scale(farther) > HARDLY * _scale(near) else near

    def _opening(self, words: Window, start: Sequence[float]) -> tuple[Plot, Slices]:
        """Return the ravine beside or above its slices, and these."""
        goal, objective = self.race.floor.point, self.objective
        opening, room = self.rooms.opening, self.rooms.slices.inset(bottom=BELOW, top=OVER)
        plot = self._plane(opening, words)
        if room.left > plot.inner.right:
            # Side by side both stand on one line.
            room = replace(room, bottom=plot.inner.bottom, top=plot.inner.top)
            return plot, Slices(self.look, room, objective, self.symbols, goal, start)
        slices = Slices(self.look, room, objective, self.symbols, goal, start)
        # One below the other both have one scale, if both minima have room on both sides there.
        aside = SIDE * max(abs(a - b) for a, b in zip(start, goal, strict=True))
        first, last = min(words.left, min(goal) - aside), max(words.right, max(goal) + aside)
        if last - first > SHARED * (words.right - words.left):
            return plot, slices
        shown = replace(words, left=first, right=last)
        wide, narrow = plot.inner, slices.plot.inner
        left, right = max(0.0, narrow.left - wide.left), max(0.0, wide.right - narrow.right)
        opening = opening.inset(left=left, right=right)
        above = self._plane(opening, shown, numbered=False)
        # What the ravine does not fill in a tall frame, the slices have.
        ratio = (last - first) / (shown.top - shown.bottom)
        spare = max(0.0, above.inner.height - above.inner.width / ratio)
        numbered = spare > BELOW + AIR
        above = self._plane(
            opening.inset(bottom=spare - BELOW * numbered), shown, numbered=numbered
        )
        room = room.inset(top=-spare)
        slices = Slices(self.look, room, objective, self.symbols, goal, start, above)
        marks = [above.tick(value) for value in slices.plot.x_ticks]
        slices.add(set_lines(line(self.look, role="axis"), marks))
        return above, slices

    def _levels(self, plot: Plot) -> tuple[float, ...]:
        """Return the values of the contour lines that suit a plane."""
        floor = self.race.floor.value
        every = geometric_levels(self.objective, plot.window, floor, 2 * LEVELS)
        # Every other one: so there is room for words between them.
        return every[::-1][::2][::-1]

    def _numbered(self) -> tuple[Contours, Contours, VGroup]:
        """Return contour lines, those of the last view, and the numbers of all in the first one.

        There are no numbers if not all lines can have one. Where only some lines can, others may be
        there beside the loss, with room between them for the name of the minimum.
        """
        look, objective, first = self.look, self.objective, self.views[0]
        plots = [view.plot for view in self.views]
        levels, last = self._levels(plots[-1]), len(plots) - 1
        for kept in (levels, levels[1:], levels[::2], levels[2:]):
            whole = kept == levels
            seen = None if whole else range(last)
            lines = Contours(look, objective, plots, kept, seen=seen)
            names = first.tags(first.marked, lines)
            for named in (True, False):
                values = first.values(lines, names, most=len(kept), across=ACROSS, named=named)
                if kept and len(values) == len(kept):
                    closing = Contours(look, objective, plots, levels[::2], seen=[last])
                    return lines, lines if whole else closing, values
        lines = Contours(look, objective, plots, levels)
        return lines, lines, VGroup()

    def _names(self) -> tuple[list[VGroup], VGroup]:
        """Return the names of start and minimum in each view, and those of the first steps."""
        out, tags, look = [], VGroup(), self.look
        objective, floor = self.objective, self.race.floor
        for index, view in enumerate(self.views[:-1]):
            self.view.set(index)
            strides = list[Mobject](self.strides) if view is self.alone else []
            if len(way := way_to_goal(look, view, objective, floor, self.contours)):
                strides.append(way)
            out.append(view.tags(view.marked, self.contours, *strides))
            if view is self.alone:
                tags = view.tags(self._landings(), self.contours, *strides, out[-1])
            if index:
                # In the first view they are parts of their own.
                most, clear = len(self.contours.chains), (*strides, out[-1], *tags)
                out[-1].add(*view.values(self.contours, *clear, most=most, across=ACROSS))
            out[-1].add(*way)
        self.view.set(len(self.views) - 1)
        for lane in self.lanes:
            lane.head.set(lane.end)
        goals = [mark for mark in self.beside.marked if mark[1] == "minimum"]
        paths = [lane.path for lane in self.lanes if not lane.magnified]
        out.append(self.beside.tags(goals, self.closing, *paths))
        # One number says what the lines are.
        clear = *paths, *out[-1]
        out[-1].add(*self.beside.values(self.closing, *clear, most=1, across=ACROSS))
        for lane in self.lanes:
            lane.head.set(0.0)
        self.view.set(0)
        return out, tags

    def _ends(self) -> VGroup:
        """Return start and minimum beside the loss as a part of their own, to lie over paths."""
        out = self.beside.spots
        self.beside.remove(out)
        for mark in out:
            # The ends of runs are to be seen through the ring.
            mark.remove(*mark.submobjects)
        return out

    def _landings(self) -> list[tuple[str, str, Sequence[float]]]:
        """Return words, colour and landing of the first step of the first run, and of another."""
        out: list[tuple[str, str, Sequence[float]]] = []
        for index in self.race.first_pair():
            lane, racer = self.lanes[index], self.lanes[index].racer
            in_full = self.alone.plot.inner.width > FULL
            words = f"{racer.full_title if in_full else racer.title}, rate {racer.rate_text}"
            # Where it lands is told by the caption.
            out += [(words, lane.role, place) for place in racer.trace.points[1:2]]
        return out

    def lens(self, lane: Lane) -> Inset:
        """Return a lens on the jumps of a run that never settles, in the place of the ravine."""
        racer, race = lane.racer, self.race
        return Inset(
            self.look,
            self.beside.plot,
            self.rooms.ravine,
            self.objective,
            racer.trace.points[-CYCLE:],
            lane.role,
            race.floor.value + racer.threshold,
            _places(racer),
            self.symbols,
            race.floor.point if race.floor.is_minimum else None,
            lane.kind,
        )


def _scale(plot: Plot) -> float:
    """Return how long one unit of the data is in a plot in true scale."""
    return plot.x(1.0) - plot.x(0.0)


def _places(racer: Racer) -> list[list[float]]:
    """Return for each variable the places between which a run jumps for ever, and 0 if between."""
    out = []
    for jump in racer.jumps:
        ends = [rounded(place, 3) for place in jump or ()]
        out.append([ends[0], 0.0, ends[1]] if ends and ends[0] < 0 < ends[1] else ends)
    return out
