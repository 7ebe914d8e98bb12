"""What is written under the x-axis of FromScratch's plot, as its run goes on.

The numbers of the axis are there from the start. Where a place of the run or the minimum is told,
its number takes their room, and they come back when it goes. A mark leaves only where a number that
is told stands under it, whose mark it would seem to be.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.axis_notes import AIR as AIR_AT_END
from scenes.parts.axis_notes import is_there, let_be
from scenes.parts.feet import Feet, in_row_below
from scenes.parts.foot_places import FootPlaces
from scenes.parts.lettering import Lettering
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.step import DROPPED, LANDED, SCALED, SLID, locate, part_of
from scenes.parts.strokes import Points, dashes, line, set_lines
from scenes.words import number

AIR, OFF_MARK = 0.2, 0.05
"""Between a number of the axis and a place of the run at least, and between a mark of the axis and
that or the minimum, in units."""

LEAST_GUIDE = 0.3
"""A line from the axis to the minimum is no shorter, in units."""


class Places(VGroup):
    """The numbers under the axis, as a function of how far the run has come.

    At -1 the axis has its own numbers only, from 0 on the places of the run are told. Half a step
    after the last of them they have left, and after a whole one the minimum is told. Where the run
    ends is not told here: close to the minimum there is no room for its number.

    Parameters
    ----------
    look, plot
        The look, and the plot, whose numbers it takes over.
    xs
        The places that are told.
    valley, height
        Place and height of the minimum that the run is about, or None.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        xs: Sequence[float],
        valley: tuple[float, float] | None,
    ) -> None:
        super().__init__()
        self.look, self.plot, self.steps, self.valley = look, plot, len(xs) - 1, valley
        self.places = FootPlaces(look, plot, xs)
        self.feet = Feet(look, plot, xs, len(xs), places=self.places)
        self.numbers, self.ticks = plot.hand_over()
        self.words, self.marks = self._end(valley)
        self.add(self.ticks, self.numbers, self.feet, self.marks, self.words)
        self._stand_at_end()
        self._free = np.array([self._room(float(step)) for step in range(self.steps + 1)])
        self._free_at_end = self._clear(list(self.words)[:1], AIR_AT_END)
        self.show(-1.0)

    def tells(self, index: int, last: int) -> bool:
        """Whether a place has its number under the axis when so many steps have been made."""
        names = self.places.names
        return self.places.middle(names.index(names[index]), last) is not None

    def _room(self, step: float) -> Points:
        """Return what has room on the axis (n, 2) when a run has come so far."""
        self.feet.show(step)
        return self._clear([foot.number for foot in self.feet if is_there(foot.number)], AIR)

    def _clear(self, told: Sequence[Lettering], air: float) -> Points:
        """Return which numbers of the axis, and which of its marks, are clear of what is told."""

        def free(middle: float, far: float) -> bool:
            return all(
                middle <= words.box.left - far or middle >= words.box.right + far for words in told
            )

        middles = [self.plot.x(tick) for tick in self.plot.x_ticks]
        return np.array(
            [
                (free(middle, label.advance / 2 + air), free(middle, OFF_MARK))
                for middle, label in zip(middles, self.numbers, strict=True)
            ],
            dtype=float,
        ).reshape(-1, 2)

    def _end(self, valley: tuple[float, float] | None) -> tuple[VGroup, VGroup]:
        """Return what is written at the minimum where a run ends, and the marks there."""
        look, window, words, marks = self.look, self.plot.window, VGroup(), VGroup()
        if valley is None or not window.left <= valley[0] <= window.right:
            return words, marks
        words.add(
            look.math(figure(number(valley[0])), self.plot.tick_size, "minimum"),
            look.text("minimum", role="minimum"),
        )
        marks.add(*(line(look, role="minimum") for _ in range(2)))
        return words, marks

    def _stand_at_end(self) -> None:
        """Put what is told of the minimum where it is in the plot as that stands."""
        if self.valley is None or not len(self.marks):
            return
        plot, inner = self.plot, self.plot.inner
        middle, base = plot.x(self.valley[0]), plot.on_axis(self.valley[0])
        taken, name = self.words
        taken.place(middle, inner.bottom - TICK - 0.08 - 0.66 * taken.em, "center")
        in_row_below(plot, name, middle)
        top = plot.at(*self.valley)
        far = top[1] - base[1] > LEAST_GUIDE and plot.shows(*self.valley)
        set_lines(self.marks[0], [plot.tick(self.valley[0])])
        set_lines(self.marks[1], dashes(base, top) if far else [])

    def show(self, position: float) -> None:
        """Show what is told at this position."""
        told = min(max(position + 1, 0.0), 1.0)
        run, past = min(max(position, 0.0), float(self.steps)), max(position - self.steps, 0.0)
        ended = min(max(2 * past - 1, 0.0), 1.0)
        self.feet.strength = min(told, max(0.0, 1 - 2 * past))
        self.feet.show(run)
        index, phase = locate(run, self.steps)
        before, after = self._free[index], self._free[min(index + 1, self.steps)]
        leaving, coming = part_of(phase, SCALED, DROPPED), part_of(phase, SLID, LANDED)
        there = before + (after - before) * np.where(before > after, leaving, coming)
        hidden = (1 - there) * self.feet.strength + (1 - self._free_at_end) * ended
        for at, (number_left, mark_left) in enumerate(np.maximum(1 - hidden, 0.0).tolist()):
            let_be(self.numbers[at], number_left)
            set_lines(self.ticks[at], [self.plot.tick(self.plot.x_ticks[at])])
            self.ticks[at].set_stroke(opacity=mark_left)
        self._stand_at_end()
        for words in self.words:
            let_be(words, ended)
        for mark in self.marks:
            mark.set_stroke(opacity=ended)
