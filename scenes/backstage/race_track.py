"""The loss of a race with the runs on it, as it is during the race and with the table."""

from __future__ import annotations

from typing import NamedTuple

from scenes.backstage.racing import Race
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lanes import Lane, RateSweep
from scenes.parts.loss import LossPlot
from scenes.parts.plot import Plot
from scenes.parts.race_flags import lanes_of
from scenes.parts.race_rooms import Rooms


class Track(NamedTuple):
    """Axes for the loss, all runs on these and on the plane, and the one that is repeated."""

    loss: LossPlot
    lanes: list[Lane]
    sweep: RateSweep | None


def race_track(look: Look, race: Race, rooms: Rooms, plane: Plot) -> Track:
    """Return the loss during the race: it shows only the steps that the first runs need at first.

    The run that is repeated is on it if the loss stays where it is.
    """
    _, steps = race.opening
    return _track(look, race, rooms.loss, plane, steps, again=not rooms.moves)


def closing_track(look: Look, race: Race, rooms: Rooms, plane: Plot) -> Track:
    """Return the loss as it stands with the table, where all have run."""
    track = _track(look, race, rooms.closing, plane)
    for lane in track.lanes:
        lane.head.set(lane.end)
    return track


def _track(
    look: Look, race: Race, region: Region, plane: Plot, opening: int = 0, *, again: bool = True
) -> Track:
    """Return the loss in a region with all runs; perhaps it shows fewer steps at first."""
    racer, name = race.racers[0], "f" if race.from_zero else "Delta f"
    above = racer.trace.values[0] - race.floor.value
    loss = LossPlot(look, region, above, racer.threshold, race.last, name, opening)
    return Track(loss, *lanes_of(look, plane, loss, race, again=again))
