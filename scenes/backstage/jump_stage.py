"""What lessons on jumps put on their stage: one plot, the run in it, and in time its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Mobject, VGroup

from gdcore import Step, Trace
from scenes.backstage.jump_rooms import LABELS, Shares, alone, regions
from scenes.backstage.jump_views import View, width
from scenes.layout import Layout, Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.feet import Feet
from scenes.parts.jumps import Jumps
from scenes.parts.levels import value_names
from scenes.parts.measure import Comparison, Distance
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import clear_ticks, few_upright, sparse_ticks
from scenes.parts.strip import Strip
from scenes.parts.window import Window
from scenes.parts.zoom import Zoom
from scenes.playhead import Playhead
from scenes.theme import TYPE, units
from scenes.words import number

BACK = 0.9
"""So much of the name of the upright axis stands left of it: the curve ends on its right."""

OVER_CURVE = 0.13
"""From the upper end of the curve to the name of the upright axis, where that is the function, in
units."""

CLEAR, FOOT = 0.16, 0.05
"""Between a number of the upright axis and a value that is told there, in units, and between that
and the first number, which says where the axis begins."""

CORNER = 0.3
"""From the ends of the x-axis to its numbers, in units: the mark of a closer one reads as part of
the upright axis."""


class JumpStage:
    """A plot that has all of the body, until it makes room for strip and table.

    Parameters
    ----------
    look, layout, objective
        The look, the frame, and the function.
    views
        What the plot shows, one after the other; first it stands alone.
    runs
        The runs that are told in it.
    shares
        How plot and history share the room.
    minimum, passed
        The x of the minimum that is marked, or None, and whether the run goes on to another one.
    name
        Typst mathematics for the name of the upright axis, if that is more than f(x).

    Attributes
    ----------
    zoom, dial
        The plot with all that goes along, and the playhead that takes it from its first view (0)
        to its second (1), and on to the others.
    jumps, walk, voice
        The run that is told, its playhead, and the one of what is no longer talked about.
    """

    jumps: Jumps
    walk: Playhead
    voice: Playhead
    feet: Feet

    def __init__(
        self,
        look: Look,
        layout: Layout,
        objective: Any,
        views: Sequence[View],
        runs: Sequence[Trace],
        shares: Shares,
        minimum: float | None,
        *,
        passed: bool,
        name: str | None = None,
    ) -> None:
        self.look, self.objective, self.minimum, self.passed = look, objective, minimum, passed
        above, self.rooms = regions(layout, shares)
        whole = alone(layout)
        rooms = [whole if view.alone else above for view in views]
        levels = [words for view in views for _, words in value_names(look, view.levels)]
        # What stands left of the upright axis.
        back, named = BACK * look.math("f(x)").advance, look.math(name or "f(x)").place(0.0, 0.0)
        aside = [back, *(Strip.left_room(look, run) for run in runs)]
        if levels:
            aside.append(AxisMarks.room(*levels))
        self.plot = Plot(
            look,
            rooms[0],
            views[0].window,
            later=[view.window for view in views[1:]],
            rooms=rooms[1:],
            left_room=max(aside),
            y_name=name or "f(x)",
            x_sets=across(look, views, rooms),
            y_sets=upward(views, rooms),
            back=back / named.advance,
            # A longer name reaches over the end of the curve, and keeps clear of it.
            lift=OVER_CURVE - named.box.bottom - 0.42 * named.em if name else 0.0,
        )
        self.zoom, self.dial = Zoom(look, self.plot, objective, lasting=False), Playhead()
        self.dial.drive(self.zoom)
        self.curve = self.zoom.curve

    def take(self, run: Trace, *told: int) -> Jumps:
        """Make a run the one that is told, with the tangents of some steps."""
        self.walk, self.voice = Playhead(), Playhead()
        self.jumps = Jumps(
            self.look, self.plot, run, told=told, minimum=self.minimum, passed=self.passed
        )
        self.walk.drive(self.jumps)
        self.voice.drive(self.jumps.hush)
        self.zoom.carry(self.walk, self.jumps)
        xs = [x for (x,) in run.points]
        self.feet = Feet(self.look, self.plot, xs, len(told) + 1)
        self.walk.drive(self.feet)
        self.zoom.carry(self.walk, self.feet)
        return self.jumps

    def labels(self, step: Step, product: str, *more: Mobject, landed: bool = False) -> VGroup:
        """Return the numbers of a step in the plot as it stands alone (see `Jumps.labels`)."""
        return self.jumps.labels(step, self.curve, product, landed=landed, more=more)

    def compare(
        self, step: Step, length: Distance, minimum: float, *, beyond: bool = False
    ) -> VGroup:
        """Return the distances between a step's ends and a minimum, under the step's own length.

        Where that has its number under it, there is no room for them.
        """
        if length.is_deep:
            return VGroup()
        return Comparison(self.look, self.plot, step, minimum, beyond=beyond)


def across(look: Look, views: Sequence[View], rooms: Sequence[Region]) -> list[list[float]]:
    """Return the numbers of the x-axis in each view: as far as can be one set for one window.

    Where something is told on the axis, those are left out that would meet what is told in any
    view of the window, and with each the one on the other side of 0.
    """

    def wide(value: float) -> float:
        return look.math_width(figure(number(value, 6)), TYPE.tick)

    def round_numbers(window: Window, length: float, told: Sequence[float]) -> list[float]:
        corner = CORNER / length * width(window)
        inner = window.left + corner, window.right - corner, length - 2 * CORNER
        return sparse_ticks(*inner, told, wide)

    lengths = [room.width - LABELS[0] for room in rooms]
    out = []
    for view, own in zip(views, lengths, strict=True):
        ends = view.window.left, view.window.right
        every = round_numbers(view.window, min(lengths), ())
        if view.told:
            for other, length in zip(views, lengths, strict=True):
                if other.window == view.window:
                    free = clear_ticks(every, *ends, length, other.told, wide)
                    every = [x for x in every if x in free and (-x in free or -x not in every)]
            if len({*every, *view.told}) < 2:
                every = round_numbers(view.window, own, view.told)
        out.append(every)
    return out


def upward(views: Sequence[View], rooms: Sequence[Region]) -> list[list[float]]:
    """Return the numbers of the upright axis in each view, clear of the values told there."""

    def high(_value: float) -> float:
        return 0.72 * units(TYPE.tick)

    out = []
    for view, room in zip(views, rooms, strict=True):
        ends = view.window.bottom, view.window.top
        every = few_upright(*ends)
        place = *ends, room.height - LABELS[1], view.levels, high
        foot = clear_ticks(every[:1], *place, FOOT)
        out.append([*foot, *clear_ticks(every[1:], *place, CLEAR)])
    return out
