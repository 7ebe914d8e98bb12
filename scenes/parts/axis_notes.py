"""Places that are told at the x-axis, and the numbers of the axis, which make room for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE, spread_out
from scenes.parts.strokes import dashes, line, set_lines
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE, units

AIR = 0.13
"""Between a number of the axis and one that is told at least, in units."""

APART = 0.15
"""A mark of the axis whose number has gone is no nearer to one that is told, in units."""


@dataclass(frozen=True)
class Note:
    """A place at the x-axis.

    Attributes
    ----------
    x, written, role
        The place, its number as it is written, and the colour.
    value
        The height from which a dotted line leads down to it, or None for no line.
    """

    x: float
    written: str
    role: str
    value: float | None = None


class AxisNotes(VGroup):
    """What is told at the x-axis in each part of a lesson, as a function of a dial.

    At 0 the first part is shown, at 1 the second; what both of them tell stays in between. The
    numbers of the axis, which this takes over from the plot, are there where they have room; their
    marks stay, but for those that would touch one that is told. A place whose number would stand
    under another mark than its own has none.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    parts
        The places that are told in each part, by the part's name; those outside the window are left
        out.
    """

    def __init__(self, look: Look, plot: Plot, parts: Mapping[str, Sequence[Note]]) -> None:
        super().__init__()
        self.plot, self.position, self.names = plot, 0.0, list(parts)
        window = plot.window
        self.parts = [
            # Two places whose numbers read the same need one.
            list({note.written: note for note in reversed(part) if _shows(window, note)}.values())
            for part in parts.values()
        ]
        self.numbers, self.marks = plot.hand_over()
        self.drawn = {
            note: VGroup(
                look.math(figure(note.written), TYPE.tick, note.role),
                line(look, role=note.role),
                line(look, role="muted"),
            )
            for note in dict.fromkeys(note for part in self.parts for note in part)
        }
        self.add(self.marks, self.numbers, *self.drawn.values())
        self._middles = [self._spread(part) for part in self.parts]
        self._free: list[list[bool]] = []
        self._bare: list[list[bool]] = []
        for index, part in enumerate(self.parts):
            self.show(float(index))
            told = [self.drawn[note][0] for note in part]
            self._free.append([has_room(label, told) for label in self.numbers])
            self._bare.append([self._is_bare(x, part) for x in plot.x_ticks])
        self.show(0.0)

    def at(self, name: str) -> float:
        """Return the position of a part."""
        return float(self.names.index(name))

    def _is_bare(self, x: float, part: Sequence[Note]) -> bool:
        """Whether what is told leaves a mark of the axis where it is."""
        return all(abs(self.plot.x(note.x) - self.plot.x(x)) > APART for note in part)

    def _spread(self, part: Sequence[Note]) -> dict[Note, float]:
        """Return where the numbers of a part stand: those that stay nearest to their own marks."""
        inner, order = self.plot.inner, sorted(part, key=lambda note: note.x)
        marks = [self.plot.x(x) for x in (*self.plot.x_ticks, *(note.x for note in part))]
        while True:
            own = [self.plot.x(note.x) for note in order]
            halves = [self.drawn[note][0].advance / 2 for note in order]
            free = spread_out(own, halves, inner.left - BESIDE, inner.right + BESIDE)
            moved = [abs(place - middle) for place, middle in zip(own, free, strict=True)]
            strays = [
                index
                for index, middle in enumerate(free)
                if any(abs(mark - middle) < moved[index] - 1e-6 for mark in marks)
            ]
            if not strays:
                return dict(zip(order, free, strict=True))
            order.pop(max(strays, key=lambda index: moved[index]))

    def show(self, position: float) -> None:
        """Show what is told at a position of the dial."""
        self.position = position
        index = min(int(position), len(self.parts) - 1)
        after, part = min(index + 1, len(self.parts) - 1), position - index
        level = self.plot.inner.bottom - TICK - 0.08 - 0.66 * units(TYPE.tick)
        for note, (words, mark, guide) in self.drawn.items():
            ends = [note in self.parts[at] for at in (index, after)]
            middles = [self._middles[at].get(note) for at in (index, after)]
            first, last = (x if x is not None else middles[1 - at] for at, x in enumerate(middles))
            strength = ends[0] + (ends[1] - ends[0]) * part
            if first is not None and last is not None:
                words.place(first + (last - first) * part, level, "center")
            written = [float(note in self._middles[at]) for at in (index, after)]
            let_be(words, strength and written[0] + (written[1] - written[0]) * part)
            foot = self.plot.on_axis(note.x)
            set_lines(mark, [[foot, foot - np.array([0.0, TICK])]] if strength else [])
            set_lines(guide, self._guide(note) if strength else [])
            for drawn in (mark, guide):
                drawn.set_stroke(opacity=strength)
        for at, label in enumerate(self.numbers):
            free = [float(self._free[k][at]) if self._free[k:] else 1.0 for k in (index, after)]
            let_be(label, free[0] + (free[1] - free[0]) * part)
            bare = [float(self._bare[k][at]) if self._bare[k:] else 1.0 for k in (index, after)]
            self.marks[at].set_stroke(opacity=bare[0] + (bare[1] - bare[0]) * part)

    def _guide(self, note: Note) -> list[np.ndarray]:
        """Return the dashes of the line that leads down to a place."""
        if note.value is None or not np.isfinite(note.value):
            return []
        foot, top = self.plot.on_axis(note.x), min(self.plot.y(note.value), self.plot.inner.top)
        # It stops short of the point, which may be a ring that one can see through.
        high = top - 0.62 * units(STROKE.point)
        return dashes(foot, (foot[0], high)) if high > foot[1] else []


def _shows(window: Window, note: Note) -> bool:
    return window.left <= note.x <= window.right


def has_room(label: Lettering, told: Iterable[Lettering]) -> bool:
    """Return whether a number of the axis stands free of what is told beside it."""
    box = label.box.inset(left=-AIR, right=-AIR)
    return not any(_is_there(other) and box.meets(other.box) for other in told)


def _is_there(words: Lettering) -> bool:
    return any(len(run.points) for run in words.submobjects)


def let_be(label: Lettering, strength: float) -> None:
    """Let type be there in part; what is not there at all has no outline either."""
    label.place(*label.origin)
    label.set_fill(opacity=strength)
    if strength <= 0:
        for run in label.submobjects:
            run.points = run.points[:0]
