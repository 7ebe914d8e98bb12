"""The flags of a race: where each run arrived at the finishing line, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from manim import VGroup

from scenes.backstage.racer import settled_number
from scenes.backstage.racing import Race
from scenes.look import Look
from scenes.parts.lanes import Lane, RateSweep, losses_of
from scenes.parts.lettering import Lettering
from scenes.parts.loss import LossPlot
from scenes.parts.markers import marker
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.theme import TYPE
from scenes.words import equals

GAPS = (0.08, 0.13, 0.2, 0.3, 0.45)
"""Distances of a value from its curve, in units."""


def lanes_of(
    look: Look, plane: Plot, loss: LossPlot, race: Race
) -> tuple[list[Lane], RateSweep | None]:
    """Return a lane for every run of a race, and one that is run again, all with their flags."""
    lanes = [
        Lane(look, plane, loss, racer, index, race.last) for index, racer in enumerate(race.racers)
    ]
    sweep = None
    if race.again:
        origin = lanes[race.racers.index(race.again[0])]
        sweep = RateSweep(look, loss, race.again, origin)
    every: list[Lane | RateSweep] = [*lanes, *([sweep] if sweep else [])]
    first = lanes[: race.opening[0]] if len(loss.plot.windows) > 1 else []
    clear = Obstacles(replace(loss.open, right=loss.end))
    clear.add(loss)
    for lane in every:
        lane.head.set(lane.end)
        clear.add(lane.curve)
        steps = lane.racer.steps
        if steps is not None and steps <= loss.plot.window.right:
            lane.mark = Arrival(look, loss, steps, lane)
            clear.add(lane.mark)
    both = clear.copy()
    if first:
        _on_short_axis(loss, first, both)
    loss.name_finish(both)
    if loss.finish in loss.submobjects:
        clear.add(loss.finish)
    for lane in lanes:
        compared = [sweep] if sweep and lane is sweep.origin else []
        _flag(loss, lane, clear, [*lanes[: lane.index], *compared])
    if sweep:
        _flag(loss, sweep, clear, [sweep.origin])
    for lane in every:
        lane.head.set(0.0)
    return lanes, sweep


def _on_short_axis(loss: LossPlot, lanes: Sequence[Lane], clear: Obstacles) -> None:
    """Give lanes their numbers at the line while the axis is shorter, and say where they are."""
    for position in (0.0, 1.0):
        loss.plot.show(position)
        for index, lane in enumerate(lanes):
            lane.head.set(lane.end)
            if isinstance(lane.mark, Arrival):
                lane.mark.show(position)
            if not position:
                clear.add(*lane.on_loss)
                lane.told_at_first = _number(loss, lane, lanes[:index])


class Arrival(VGroup):
    """The marker of a run where it ends; it goes with the axis when that is rescaled."""

    def __init__(self, look: Look, loss: LossPlot, steps: int, lane: Lane | RateSweep) -> None:
        super().__init__()
        self.loss, self.steps = loss, steps
        self.level = loss.landing(losses_of(lane.racer)[steps])
        self.mark = marker(look, (0.0, 0.0), lane.role, lane.kind, hollow=lane.hollow)
        self.outlines = [part.points for part in self.mark.get_family()]
        self.add(self.mark)
        self.show(0.0)

    def show(self, position: float) -> None:
        """Stand at the number of steps, wherever that is at this position of the plot."""
        x, y = self.loss.plot.x(self.steps), self.level
        for part, outline in zip(self.mark.get_family(), self.outlines, strict=True):
            part.points = outline + np.array([x, y, 0.0])


def _number(loss: LossPlot, lane: Lane | RateSweep, seen: Sequence[Lane | RateSweep]) -> Lettering:
    """Return the number of steps of a run, where others are seen as well."""
    steps, curves = lane.racer.steps or 0, [lane.curve, *(other.curve for other in seen)]
    marks = [other.mark for other in seen if other.mark]
    # Of a run and its other rate both numbers are seen at once.
    marks += [lane.origin.told] if isinstance(lane, RateSweep) and lane.origin.told else []
    return loss.number(steps, losses_of(lane.racer)[steps], lane.role, curves, marks)


def _flag(
    loss: LossPlot, lane: Lane | RateSweep, clear: Obstacles, seen: Sequence[Lane | RateSweep]
) -> None:
    """Give a lane that has arrived its number, or one that hovers its mark and its value."""
    look, racer = lane.look, lane.racer
    if lane.mark is not None:
        lane.told = _number(loss, lane, seen)
    elif racer.hovers and _is_seen_hovering(loss, lane):
        last = losses_of(racer)[-1]
        sign = equals(last, digits=3)
        words = f"{loss.name} {sign} {figure(settled_number(last))}"
        label = look.math(words, TYPE.tick, lane.role)
        places_on = lane.curve.points[:, :2]
        right = places_on[places_on[:, 0] >= np.quantile(places_on[:, 0], 0.85)]
        anchors = right[:: max(1, len(right) // 8)][::-1]
        end = places_on[np.argmax(places_on[:, 0])]
        lane.mark = marker(look, end, lane.role, lane.kind, hollow=lane.hollow)
        clear.add(lane.mark)
        for side in ("above", "below"):
            place_near(label, anchors, clear.copy(), (side,), GAPS, only=True)
            if label.is_free:
                lane.told = label
                clear.add(label)
                break


def _is_seen_hovering(loss: LossPlot, lane: Lane | RateSweep) -> bool:
    """Whether the curve of a run that hovers is at its last value where the plot ends."""
    losses, last = losses_of(lane.racer), round(loss.plot.window.right)
    if last >= len(losses) or not len(lane.curve.points):
        return False
    there = float(lane.curve.points[:, 0].max())
    return there > loss.inner.right - 0.05 and abs(losses[last] - losses[-1]) < 0.2 * losses[-1]
