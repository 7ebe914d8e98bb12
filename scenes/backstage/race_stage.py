"""What a race puts on its stage: the ravine in two views, the loss, the runs and the results."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Animation, FadeIn, FadeOut, Mobject, VGroup

from scenes.backstage.racer import CYCLE, Racer
from scenes.backstage.racing import Race, symbols
from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.contour import Contours, geometric_levels
from scenes.parts.inset import Inset
from scenes.parts.lanes import Lane, RateSweep
from scenes.parts.legend import Item, Legend, early, late
from scenes.parts.loss import LossPlot
from scenes.parts.plane import PlaneView, Stride, box_of_runs, plane
from scenes.parts.plot import TICK
from scenes.parts.race_flags import lanes_of
from scenes.parts.race_rooms import rooms
from scenes.parts.source import figure
from scenes.playhead import Playhead
from scenes.theme import STROKE, TYPE
from scenes.words import number, rounded

LEVELS = 6
"""So many contour lines: within the innermost one there is room for the minimum's name."""

RING = (1.6 * STROKE.ghost, 0.76)
"""The minimum's ring and its hole: where runs end, their markers are to be seen in it."""

FULL = 8.0
"""A ravine at least so wide has room for a name in full beside a rate, in units."""


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
        The ravine alone, and above the loss; `view` is the playhead that takes the contour lines
        from the one to the other.
    loss, room
        The loss, and the playhead that takes it from room to room.
    strides, stride
        First steps as arrows on the ravine alone, and their playhead.
    lanes, sweep
        The runs, and the one that is repeated.
    key, result
        Who is who during the race, if there is space for it, and the large table at the end.
    """

    def __init__(self, look: Look, layout: Layout, objective: object, race: Race) -> None:
        self.look, self.objective, self.race = look, objective, race
        self.names, floor = symbols(objective), race.floor
        start = race.racers[0].trace.start
        paths = [racer.trace.points[: race.last + 1] for racer in race.racers]
        # Alone it has words round the start; later it is as large as the runs allow.
        boxes = [box_of_runs(paths, floor.point, air) for air in ((0.12, 0.12), (0.05, 0.09))]
        (_, box), runs = boxes, len(race.racers)
        self.rooms = rooms(layout, (box.right - box.left) / (box.top - box.bottom), runs)
        above = race.racers[0].trace.values[0] - floor.value
        name = "f" if race.from_zero else "Delta f"
        threshold = race.racers[0].threshold
        counts = [racer.steps for racer in race.everyone if racer.steps]
        self.loss = LossPlot(
            look,
            self.rooms.losses,
            above,
            threshold,
            race.last,
            name,
            [count for count in counts if count <= race.last],
            self._room_for_places(),
        )
        left = self.loss.inner.left - self.rooms.losses[0].left
        regions = (self.rooms.wide, self.rooms.ravine)
        plots = [
            plane(look, region, shown, floor.point, room)
            for region, shown, room in zip(regions, boxes, (0.0, left), strict=True)
        ]
        goal = floor.point if floor.is_minimum else None
        self.views = [PlaneView(look, plot, self.names, start, goal, RING) for plot in plots]
        levels = geometric_levels(objective, plots[0].window, floor.value, most=LEVELS)
        self.contours = Contours(look, objective, plots, levels)
        self.view = Playhead()
        self.view.drive(self.contours)
        self.lanes, self.sweep = lanes_of(look, plots[1], self.loss, race)
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
        room = max(len(items), len(race.racers) + 1)
        # The run that is repeated goes below the one that it repeats: those after that make room.
        rows = list(range(len(items)))
        after = self.lanes.index(self.sweep.origin) + 1 if self.sweep else len(rows)
        self.made = [row + (row >= after) for row in rows[: len(self.lanes)]] + [after]
        given = [*rows[: len(self.lanes)], after][: len(items)]
        keys = [
            Legend(look, self.rooms.key, "", items, room, rows=order)
            for order in (given, self.made[: len(items)])
            if self.rooms.key
        ]
        self.key: Legend | None = keys[0] if keys else None
        self.roomier = keys[1] if keys else None
        self.result = Legend(look, self.rooms.result, race.heading, self._ranked(items))

    @property
    def every(self) -> list[Lane | RateSweep]:
        """The runs, the repeated one last."""
        return [*self.lanes, *([self.sweep] if self.sweep else [])]

    def _room_for_places(self) -> float:
        """Return the room left of an axis for where runs jump to, so that a lens is in line."""
        hovering = [racer for racer in self.race.racers if racer.hovers]
        told = [place for racer in hovering for place in _places(racer)[1]]
        labels = [self.look.math(figure(number(place, 6)), TYPE.tick) for place in told]
        return max((label.advance + 0.75 * TICK + 0.1 for label in labels), default=0.0)

    def _ranked(self, items: Sequence[Item]) -> list[Item]:
        """Return what the large table says: the quickest first, and last those without a count."""
        counts = [lane.racer.steps for lane in self.every]
        order = sorted(range(len(items)), key=lambda at: (counts[at] is None, counts[at] or 0, at))
        return [items[at] for at in order]

    def _values_beside_the_runs(self) -> VGroup:
        """Return a value on a contour line above the loss, where no run will come."""
        for lane in self.lanes:
            lane.head.set(lane.end)
        paths = [lane.path for lane in self.lanes if not lane.magnified]
        out = self.views[1].values(self.contours, *paths, most=1, at=1, across=0.15)
        for lane in self.lanes:
            lane.head.set(0.0)
        return out

    def title(self, lane: Lane, room: float = FULL) -> str:
        """Return what a run is called, as in the key or else the table, or in short."""
        in_full = (self.key or self.result).in_full and room >= FULL
        return lane.racer.full_title if in_full else lane.racer.title

    def named(self, group: Sequence[int]) -> list[Mobject]:
        """Return the entries of some runs in the key, for when they come; first, its head, too."""
        if self.key is None:
            return []
        heads = [head for head in self.key.heads if not group[0]]
        return [*heads, *(self.key.entries[index] for index in group)]

    def make_row(self) -> list[Animation]:
        """Return the animations that make room in the key for the run that is repeated."""
        if self.key is None or self.roomier is None:
            return []
        pairs = zip(self.key.entries, self.roomier.entries, strict=True)
        return [
            entry.animate.move_to(place)
            for lane, (entry, place) in zip(self.lanes, pairs, strict=False)
            if self.made[lane.index] != lane.index
        ]

    def ranking(self) -> list[Animation]:
        """Return the animations that bring the large table in the place of the key."""
        gone = [FadeOut(self.key, rate_func=early)] if self.key else []
        return [*gone, FadeIn(self.result, rate_func=late)]

    def lens(self, lane: Lane) -> Inset:
        """Return a lens on the jumps of a run that never settles, in the place of the ravine."""
        racer, race = lane.racer, self.race
        return Inset(
            self.look,
            self.views[1].plot,
            self.rooms.ravine,
            self.objective,
            racer.trace.points[-CYCLE:],
            lane.role,
            race.floor.value,
            race.floor.value + racer.threshold,
            _places(racer),
            self.names,
            race.floor.point if race.floor.is_minimum else None,
            lane.kind,
            self.loss.plot.inners[0].left - self.rooms.losses[0].left,
        )


def _places(racer: Racer) -> list[list[float]]:
    """Return for each variable the two places between which a run jumps for ever, or none."""
    return [[rounded(place, 3) for place in jump or ()] for jump in racer.jumps]
