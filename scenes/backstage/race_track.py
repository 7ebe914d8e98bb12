"""The loss of a race with the runs on it, and who is who in a corner of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from scenes.backstage.racing import Race
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lanes import Lane, RateSweep, items_of
from scenes.parts.loss import LossPlot
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.race_flags import lanes_of
from scenes.parts.race_rooms import Rooms
from scenes.parts.roster import Roster

BESIDE = 0.22
"""From the name of the axis to who is who beside it, in units."""


class Track(NamedTuple):
    """Axes for the loss, all runs on these and on the plane, and the one that is repeated."""

    loss: LossPlot
    lanes: list[Lane]
    sweep: RateSweep | None


def race_track(look: Look, race: Race, rooms: Rooms, plane: Plot) -> tuple[Track, Roster | None]:
    """Return the loss during the race, and who is who if that stands in its corner.

    Where curves are in the way of that, it is one row over the plot.
    """
    (first, steps), again = race.opening, not rooms.moves
    if not rooms.is_cornered:
        return _track(look, race, rooms.loss, plane, steps, again=again), None
    named = _loss(look, race, rooms.loss).title.box.right
    corner, items = replace(rooms.key, left=named + BESIDE), items_of(race.racers)
    roster = Roster(look, corner, items)
    track = _track(look, race, rooms.loss, plane, steps, roster.boxes, again=again)
    if any(_is_crossed(track, roster.boxes, span, first) for span in (0, 1)):
        roster = Roster(look, corner, items, is_short=True)
        track = _track(look, race, rooms.loss, plane, steps, again=again)
    return track, roster


def closing_track(look: Look, race: Race, rooms: Rooms, plane: Plot) -> Track:
    """Return the loss as it stands with the table, where all have run."""
    track = _track(look, race, rooms.closing, plane)
    for lane in track.lanes:
        lane.head.set(lane.end)
    return track


def _track(
    look: Look,
    race: Race,
    region: Region,
    plane: Plot,
    opening: int = 0,
    taken: Sequence[Region] = (),
    *,
    again: bool = True,
) -> Track:
    """Return the loss in a region with all runs; perhaps it shows fewer steps at first."""
    loss = _loss(look, race, region, opening)
    return Track(loss, *lanes_of(look, plane, loss, race, again=again, taken=taken))


def _loss(look: Look, race: Race, region: Region, opening: int = 0) -> LossPlot:
    racer, name = race.racers[0], "f" if race.from_zero else "Delta f"
    above = racer.trace.values[0] - race.floor.value
    return LossPlot(look, region, above, racer.threshold, race.last, name, opening)


def _is_crossed(track: Track, boxes: Sequence[Region], span: int, first: int) -> bool:
    """Whether there is a curve or a name in the box of a run that is told on an axis.

    The axis is the short one of the first runs, or that of all.
    """
    told, clear = len(boxes) if span else first, Obstacles(track.loss.region)
    track.loss.plot.show(span)
    clear.add(track.loss)
    for lane in track.lanes[:told]:
        lane.head.set(lane.end)
        clear.add(lane.curve)
        lane.head.set(0.0)
    return any(clear.trouble(box) for box in boxes[:told])
