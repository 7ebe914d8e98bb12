"""What a run has left of its way to the minimum, as two bars."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.placing import Obstacles
from scenes.parts.source import math, told
from scenes.parts.strokes import rectangle, shape
from scenes.theme import TYPE
from scenes.words import equals, number

WORDS = (
    ("distance to the minimum", "start: ", "now: ", True),
    ("distance to the minimum", "start: ", "now: ", False),
    ("distance", "start: ", "now: ", True),
    ("to the minimum", "start: ", "now: ", False),
    ("distance", "start: ", "now: ", False),
    ("distance", "", "", False),
)
"""What is compared, what leads to both numbers, and whether the last is also told as a share of the
first, the best first."""

WIDTHS = (3.2, 2.8, 2.4, 2.0, 1.6, 1.2, 0.9, 0.7)
"""How long the bar of the whole way is, the best first, in units."""

LEAST = 0.025
"""A shorter bar is drawn so long, in units: thinner, it would be a stray stroke."""

THICK, ROW = 0.14, 0.4
"""How thick a bar is, and from one down to the next, in units."""

BESIDE = 0.14
"""From a bar to its number, in units."""

STEP = 0.12
"""How far the places that are tried are apart, in units."""


class LeftOver(VGroup):
    """Two bars under one another: the distance to the minimum at the start, and what is left of it.

    Parameters
    ----------
    look
        The look.
    whole, left
        Both distances.
    rooms
        What it keeps clear of, and where it must stay: the better place first.
    corner
        Where its upper left corner would best be.

    Attributes
    ----------
    is_free
        Whether a place was found.
    """

    def __init__(
        self,
        look: Look,
        whole: float,
        left: float,
        rooms: Sequence[Obstacles],
        corner: tuple[float, float],
    ) -> None:
        super().__init__()
        self.look, self.whole, self.left = look, whole, left
        self.bars = [shape(look, role="minimum") for _ in range(2)]
        self.is_free = False
        for (heading, start, now, shared), clear, wide in itertools.product(WORDS, rooms, WIDTHS):
            self.heading = look.text(heading, size=TYPE.tick, role="muted")
            self.numbers = self._numbers(start, now, shared)
            if self._find(wide, clear, corner):
                self.is_free = True
                break
        self.add(self.heading, *self.bars, *self.numbers)

    def _numbers(self, start: str, now: str, shared: bool) -> list[Lettering]:
        """Return the first distance, and what is left of it, in parts of that too if `shared`."""
        share = 100 * self.left / self.whole
        about = "about " if equals(share, digits=1) == "≈" else ""
        part = f", {about}{number(share, 1)} %" if shared else ""
        last = now, math(told(self.left, 2)), part
        size, role = TYPE.tick, "minimum"
        return [
            self.look.text(start, math(told(self.whole)), size=size, role=role),
            self.look.text(*last, size=size, role=role),
        ]

    def _find(self, wide: float, clear: Obstacles, corner: tuple[float, float]) -> bool:
        """Put it where it is free, as near to a corner as can be, and return whether it is."""
        box, room = self._lay(0.0, 0.0, wide), clear.within
        parts = [box_of(part) for part in (self.heading, *self.bars, *self.numbers)]
        wanted = np.array([corner[0], corner[1] - box.height])
        places = [
            (x, y)
            for x in (wanted[0], *np.arange(room.left, room.right - box.width, STEP))
            for y in (wanted[1], *np.arange(room.bottom, room.top - box.height, STEP))
        ]
        for x, y in sorted(places, key=lambda place: float(np.hypot(*(wanted - place)))):
            dx, dy = x - box.left, y - box.bottom
            # A curve may pass between the end of one line and that of the next.
            if not any(clear.trouble(part.inset(dx, dy, -dx, -dy)) for part in parts):
                self._lay(dx, dy, wide)
                return True
        return False

    def _lay(self, x: float, y: float, wide: float) -> Region:
        """Lay all of it out from a place on, and return its box with air."""
        for row, (bar, written, length) in enumerate(
            zip(self.bars, self.numbers, (self.whole, self.left), strict=True)
        ):
            middle, long = y - row * ROW, max(wide * length / self.whole, LEAST)
            ends = Region(x, middle - THICK / 2, x + long, middle + THICK / 2)
            bar.points = shape(self.look, rectangle(ends)).points
            written.place(x + long + BESIDE, middle, on="middle")
        self.heading.place(x, y + ROW, on="middle")
        return box_of(self.heading, *self.bars, *self.numbers)
