"""What a race shows of one run: its path and its loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeOut, VGroup, VMobject

from scenes.backstage.racer import CYCLE, Racer
from scenes.color import mix
from scenes.look import Look
from scenes.parts.dashing import PATTERNS
from scenes.parts.legend import Item
from scenes.parts.lettering import Lettering
from scenes.parts.loss import LossCurve, LossPlot, LossSweep
from scenes.parts.path import Path
from scenes.parts.plot import Plot
from scenes.parts.strokes import set_arrow, shape
from scenes.playhead import Playhead
from scenes.theme import stroke_width

TINY = 0.6
"""Jumps of less than so many units are shown through a lens."""

GREY = 0.5
"""So far towards the grey of axes a run fades that is not talked about."""


def losses_of(racer: Racer) -> list[float]:
    """Return how far above the floor a run is at every step, from the start on."""
    return [value - racer.floor.value for value in racer.trace.values]


class Lane:
    """One run of a race on the plane and on the loss axis, with a playhead of its own.

    Attributes
    ----------
    path, curve
        The parts that follow `head`.
    flags
        For each room of the loss, marker and number where the run arrived, or the value at which it
        hovers; None for neither. `race_flags` makes them.
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
        self.curve: LossCurve = LossCurve(look, loss, losses_of(racer), self.role)
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
            # At the minimum the ends of all runs would lie on top of each other.
            *([path.walker.animate.set_fill(opacity=0)] if self.on_plane else []),
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
        runs = [losses_of(racer) for racer in racers]
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
        racer.full_title,
        racer.settings,
        racer.count_text,
        run.role,
        curve.pattern,
        curve.get_stroke_width() / stroke_width(1.0),
        run.kind,
        run.hollow,
        (short, rate),
        racer.title,
    )


def _tiny(plane: Plot, racer: Racer) -> bool:
    """Whether a run jumps for ever so little that it cannot be seen without a lens."""
    if not racer.hovers:
        return False
    ending = np.array([plane.at(*point) for point in racer.trace.points[-CYCLE:]])
    seen = plane.shows(*racer.trace.points[-1])
    return seen and float(np.ptp(ending, axis=0).max()) <= TINY
