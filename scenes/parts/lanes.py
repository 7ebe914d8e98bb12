"""What a race shows of one run: its path, its loss, and where it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.dashing import PATTERNS
from scenes.parts.legend import Item
from scenes.parts.loss import LossCurve, LossPlot, LossSweep
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.playhead import Playhead
from scenes.racer import Racer, settled_number
from scenes.racing import Race
from scenes.theme import TYPE

QUIET = 0.75
"""How far a run that is not talked about fades towards the background."""

GAPS = (0.08, 0.13, 0.2, 0.3, 0.45)
"""Distances of a value from its curve, in units."""


def _losses(racer: Racer) -> list[float]:
    return [value - racer.floor.value for value in racer.trace.values]


class Lane:
    """One run of a race on the plane and on the loss axis, with a playhead of its own.

    Attributes
    ----------
    path, curve
        The parts that follow `head`.
    flag
        Dot and number where the run arrived, or the value at which it hovers; None for neither.
        `place_flags` makes it.
    item
        What the legend says.
    quiet
        Whether the run has stepped back.
    """

    def __init__(
        self, look: Look, plane: Plot, loss: LossPlot, racer: Racer, index: int, last: int
    ) -> None:
        self.look, self.racer, self.index = look, racer, index
        self.role, self.quiet = f"series_{index + 1}", False
        self.pattern: Sequence[float] = PATTERNS[index % len(PATTERNS)]
        self.end = min(last, len(racer.trace.steps))
        self.path = Path(look, plane, racer.trace.points[: last + 1], self.role)
        self.curve: LossCurve = LossCurve(look, loss, _losses(racer), self.role, self.pattern)
        self.head = Playhead()
        self.head.drive(self.path, self.curve)
        self.flag: VGroup | None = None
        self.item = Item(racer.title, racer.settings, racer.count_text, self.role, self.pattern)

    @property
    def movers(self) -> tuple[Any, ...]:
        """The parts that follow the playhead."""
        return self.path, self.curve

    def fade(self, amount: float) -> list[Any]:
        """Return the animations that let the run step back (1) or forward again (0)."""
        self.quiet = amount > 0
        color = self.look.theme.blend(self.role, QUIET * amount)
        return [part.animate.set_color(color) for part in self.movers]


class RateSweep:
    """The loss curve of one run on its way to where another rate puts it.

    Parameters
    ----------
    look, loss
        The look, and where to draw.
    racers
        The run, runs at rates between, and the run at the other rate.
    origin
        The lane of the first of them.
    """

    def __init__(self, look: Look, loss: LossPlot, racers: Sequence[Racer], origin: Lane) -> None:
        self.look, self.origin, self.racer, self.role = look, origin, racers[-1], origin.role
        # The same hue, for it is the same method; another dash, for it is another run.
        self.pattern = PATTERNS[0] if origin.pattern else PATTERNS[2]
        self.last = len(racers) - 1
        runs = [_losses(racer) for racer in racers]
        self.curve = LossSweep(look, loss, runs, self.role, self.pattern)
        self.head = Playhead()
        self.head.drive(self.curve)
        self.end = self.last
        self.flag: VGroup | None = None
        racer = self.racer
        name = f"{racer.title} again"
        self.item = Item(name, racer.settings, racer.count_text, self.role, self.pattern)


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
    _place_flags(loss, [*lanes, *([sweep] if sweep else [])])
    return lanes, sweep


def _place_flags(loss: LossPlot, lanes: Sequence[Lane | RateSweep]) -> None:
    """Give every lane its flag: a number below the finishing line, or a value beside the curve."""
    clear = Obstacles(loss.inner)
    clear.add(loss)
    for lane in lanes:
        lane.head.set(lane.end)
        clear.add(lane.curve)
    arrived = [
        (lane, steps)
        for lane in lanes
        for steps in (lane.racer.steps,)
        if steps and steps <= loss.plot.window.right
    ]
    labels = [lane.look.math(str(steps), TYPE.tick, lane.role) for lane, steps in arrived]
    places = loss.numbers([steps for _, steps in arrived], [label.advance for label in labels])
    for (lane, steps), label, x in zip(arrived, labels, places, strict=True):
        lane.flag = VGroup(loss.flag(steps, lane.role))
        if x is not None:
            lane.flag.add(label.place(x, loss.level - 0.12, "center", "top"))
    for lane in lanes:
        if lane.racer.hovers and len(lane.curve.points):
            value = figure(settled_number(_losses(lane.racer)[-1]))
            label = lane.look.math(value, TYPE.tick, lane.role)
            places_on = lane.curve.points[:, :2]
            right = places_on[places_on[:, 0] >= np.quantile(places_on[:, 0], 0.85)]
            anchors = right[:: max(1, len(right) // 8)][::-1]
            place_near(label, anchors, clear, ("above", "below"), GAPS)
            lane.flag = VGroup(label)
    for lane in lanes:
        lane.head.set(0.0)
