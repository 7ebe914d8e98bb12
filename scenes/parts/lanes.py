"""What a race shows of one run: its path, its loss, and where it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeOut, VGroup, VMobject

from scenes.backstage.racer import CYCLE, Racer, settled_number
from scenes.backstage.racing import Race
from scenes.color import mix
from scenes.look import Look
from scenes.parts.dashing import PATTERNS
from scenes.parts.legend import Item
from scenes.parts.lettering import Lettering
from scenes.parts.loss import LossCurve, LossPlot, LossSweep
from scenes.parts.markers import marker
from scenes.parts.path import Path
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE, spread_out
from scenes.parts.strokes import set_arrow, shape
from scenes.playhead import Playhead
from scenes.theme import TYPE, stroke_width

TINY = 0.6
"""Jumps of less than so many units are shown through a lens."""

GREY = 0.5
"""So far towards the grey of axes a run fades that is not talked about."""

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
        For each room of the loss, marker and number where the run arrived, or the value at which it
        hovers; None for neither. `lanes_of` makes them.
    item
        What the legend says.
    quiet
        Whether the run has stepped back.
    magnified
        Whether it ends in jumps that need a lens.
    on_plane
        Whether its path has not been taken away.
    """

    def __init__(
        self,
        look: Look,
        plane: Plot,
        loss: LossPlot,
        racer: Racer,
        index: int,
        last: int,
    ) -> None:
        self.look, self.racer, self.index = look, racer, index
        self.role, self.quiet = f"series_{index + 1}", False
        self.kind, self.hollow = index, False
        # It ends, on the plane as on the loss axis, at the step that is its result.
        self.end = min(last, len(racer.trace.steps) if racer.steps is None else racer.steps)
        self.magnified = _tiny(plane, racer)
        self.on_plane = True
        # Solid, for dashes would be noise between the dots of a path: runs differ by their markers.
        self.curve: LossCurve = LossCurve(look, loss, _losses(racer), self.role)
        points = racer.trace.points[: self.end + 1]
        self.path = Path(look, plane, points, self.role, kind=index)
        self.head = Playhead()
        self.head.drive(self.path, self.curve)
        self.flags: list[VGroup | None] = []
        self.item = _item(self)

    def hush(self, room: int) -> list[Any]:
        """Return the animations that let the run step back: its colour fades.

        `room` is the room of the loss in which its flag stands now.
        """
        self.quiet = True
        path, (shade, pale) = self.path, self._shades()
        flag = self.flags[room] if room < len(self.flags) else None
        return [
            self.curve.animate.set_stroke(shade),
            *([path.chords.animate.set_stroke(shade)] if self.on_plane else []),
            *([path.marks.animate.set_fill(opacity=0)] if self.on_plane else []),
            *([path.walker.animate.set_fill(shade)] if self.on_plane else []),
            *(tinted(part.animate, part, shade, pale) for part in flag or ()),
        ]

    def rouse(self) -> list[Any]:
        """Return the animation that lets the run's loss step forward again."""
        self.quiet = False
        return [self.curve.animate.set_stroke(self.look.color(self.role))]

    def flag(self, room: int) -> VGroup | None:
        """Return the flag in a room of the loss, in the colours of the run as it is now."""
        flag = self.flags[room]
        for part in flag or ():
            tinted(part, part, *self._shades())
        return flag

    def _shades(self) -> tuple[str, str]:
        """Return the colours of graphics and of type, which has to be read."""
        theme, own = self.look.theme, self.look.color(self.role)
        if not self.quiet:
            return own, own
        # Greyer, too: of a colour that is dark already nothing else is left to fade.
        grey = mix(own, theme.color("axis"), GREY)
        return theme.blend(grey, 1.0), theme.blend(grey, 1.0, floor=4.5)

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
        # The same hue and shape, for it is the same method; hollow and dashed, for another run.
        self.kind, self.hollow = origin.kind, True
        self.last = len(racers) - 1
        runs = [_losses(racer) for racer in racers]
        self.curve = LossSweep(look, loss, runs, self.role, PATTERNS[1])
        self.head = Playhead()
        self.head.drive(self.curve)
        self.end = self.last
        self.flags: list[VGroup | None] = []
        self.item = _item(self)

    def flag(self, room: int) -> VGroup | None:
        """Return the flag in a room of the loss."""
        return self.flags[room]

    def arrow(self) -> VMobject | None:
        """Return an arrow from the old rate to the new one, or None without room for it."""
        rates = [_rate_of(lane.flags[1]) for lane in (self.origin, self)]
        old, new = rates
        if old is None or new is None:
            return None
        sign = 1 if new.box.left > old.box.left else -1
        start, end = (
            (old.box.right + 0.15, new.box.left - 0.15)
            if sign > 0
            else (old.box.left - 0.15, new.box.right + 0.15)
        )
        if (end - start) * sign < 0.25:
            return None
        height = old.origin[1] + 0.22 * old.em
        return set_arrow(shape(self.look, role=self.role), (start, height), (end, height))


def _rate_of(flag: VGroup | None) -> Lettering | None:
    """Return the rate below the number of a flag, if it has one."""
    words = [part for part in flag or () if isinstance(part, Lettering)]
    return words[1] if len(words) > 1 else None


def tinted(target: Any, part: VMobject, shade: str, pale: str) -> Any:
    """Give a part of a flag, or its animation, the colours of graphics and of type."""
    if isinstance(part, Lettering):
        return target.set_fill(pale)
    return target.set_stroke(shade) if part.get_stroke_width() else target.set_fill(shade)


def _item(run: Lane | RateSweep) -> Item:
    racer, curve = run.racer, run.curve
    rate = f"rate {racer.rate_text}"
    short = ", ".join(filter(None, (rate, racer.extras)))
    return Item(
        racer.title,
        racer.settings,
        racer.count_text,
        run.role,
        curve.pattern,
        curve.get_stroke_width() / stroke_width(1.0),
        run.kind,
        run.hollow,
        (short, rate),
    )


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


def _tiny(plane: Plot, racer: Racer) -> bool:
    """Whether a run jumps for ever so little that it cannot be seen without a lens."""
    if not racer.hovers:
        return False
    ending = np.array([plane.at(*point) for point in racer.trace.points[-CYCLE:]])
    seen = plane.shows(*racer.trace.points[-1])
    return seen and float(np.ptp(ending, axis=0).max()) <= TINY


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
            value = figure(settled_number(_losses(lane.racer)[-1]))
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
    losses, last = _losses(lane.racer), round(loss.plot.window.right)
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
