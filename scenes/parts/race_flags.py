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
from scenes.parts.loss import LossPlot
from scenes.parts.loss_curve import LossCurve
from scenes.parts.markers import marker
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.theme import TYPE
from scenes.words import equals

GAPS = (0.08, 0.13, 0.2, 0.3, 0.45)
"""Distances of a value from its curve, in units."""

APART = 0.16
"""Between two numbers of steps, in units, at least."""


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
    both = clear.copy()
    if first:
        _on_short_axis(loss, first, both)
    loss.name_finish(both)
    if loss.finish in loss.submobjects:
        clear.add(loss.finish)
    for lane in every:
        _flag(loss, lane, clear, [other.curve for other in every])
    for lane in every:
        lane.head.set(0.0)
    if sweep:
        _set_apart([sweep.origin, sweep])
    return lanes, sweep


def _on_short_axis(loss: LossPlot, lanes: Sequence[Lane], clear: Obstacles) -> None:
    """Give lanes their numbers at the line while the axis is shorter, and say where they are."""
    curves = [lane.curve for lane in lanes]
    loss.plot.show(0.0)
    for lane in lanes:
        lane.head.set(lane.end)
        clear.add(lane.curve)
    for lane in lanes:
        lane.told_at_first = loss.number(lane.end, lane.role, curves)
    loss.plot.show(1.0)
    for lane in lanes:
        lane.head.set(lane.end)


class Arrival(VGroup):
    """The marker of a run at the finishing line; it goes with the axis when that is rescaled."""

    def __init__(self, look: Look, loss: LossPlot, steps: int, lane: Lane | RateSweep) -> None:
        super().__init__()
        self.loss, self.steps = loss, steps
        self.mark = marker(look, (0.0, 0.0), lane.role, lane.kind, hollow=lane.hollow)
        self.outlines = [part.points for part in self.mark.get_family()]
        self.add(self.mark)
        self.show(0.0)

    def show(self, position: float) -> None:
        """Stand at the number of steps, wherever that is at this position of the plot."""
        x, y = self.loss.at_level(self.steps)
        for part, outline in zip(self.mark.get_family(), self.outlines, strict=True):
            part.points = outline + np.array([x, y, 0.0])


def _flag(
    loss: LossPlot, lane: Lane | RateSweep, clear: Obstacles, curves: Sequence[LossCurve]
) -> None:
    """Give a lane its mark and its number at the line, or its value beside the curve."""
    look, racer = lane.look, lane.racer
    if racer.steps is not None and racer.steps <= loss.plot.window.right:
        lane.mark = Arrival(look, loss, racer.steps, lane)
        lane.told = loss.number(racer.steps, lane.role, curves)
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


def _set_apart(lanes: Sequence[Lane | RateSweep]) -> None:
    """Move the numbers of two runs apart that are seen at once, if they meet."""
    if any(lane.told is None or lane.racer.steps is None for lane in lanes):
        return
    first, last = sorted(
        [lane.told for lane in lanes if lane.told is not None], key=lambda told: told.origin[0]
    )
    missing = first.origin[0] + first.advance + APART - last.origin[0]
    if missing > 0:
        first.place(first.origin[0] - missing / 2, first.origin[1])
        last.place(last.origin[0] + missing / 2, last.origin[1])
