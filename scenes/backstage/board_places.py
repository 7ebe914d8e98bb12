"""What is written under the x-axis of FromScratch's plot, as its run goes on.

The numbers of the axis are there from the start. Where a place of the run or the minimum is told,
its number takes their room, and they come back when it goes; their marks stay all the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup, VMobject

from scenes.look import Look
from scenes.parts.axis_notes import AIR, has_room, let_be
from scenes.parts.feet import Feet, row_baseline
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.spread import BESIDE
from scenes.parts.step import DROPPED, LANDED, SCALED, SLID, locate, part_of
from scenes.parts.strokes import dashes, line, set_lines
from scenes.theme import TYPE, units
from scenes.words import number

ASIDE = 0.28
"""How far from its mark the number of the last place may stand, in units."""

LEAST_GUIDE = 0.3
"""A line from the axis to the minimum is no shorter, in units."""


@dataclass(frozen=True)
class End:
    """Where a run ends, with the minimum that it is about: what is written, and the marks."""

    words: VGroup
    marks: VGroup


class Places(VGroup):
    """The numbers under the axis, as a function of how far the run has come.

    At -1 the axis has its own numbers only, from 0 on the places of the run are told. Half a step
    after the last of them they have left, and each whole number more is the end of another run.

    Parameters
    ----------
    look, plot
        The look, and the plot, whose numbers it takes over.
    xs
        The places that are told.
    valley, height
        Place and height of the minimum that the run is about, or None.
    ends
        Where runs end.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        xs: Sequence[float],
        valley: tuple[float, float] | None,
        ends: Sequence[float],
    ) -> None:
        super().__init__()
        self.look, self.plot, self.steps = look, plot, len(xs) - 1
        self.feet, self.numbers = Feet(look, plot, xs, len(xs)), VGroup(*plot.x_labels)
        plot.remove(*plot.x_labels)
        self.ends = [self._end(x, valley) for x in ends]
        self.add(self.numbers, self.feet, *(part for end in self.ends for part in _parts(end)))
        self._free: list[list[bool]] = []
        for step in range(self.steps + 1):
            self.feet.show(float(step))
            told = [foot.number for foot in self.feet if foot.index <= step and len(foot)]
            self._free.append([has_room(label, told) for label in self.numbers])
        self._free_at_end = [
            [has_room(label, list(end.words)[:2]) for label in self.numbers] for end in self.ends
        ]
        self.show(-1.0)

    def _end(self, x: float, valley: tuple[float, float] | None) -> End:
        """Return what is written where a run ends at x."""
        look, plot, window = self.look, self.plot, self.plot.window
        words, marks = VGroup(), VGroup()
        level = plot.inner.bottom - TICK - 0.08 - 0.66 * units(TYPE.tick)

        def mark(place: float, role: str) -> VMobject:
            foot = plot.on_axis(place)
            return line(look, [foot, foot - np.array([0.0, TICK])], role)

        taken: Lettering | None = None
        if valley is not None and window.left <= valley[0] <= window.right:
            middle = plot.x(valley[0])
            taken = look.math(figure(number(valley[0])), TYPE.tick, "minimum")
            words.add(taken.place(middle, level, "center"))
            marks.add(mark(valley[0], "minimum"))
            base, top = plot.on_axis(valley[0]), plot.at(*valley)
            if top[1] - base[1] > LEAST_GUIDE and plot.shows(*valley):
                marks.add(set_lines(line(look, role="minimum"), dashes(base, top)))
        if window.left <= x <= window.right and (valley is None or number(x) != number(valley[0])):
            place = plot.x(x)
            written = look.math(figure(number(x)), TYPE.tick, "point")
            half, middle = written.advance / 2, place
            if taken is not None:
                away = half + taken.advance / 2 + AIR
                side = 1.0 if place >= plot.x(valley[0]) else -1.0  # type: ignore[index]
                there = plot.x(valley[0])  # type: ignore[index]
                middle = there + side * max(away, abs(place - there))
            if abs(middle - place) <= ASIDE:
                words.add(written.place(middle, level, "center"))
                marks.add(mark(x, "point"))
        if taken is not None:
            name = look.text("minimum", role="minimum")
            low, high = plot.inner.left - BESIDE, plot.inner.right + BESIDE
            half = name.advance / 2
            middle = min(max(plot.x(valley[0]), low + half), high - half)  # type: ignore[index]
            words.add(name.place(middle, row_baseline(plot), "center"))
        return End(words, marks)

    def show(self, position: float) -> None:
        """Show what is told at this position."""
        told = min(max(position + 1, 0.0), 1.0)
        run, past = min(max(position, 0.0), float(self.steps)), max(position - self.steps, 0.0)
        past = min(past, float(len(self.ends)))
        self.feet.strength = min(told, max(0.0, 1 - 2 * past))
        self.feet.show(run)
        index, phase = locate(run, self.steps)
        before = self._free[index]
        after = self._free[min(index + 1, self.steps)]
        leaving, coming = part_of(phase, SCALED, DROPPED), part_of(phase, SLID, LANDED)
        weights = [
            min(max(past - at if at else 2 * past - 1, 0.0), max(at + 2 - past, 0.0), 1.0)
            for at in range(len(self.ends))
        ]
        for at, label in enumerate(self.numbers):
            now, then = float(before[at]), float(after[at])
            hidden = (1 - (now + (then - now) * (leaving if now > then else coming))) * (
                self.feet.strength
            )
            for weight, free in zip(weights, self._free_at_end, strict=True):
                hidden += weight * (not free[at])
            let_be(label, 1 - min(hidden, 1.0))
        for end, weight in zip(self.ends, weights, strict=True):
            for words in end.words:
                let_be(words, weight)
            for mark in end.marks:
                mark.set_stroke(opacity=weight)


def _parts(end: End) -> tuple[VGroup, VGroup]:
    return end.marks, end.words
