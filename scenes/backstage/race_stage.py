"""What a race puts on its stage: the ravine in three views, the loss, the runs and the results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Animation, FadeIn, FadeOut, Mobject, ReplacementTransform, VGroup

from scenes.backstage.racer import CYCLE
from scenes.backstage.racing import Race, symbols
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.inset import Inset
from scenes.parts.lanes import Lane, RateSweep, lanes_of
from scenes.parts.legend import Item, Legend, early, late
from scenes.parts.loss import LossPlot
from scenes.parts.plane import PlaneView, Stride, box_of_runs, plane
from scenes.parts.race_rooms import rooms
from scenes.playhead import Playhead
from scenes.words import rounded


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
    views
        The ravine alone, above the loss, and beside a lens; `view` is the playhead that takes the
        contour lines from one to the next.
    loss, room
        The loss, and the playhead that takes it from room to room.
    strides, stride
        First steps as arrows on the ravine alone, and their playhead.
    lanes, sweep
        The runs, and the one that is repeated.
    table, result
        The results during the race, if there is space for them, and the large ones at the end.
    """

    def __init__(self, look: Look, layout: Layout, objective: object, race: Race) -> None:
        self.look, self.objective, self.race = look, objective, race
        self.names, floor = symbols(objective), race.floor
        start = race.racers[0].trace.start
        paths = [racer.trace.points[: race.last + 1] for racer in race.racers]
        box = box_of_runs(paths, floor.point)
        self.rooms = rooms(layout, (box.right - box.left) / (box.top - box.bottom))
        above = race.racers[0].trace.values[0] - floor.value
        name = "f" if race.from_zero else "Delta f"
        threshold = race.racers[0].threshold
        self.loss = LossPlot(look, self.rooms.losses, above, threshold, race.last, name)
        left = self.loss.inner.left - self.rooms.losses[0].left
        regions = (self.rooms.wide, self.rooms.ravine, self.rooms.beside)
        plots = [
            plane(look, region, box, floor.point, room)
            for region, room in zip(regions, (0.0, left, 0.0), strict=True)
        ]
        goal = floor.point if floor.is_minimum else None
        self.views = [PlaneView(look, plot, self.names, start, goal) for plot in plots]
        levels = geometric_levels(objective, plots[0].window, floor.value)
        self.contours = Contours(look, objective, plots, levels)
        self.view = Playhead()
        self.view.drive(self.contours)
        self.lanes, self.sweep = lanes_of(look, (plots[1], plots[2]), self.loss, race)
        self.views[1].add(self._values_beside_the_runs())
        self.strides = [
            Stride(look, plots[0], start, lane.racer.trace.points[1], lane.role)
            for lane in (self.lanes[index] for index in race.first_pair())
        ]
        self.stride = Playhead(1.0)
        self.stride.drive(*self.strides)
        self.room = Playhead()
        self.room.drive(self.loss)
        items = [lane.item for lane in self.every]
        self.table = (
            Legend(look, self.rooms.table, race.heading, items) if self.rooms.table else None
        )
        self.result = self._result(items)

    @property
    def every(self) -> list[Lane | RateSweep]:
        """The runs, the repeated one last."""
        return [*self.lanes, *([self.sweep] if self.sweep else [])]

    def _result(self, items: Sequence[Item]) -> Legend:
        """Return the large table: the run that is repeated stands below the one that it repeats."""
        order = list(range(len(items)))
        if self.sweep:
            order.insert(self.lanes.index(self.sweep.origin) + 1, order.pop())
        told = [items[index] for index in order]
        out = Legend(self.look, self.rooms.result, self.race.heading, told, largest=5.0)
        # In the order of the smaller table again, from which it is transformed.
        rows = sorted(zip(order, out.entries, strict=True), key=lambda row: row[0])
        out.entries = [entry for _, entry in rows]
        out.submobjects = [out.heading, *out.entries]
        return out

    def _values_beside_the_runs(self) -> VGroup:
        """Return values on contour lines above the loss, where no run will come."""
        for lane in self.lanes:
            lane.head.set(lane.end)
        paths = [lane.path for lane in self.lanes if not lane.magnified]
        out = self.views[1].values(self.contours, *paths, at=1, across=0.15)
        for lane in self.lanes:
            lane.head.set(0.0)
        return out

    def line_up(self) -> list[Mobject]:
        """Return the table as it is before the race: who runs, in grey, and no results."""
        if not self.table:
            return []
        rows = range(len(self.lanes))
        return [self.table.heading, *(part for row in rows for part in self.table.rest(row))]

    def called(self, group: Sequence[int]) -> list[Any]:
        """Return the animations that give some runs their colours in the table."""
        if not self.table:
            return []
        return [change for index in group for change in self.table.wake(index)]

    def results(self, group: Sequence[int]) -> list[Mobject]:
        """Return what the table adds when some runs have ended."""
        if not self.table:
            return []
        rows = [self.table.entries[index] for index in group]
        return [
            row[2] if index < len(self.lanes) else row
            for index, row in zip(group, rows, strict=True)
        ]

    def enlarge(self) -> list[Animation]:
        """Return the animations that take the table to the large one.

        Nothing crosses words on its way: the settings, which change their side, and rows that
        change their order leave first and come last.
        """
        if not self.table:
            return [FadeIn(self.result)]
        new = self.result.entries
        order = sorted(range(len(new)), key=lambda at: -new[at][0].get_y())
        out: list[Animation] = [ReplacementTransform(self.table.heading, self.result.heading)]
        for index, (old, large) in enumerate(zip(self.table.entries, new, strict=True)):
            stays = order[index] == index
            parts = list(zip(old, large, strict=True))
            out += [ReplacementTransform(*pair) for pair in parts[:3] if stays]
            changed = parts[3:] if stays else parts
            out += [FadeOut(part, rate_func=early) for part, _ in changed]
            out += [FadeIn(part, rate_func=late) for _, part in changed]
        return out

    def lens(self, lane: Lane, *obstacles: Mobject) -> Inset:
        """Return a lens on the jumps of a run that never settles, its lines clear of obstacles."""
        racer = lane.racer
        return Inset(
            self.look,
            self.views[2].plot,
            self.rooms.lens,
            self.objective,
            racer.trace.points[-CYCLE:],
            lane.role,
            self.race.floor.value,
            [[rounded(place, 3) for place in jump] if jump else () for jump in racer.jumps],
            self.names,
            self.race.floor.point if self.race.floor.is_minimum else None,
            obstacles,
        )
