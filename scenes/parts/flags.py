"""Words at the iterates of a long run: the number of the step, and what is said of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import CAP_HEIGHT, Align, Lettering, box_of
from scenes.parts.placing import DIRECTIONS, Obstacles
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, line
from scenes.theme import STROKE, units

GAPS = (0.12, 0.19, 0.27, 0.36, 0.5, 0.6, 0.7, 0.82, 0.95, 1.07, 1.2, 1.35, 1.5)
"""From the rim of the point to the words, in units; the shortest that is free is taken."""

SIDES = ("above left", "left", "below right", "right", "above", "above right", "below left")
"""Where the words may stand, the best first: not where a curve comes down from the right."""

LEADS, LEAD_AIR = 0.32, 0.07
"""Words farther from the rim are led to the point by a line, which ends so far from both."""

LEADING = 1.2
"""From one line of a flag to the next, in em."""

SLACK = 1e-6
"""Words that end at the edge of their room are not outside of it by rounding, in units."""

ASIDE, DOWN = 0.28, (0.1, 0.3, 0.5, 0.8)
"""From a lens to words beside it, and from its upper edge down to them, in units."""


class Flag(VGroup):
    """Words close by an iterate.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    x, value
        The data point.
    lines
        The words, one under the other or, where that is free, side by side.
    clear, air
        What the words keep clear of, and how much air they have beyond that if there is room.

    Attributes
    ----------
    trouble
        How badly it stands: 0 is free.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        x: float,
        value: float,
        lines: Sequence[Lettering],
        clear: Obstacles,
        air: float = 0.0,
    ) -> None:
        super().__init__()
        self.plot, self.spot, self.lines = plot, plot.at(x, value), tuple(lines)
        self.add(*self.lines)
        self.within = clear.within
        for more, flat, gap, side in itertools.product((air, 0.0), (False, True), GAPS, SIDES):
            self.trouble = clear.trouble(self._place(flat, gap, side).inset(*[-more] * 4))
            if not self.trouble:
                break
        self.lead = line(look, self._lead(), "muted", STROKE.guide)
        self.add(self.lead)

    @property
    def words(self) -> Region:
        """The rectangle round the words: nothing passes between them."""
        return box_of(*self.lines)

    def _lead(self) -> list[Points]:
        """Return the ends of the line from the point to words that stand far from it."""
        box, rim = self.words, units(STROKE.point) / 2
        nearest = np.clip(self.spot, (box.left, box.bottom), (box.right, box.top))
        along = nearest - self.spot
        far = float(np.hypot(*along))
        if far - rim < LEADS:
            return []
        unit = along / far
        return [self.spot + unit * (rim + LEAD_AIR), nearest - unit * LEAD_AIR]

    def _place(self, flat: bool, gap: float, side: str) -> Region:
        """Put the words at a side of the point, in one line or several, and return their box."""
        across, up = np.sign(DIRECTIONS[side])
        align: Align = ("right", "center", "left")[int(across) + 1]
        box = self._set(0.0, 0.0, align, flat)
        rim = units(STROKE.point) / 2
        # Words beside and over the point: they may go up, but not farther aside.
        reach = np.array([rim + (GAPS[0] if up else gap), rim + gap])
        x, y = self.spot + np.array([across, up]) * reach * (0.85 if across and up else 1.0)
        left = x - box.width * (1 - across) / 2
        if not across:
            # Words over a point may be off its middle, at the edge of what there is room for.
            left = min(max(left, self.within.left), self.within.right - box.width - SLACK)
        bottom = y - box.height * (1 - up) / 2
        return self._set(left - box.left, bottom - box.bottom, align, flat)

    def _set(self, x: float, y: float, align: Align, flat: bool) -> Region:
        """Set the lines from a place on, and return their box."""
        for index, words in enumerate(self.lines):
            if flat:
                words.place(x, y)
                x += words.advance + 0.3
            else:
                words.place(x, y + (len(self.lines) - 1 - index) * LEADING * words.em, align)
        return self.words


class Beside(VGroup):
    """Words beside a lens that has no room for them, one under the other, high up.

    Parameters
    ----------
    plot, lens
        Where they stand, and the frame of the lens.
    lines
        The words.
    clear
        What they keep clear of.

    Attributes
    ----------
    trouble
        How badly they stand: 0 is free.
    """

    def __init__(
        self, plot: Plot, lens: Region, lines: Sequence[Lettering], clear: Obstacles
    ) -> None:
        super().__init__()
        self.plot, self.lines = plot, tuple(lines)
        self.add(*self.lines)
        wide = max(words.advance for words in lines)
        for x, down in itertools.product((lens.right + ASIDE, lens.left - ASIDE - wide), DOWN):
            for index, words in enumerate(lines):
                y = lens.top - down - CAP_HEIGHT * words.em - index * LEADING * words.em
                words.place(x, y)
            self.trouble = clear.trouble(self.words)
            if not self.trouble:
                return

    @property
    def words(self) -> Region:
        """The rectangle round the words."""
        return box_of(*self.lines)
