"""What a race shows of one run: its path and its loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeOut, VMobject

from scenes.backstage.racer import CYCLE, Racer
from scenes.color import contrast, mix
from scenes.look import Look
from scenes.parts.dashing import PATTERNS
from scenes.parts.legend import Item
from scenes.parts.lettering import Lettering
from scenes.parts.loss import LossPlot
from scenes.parts.loss_curve import HUSHED, LossCurve, LossSweep
from scenes.parts.path import Path
from scenes.parts.plot import Plot
from scenes.parts.strokes import set_arrow, shape
from scenes.playhead import Playhead
from scenes.theme import GRAPHIC_CONTRAST, STROKE, TEXT_CONTRAST, stroke_width

TINY = 0.6
"""Jumps of less than so many units are shown through a lens."""

GREY = 0.5
"""So far towards the grey of axes a run fades that is not talked about."""

LIFT, FADED = 1.2, 0.85
"""So far above the least contrast it stays, for thin lines look fainter than they are, unless that
is more than such a part of its own contrast: then it would not fade."""

AIR, HEAD = 0.14, 1.5
"""Between an arrow and the numbers that it joins, in units, and its head, in % of the frame's
shorter side: it is no step."""


def losses_of(racer: Racer) -> list[float]:
    """Return how far above the floor a run is at every step, from the start on."""
    return [value - racer.floor.value for value in racer.trace.values]


class Lane:
    """One run of a race on the plane and on the loss axis, with a playhead of its own.

    Attributes
    ----------
    path, curve
        The parts that follow `head`.
    mark, told
        Marker where the run arrived and the number of steps below it, or where it hovers and the
        value there; None for neither. `race_flags` makes them.
    told_at_first
        The number where it stands while the axis is shorter, or None.
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
        self.role, self.quiet = _role(index), False
        self.kind, self.hollow = index, False
        # It ends, on the plane as on the loss axis, at the step that is its result.
        self.end = min(last, len(racer.trace.steps) if racer.steps is None else racer.steps)
        self.magnified = _tiny(plane, racer)
        self.on_plane = True
        # Solid, for dashes would be noise between the dots of a path: runs differ by their markers.
        self.curve: LossCurve = LossCurve(look, loss, losses_of(racer), self.role)
        self.width = self.curve.get_stroke_width()
        points = racer.trace.points[: self.end + 1]
        self.path = Path(look, plane, points, self.role, kind=index)
        # Where it arrives it lies over the minimum's ring.
        self.path.walker.set_z_index(1)
        self.head = Playhead()
        self.head.drive(self.path, self.curve)
        self.mark: VMobject | None = None
        self.told: Lettering | None = None
        self.told_at_first: Lettering | None = None
        self.item = _item(self)

    @property
    def told_on_arrival(self) -> Lettering | None:
        """What is told as soon as it has run."""
        return self.told_at_first or self.told

    @property
    def is_seen(self) -> bool:
        """Whether it has run, and its path is there."""
        return self.on_plane and self.head.position > 0

    @property
    def on_loss(self) -> list[VMobject]:
        """Its curve, and its mark if it has one."""
        return [self.curve, *([self.mark] if self.mark else [])]

    def hush(self) -> list[Any]:
        """Return the animations that let the run step back: it fades, and its lines are thinner."""
        self.quiet = True
        path, shade = self.path, faded(self.look, self.role)[0]
        thin = HUSHED * self.curve.get_stroke_width()
        return [
            self.curve.animate.set_stroke(shade, thin),
            *([self.mark.animate.set_fill(shade)] if self.mark else []),
            *([path.chords.animate.set_stroke(shade)] if self.on_plane else []),
            *([path.marks.animate.set_fill(opacity=0)] if self.on_plane else []),
            # At the minimum the ends of all runs would lie on top of each other.
            *([path.walker.animate.set_fill(opacity=0)] if self.on_plane else []),
        ]

    def rouse(self) -> list[Any]:
        """Return the animations that let the run's loss step forward again."""
        self.quiet, own = False, self.look.color(self.role)
        marks = [self.mark.animate.set_fill(own)] if self.mark else []
        return [self.curve.animate.set_stroke(own, self.width), *marks]

    def restore(self) -> None:
        """Give the run's loss back its colour and width, while it is not seen."""
        self.quiet, own = False, self.look.color(self.role)
        self.curve.set_stroke(own, self.width)
        if self.mark:
            self.mark.set_fill(own)

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

    Attributes
    ----------
    curve, head
        The loss, and its playhead, which goes to `end`.
    """

    def __init__(self, look: Look, loss: LossPlot, racers: Sequence[Racer], origin: Lane) -> None:
        self.look, self.origin, self.racer, self.role = look, origin, racers[-1], origin.role
        # The same hue and shape, for it is the same method; hollow and dashed, for another run.
        self.kind, self.hollow = origin.kind, True
        runs = [losses_of(racer) for racer in racers]
        self.curve = LossSweep(look, loss, runs, self.role, PATTERNS[1])
        self.head = Playhead()
        self.head.drive(self.curve)
        self.end = len(racers) - 1
        self.mark: VMobject | None = None
        self.told: Lettering | None = None
        self.item = _item(self)

    @property
    def told_on_arrival(self) -> Lettering | None:
        """What is told as soon as it is there."""
        return self.told

    def arrow(self) -> VMobject | None:
        """Return an arrow from the old number of steps to the new one, or None without room."""
        old, new = self.origin.told, self.told
        if old is None or new is None or None in (self.origin.racer.steps, self.racer.steps):
            return None
        ends = (
            (old.box.left - AIR, new.box.right + AIR)
            if new.origin[0] < old.origin[0]
            else (old.box.right + AIR, new.box.left - AIR)
        )
        if abs(ends[1] - ends[0]) < 2 * AIR or (ends[1] > ends[0]) != (new.origin > old.origin):
            return None
        start, end = (
            (x, told.origin[1] + 0.33 * told.em) for x, told in zip(ends, (old, new), strict=True)
        )
        return set_arrow(shape(self.look, role=self.role), start, end, STROKE.axis, HEAD)


def faded(look: Look, role: str) -> tuple[str, str]:
    """Return the colours of a run that has stepped back: of graphics, and of type to be read."""
    return _dim(look, role, "axis", GRAPHIC_CONTRAST), _dim(look, role, "muted", TEXT_CONTRAST)


def _dim(look: Look, role: str, grey: str, floor: float) -> str:
    """Return a colour nearer to a grey and to the background, but of a least contrast."""
    own, theme = look.color(role), look.theme
    floor = min(LIFT * floor, max(floor, FADED * contrast(own, theme.background)))
    # Greyer, too: of a colour that is dark already nothing else is left to fade. Halfway between
    # two colours that are bright enough may lie one that is not.
    shades = [mix(own, look.color(grey), part) for part in np.linspace(GREY, 0.0, 11)]
    bright = (shade for shade in shades if contrast(shade, theme.background) >= floor)
    return theme.blend(next(bright, own), 1.0, floor=floor)


def _role(index: int) -> str:
    return f"series_{index + 1}"


def _item(run: Lane | RateSweep) -> Item:
    racer, curve = run.racer, run.curve
    return Item(
        racer.full_title,
        racer.rate_text,
        racer.count_text,
        run.role,
        racer.extras_in_brief,
        curve.pattern,
        curve.get_stroke_width() / stroke_width(1.0),
        run.kind,
        run.hollow,
        racer.title,
    )


def _tiny(plane: Plot, racer: Racer) -> bool:
    """Whether a run jumps for ever so little that it cannot be seen without a lens."""
    if not racer.hovers:
        return False
    ending = np.array([plane.at(*point) for point in racer.trace.points[-CYCLE:]])
    seen = plane.shows(*racer.trace.points[-1])
    return seen and float(np.ptp(ending, axis=0).max()) <= TINY
