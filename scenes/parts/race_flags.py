"""The flags of a race: where each run arrived on the loss axis, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

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
from scenes.parts.spread import BESIDE, spread_out
from scenes.theme import TYPE

GAPS = (0.08, 0.13, 0.2, 0.3, 0.45)
"""Distances of a value from its curve, in units."""


def lanes_of(
    look: Look, plane: Plot, loss: LossPlot, race: Race
) -> tuple[list[Lane], RateSweep | None]:
    """Return a lane for every run of a race, and the one that is repeated, all with their flags."""
    lanes = [
        Lane(look, plane, loss, racer, index, race.last) for index, racer in enumerate(race.racers)
    ]
    sweep = None
    if race.again:
        sweep = RateSweep(look, loss, race.again, lanes[race.racers.index(race.again[0])])
    every: list[Lane | RateSweep] = [*lanes, *([sweep] if sweep else [])]
    for room in range(len(loss.plot.windows)):
        loss.show(room)
        for lane in every:
            lane.flags.append(None)
        # Where the rate is changed, the two runs that differ in it say theirs.
        _place_flags(loss, every, [sweep.origin, sweep] if sweep and room == 1 else [])
    loss.show(0)
    return lanes, sweep


def _place_flags(
    loss: LossPlot, every: Sequence[Lane | RateSweep], rated: Sequence[Lane | RateSweep]
) -> None:
    """Give lanes their flags: a marker and a number below the line, or a value beside the curve.

    Parameters
    ----------
    loss
        Where the flags stand.
    every
        Who gets one.
    rated
        Whose rate stands below the number.
    """
    clear = Obstacles(loss.inner)
    clear.add(loss)
    for lane in every:
        lane.head.set(lane.end)
        clear.add(lane.curve)
    arrived = [
        (lane, steps)
        for lane in every
        for steps in (lane.racer.steps,)
        if steps and steps <= loss.plot.window.right
    ]
    labels = [lane.look.text(str(steps), size=TYPE.tick, role=lane.role) for lane, steps in arrived]
    places = loss.numbers([steps for _, steps in arrived], [label.advance for label in labels])
    for (lane, steps), label, x in zip(arrived, labels, places, strict=True):
        mark = marker(lane.look, loss.at_level(steps), lane.role, lane.kind, hollow=lane.hollow)
        lane.flags[-1] = loss.flag(steps, mark, label, x)
        clear.add(mark)
    _add_rates(loss, rated)
    for lane in every:
        if lane.racer.hovers and _is_seen_hovering(loss, lane):
            value = figure(settled_number(losses_of(lane.racer)[-1]))
            label = lane.look.math(f"{loss.name} = {value}", TYPE.tick, lane.role)
            places_on = lane.curve.points[:, :2]
            right = places_on[places_on[:, 0] >= np.quantile(places_on[:, 0], 0.85)]
            anchors = right[:: max(1, len(right) // 8)][::-1]
            end = places_on[np.argmax(places_on[:, 0])]
            mark = marker(lane.look, end, lane.role, lane.kind, hollow=lane.hollow)
            clear.add(mark)
            place_near(label, anchors, clear, ("above", "below"), GAPS)
            lane.flags[-1] = VGroup(label, mark)
    for lane in every:
        lane.head.set(0.0)


def _is_seen_hovering(loss: LossPlot, lane: Lane | RateSweep) -> bool:
    """Whether the curve of a run that hovers is at its last value where the plot ends."""
    losses, last = losses_of(lane.racer), round(loss.plot.window.right)
    if last >= len(losses) or not len(lane.curve.points):
        return False
    there = float(lane.curve.points[:, 0].max())
    return there > loss.inner.right - 0.05 and abs(losses[last] - losses[-1]) < 0.2 * losses[-1]


def _add_rates(loss: LossPlot, rated: Sequence[Lane | RateSweep]) -> None:
    """Put the rates of runs that are compared below their numbers, if all of them have one."""
    flags = [lane.flags[-1] for lane in rated]
    if not all(flag and any(isinstance(part, Lettering) for part in flag) for flag in flags):
        return
    words = [
        lane.look.text(f"rate {lane.racer.rate_text}", size=TYPE.tick, role=lane.role)
        for lane in rated
    ]
    order = sorted(range(len(rated)), key=lambda at: rated[at].racer.steps or 0)
    inner = loss.inner
    places = spread_out(
        [float(loss.at_level(rated[at].racer.steps or 0)[0]) for at in order],
        [words[at].advance / 2 for at in order],
        inner.left,
        inner.right + BESIDE,
    )
    for at, x in zip(order, places, strict=True):
        flag = flags[at]
        if flag is not None:
            number = next(part for part in flag if isinstance(part, Lettering))
            # After the number, which `_rate_of` takes as given.
            flag.add(words[at].place(x, number.origin[1] - 1.15 * words[at].em, "center"))
