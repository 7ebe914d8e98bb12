"""What a race shows of one run: its path, its loss, and where it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeOut, VGroup, VMobject

from scenes.backstage.racer import CYCLE, Racer, settled_number
from scenes.backstage.racing import Race
from scenes.look import Look
from scenes.parts.dashing import PATTERNS
from scenes.parts.legend import Item
from scenes.parts.lettering import Lettering
from scenes.parts.loss import LossCurve, LossPlot, LossSweep
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import set_arrow, shape
from scenes.playhead import Playhead
from scenes.theme import STROKE, TYPE, stroke_width

TINY = 0.6
"""Jumps of less than so many units are shown through a lens."""

QUIET = 0.55
"""A run that is not talked about has lines of this part of their width."""

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
    flags
        For each room of the loss, dot and number where the run arrived, or the value at which it
        hovers; None for neither. `lanes_of` makes them.
    item
        What the legend says.
    quiet
        Whether the run has stepped back.
    magnified
        Whether it ends in jumps that need a lens; then its path is drawn on the plane beside that.
    on_plane
        Whether its path has not been taken away.
    """

    def __init__(
        self,
        look: Look,
        planes: tuple[Plot, Plot],
        loss: LossPlot,
        racer: Racer,
        index: int,
        last: int,
    ) -> None:
        self.look, self.racer, self.index = look, racer, index
        self.role, self.quiet = f"series_{index + 1}", False
        self.pattern: Sequence[float] = PATTERNS[index % len(PATTERNS)]
        self.end = min(last, len(racer.trace.steps))
        self.magnified = _tiny(planes[1], racer)
        self.on_plane = True
        self.curve: LossCurve = LossCurve(look, loss, _losses(racer), self.role, self.pattern)
        # Solid: between dots, dashes would be noise, and the path has its name beside it.
        self.path = Path(
            look, planes[int(self.magnified)], racer.trace.points[: last + 1], self.role
        )
        self.head = Playhead()
        self.head.drive(self.path, self.curve)
        self.flags: list[VGroup | None] = []
        self.item = _item(racer, self.role, self.curve)

    def hush(self) -> list[Any]:
        """Return the animations that let the run step back: pale thin lines, and no dots."""
        self.quiet = True
        color = self.look.theme.blend(self.role, 1.0)
        path = self.path
        lines = (path.chords, self.curve) if self.on_plane else (self.curve,)
        return [
            *(part.animate.set_stroke(color, QUIET * part.get_stroke_width()) for part in lines),
            *(part.animate.set_fill(opacity=0) for part in path.submobjects[1:] if self.on_plane),
        ]

    def rouse(self) -> list[Any]:
        """Return the animation that lets the run's loss step forward again."""
        width = self.curve.get_stroke_width() / (QUIET if self.quiet else 1.0)
        self.quiet = False
        return [self.curve.animate.set_stroke(self.look.color(self.role), width)]

    def leave_plane(self) -> FadeOut:
        """Return the animation that takes the path away; from then on only the loss is driven."""
        self.head.release(self.path)
        self.on_plane = False
        return FadeOut(self.path)


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
        spare = [pattern for pattern in PATTERNS if pattern and pattern != origin.pattern]
        self.pattern = spare[-1]
        self.last = len(racers) - 1
        runs = [_losses(racer) for racer in racers]
        self.curve = LossSweep(look, loss, runs, self.role, self.pattern)
        self.head = Playhead()
        self.head.drive(self.curve)
        self.end = self.last
        self.flags: list[VGroup | None] = []
        self.item = _item(self.racer, self.role, self.curve)

    def arrow(self, loss: LossPlot) -> VMobject | None:
        """Return an arrow from the old result to the new one, or None without room for it."""
        flags = [lane.flags[1] for lane in (self.origin, self)]
        labels = [part for flag in flags if flag for part in flag if isinstance(part, Lettering)]
        if len(labels) < 2:
            return None
        old, new = (label.box for label in labels)
        start, end = (
            (old.left - 0.15, new.right + 0.15)
            if new.left < old.left
            else (old.right + 0.15, new.left - 0.15)
        )
        if (end - start) * (new.left - old.left) <= 0 or abs(end - start) < 0.25:
            return None
        arrow = shape(self.look, role=self.role)
        return set_arrow(arrow, (start, old.center[1]), (end, old.center[1]), STROKE.curve, 2.4)


def _item(racer: Racer, role: str, curve: LossCurve) -> Item:
    width = curve.get_stroke_width() / stroke_width(1.0)
    return Item(racer.title, racer.settings, racer.count_text, role, curve.pattern, width)


def lanes_of(
    look: Look, planes: tuple[Plot, Plot], loss: LossPlot, race: Race
) -> tuple[list[Lane], RateSweep | None]:
    """Return a lane for every run of a race, and the one that is repeated, all with their flags.

    The second plane is the one beside a lens.
    """
    lanes = [
        Lane(look, planes, loss, racer, index, race.last) for index, racer in enumerate(race.racers)
    ]
    sweep = None
    if race.again:
        sweep = RateSweep(look, loss, race.again, lanes[race.racers.index(race.again[0])])
    every: list[Lane | RateSweep] = [*lanes, *([sweep] if sweep else [])]
    for room in range(len(loss.plot.windows)):
        loss.show(room)
        # Where the rate is changed, only the two runs that differ in it are talked about.
        told: list[Lane | RateSweep] = [sweep.origin, sweep] if sweep and room == 1 else every
        for lane in every:
            lane.flags.append(None)
        _place_flags(loss, told, every, rates=room == 1, values=room < 2)
    loss.show(0)
    return lanes, sweep


def _tiny(plane: Plot, racer: Racer) -> bool:
    """Whether a run jumps for ever so little that it cannot be seen without a lens."""
    if not racer.hovers:
        return False
    ending = np.array([plane.at(*point) for point in racer.trace.points[-CYCLE:]])
    seen = plane.shows(*racer.trace.points[-1])
    return seen and float(np.ptp(ending, axis=0).max()) <= TINY


def _place_flags(
    loss: LossPlot,
    told: Sequence[Lane | RateSweep],
    every: Sequence[Lane | RateSweep],
    *,
    rates: bool,
    values: bool,
) -> None:
    """Give lanes their flags: a dot and a number below the line, or a value beside the curve.

    Parameters
    ----------
    loss
        Where the flags stand.
    told, every
        Who gets one, and whose curves are in the way of values.
    rates
        Whether the numbers come with the rates.
    values
        Whether there is type at all, not only dots.
    """
    clear = Obstacles(loss.inner)
    clear.add(loss)
    for lane in every:
        lane.head.set(lane.end)
        clear.add(lane.curve)
    arrived = [
        (lane, steps)
        for lane in told
        for steps in (lane.racer.steps,)
        if steps and steps <= loss.plot.window.right
    ]
    labels = [
        lane.look.text(
            f"{steps} at rate {lane.racer.rate_text}" if rates else str(steps),
            size=TYPE.tick,
            role=lane.role,
        )
        for lane, steps in arrived
    ]
    places = loss.numbers([steps for _, steps in arrived], [label.advance for label in labels])
    for (lane, steps), label, x in zip(arrived, labels, places, strict=True):
        lane.flags[-1] = loss.flag(steps, label, x if values else None)
    for lane in told:
        if values and lane.racer.hovers and len(lane.curve.points):
            value = figure(settled_number(_losses(lane.racer)[-1]))
            label = lane.look.math(f"{loss.name} = {value}", TYPE.tick, lane.role)
            places_on = lane.curve.points[:, :2]
            right = places_on[places_on[:, 0] >= np.quantile(places_on[:, 0], 0.85)]
            anchors = right[:: max(1, len(right) // 8)][::-1]
            place_near(label, anchors, clear, ("above", "below"), GAPS)
            lane.flags[-1] = VGroup(label)
    for lane in every:
        lane.head.set(0.0)
