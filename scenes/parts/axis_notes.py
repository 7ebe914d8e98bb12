"""Places that are told at the x-axis, and the numbers of the axis, which make room for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE, CLOSE, in_place
from scenes.parts.strokes import dashes, line, set_lines
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE, units

MINUS = 0.4
"""So far from the number before it a negative one stands: nearer, both read as a subtraction."""

AIR = 0.13
"""Between a number of the axis and one that is told at least, in units."""


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
    numbers of the axis, which this takes over from the plot, are there with their marks where they
    have room. A place whose number cannot stand at its own mark has none, nor has the less
    important of two that would read as a subtraction.

    Parameters
    ----------
    look, plot
        The look, and the plot.
    parts
        The places that are told in each part, the most important first, by the part's name; those
        outside the window are left out.
    air
        Between a number of the axis and one that is told at least, in units.
    """

    def __init__(
        self, look: Look, plot: Plot, parts: Mapping[str, Sequence[Note]], air: float = AIR
    ) -> None:
        super().__init__()
        self.plot, self.position, self.names = plot, 0.0, list(parts)
        window = plot.window
        self.parts = [
            _unlike(note for note in part if _shows(window, note)) for part in parts.values()
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
        self._middles = [self._places(part) for part in self.parts]
        self._free: list[list[bool]] = []
        for index, part in enumerate(self.parts):
            self.show(float(index))
            told = [self.drawn[note][0] for note in part]
            self._free.append([has_room(label, told, air) for label in self.numbers])
        self.show(0.0)

    def at(self, name: str) -> float:
        """Return the position of a part."""
        return float(self.names.index(name))

    def writes(self, name: str, written: str) -> bool:
        """Whether a number that is told has room in a part."""
        return any(note.written == written for note in self._middles[self.names.index(name)])

    def writes_all(self, name: str) -> bool:
        """Whether all numbers that are told in a part have room."""
        index = self.names.index(name)
        return len(self._middles[index]) == len(self.parts[index])

    def _places(self, part: Sequence[Note]) -> dict[Note, float]:
        """Return where the numbers of a part stand."""
        inner = self.plot.inner
        halves = {note: self.drawn[note][0].advance / 2 for note in part}

        def stand(close: float) -> dict[Note, float]:
            there = in_place(
                [self.plot.x(note.x) for note in part],
                list(halves.values()),
                inner.left - BESIDE,
                inner.right + BESIDE,
                close=close,
            )
            return {part[at]: middle for at, middle in there.items()}

        places = stand(CLOSE)
        for note, after in itertools.pairwise(sorted(places, key=places.__getitem__)):
            gap = places[after] - halves[after] - places[note] - halves[note]
            if after.x < 0 and gap < MINUS:
                apart = stand(MINUS)
                if len(apart) == len(places):
                    return apart
                # One of them less, there is more room.
                less = max(note, after, key=part.index)
                return self._places([other for other in part if other != less])
        return places

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
            there = free[0] + (free[1] - free[0]) * part
            let_be(label, there)
            self.marks[at].set_stroke(opacity=there)

    def _guide(self, note: Note) -> list[np.ndarray]:
        """Return the dashes of the line that leads down to a place."""
        if note.value is None or not np.isfinite(note.value):
            return []
        foot, top = self.plot.on_axis(note.x), min(self.plot.y(note.value), self.plot.inner.top)
        # It stops short of the point, which may be a ring that one can see through.
        high = top - 0.62 * units(STROKE.point)
        return dashes(foot, (foot[0], high)) if high > foot[1] else []


def _unlike(notes: Iterable[Note]) -> list[Note]:
    """Return notes in their order; of several whose numbers read the same, the first one."""
    out: dict[str, Note] = {}
    for note in notes:
        out.setdefault(note.written, note)
    return list(out.values())


def _shows(window: Window, note: Note) -> bool:
    return window.left <= note.x <= window.right


def has_room(label: Lettering, told: Iterable[Lettering], air: float = AIR) -> bool:
    """Return whether a number of the axis stands free of what is told beside it."""
    box = label.box.inset(left=-air, right=-air)
    return not any(is_there(other) and box.meets(other.box) for other in told)


def is_there(words: Lettering) -> bool:
    """Return whether type is there, if only in part."""
    return any(len(run.points) for run in words.submobjects)


def let_be(label: Lettering, strength: float) -> None:
    """Let type be there in part; what is not there at all has no outline either."""
    label.place(*label.origin)
    label.set_fill(opacity=strength)
    if strength <= 0:
        for run in label.submobjects:
            run.points = run.points[:0]
