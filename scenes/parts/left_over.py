"""What a run has left of its way to the minimum, as two bars."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering, box_of
from scenes.parts.placing import Obstacles
from scenes.parts.source import math, told
from scenes.parts.strokes import rectangle, shape
from scenes.theme import TYPE
from scenes.words import about, number


@dataclass(frozen=True)
class Way:
    """How it may be told.

    Attributes
    ----------
    heading, start, now
        What is compared, and what leads to both numbers.
    share
        What stands before the last number as a share of the first, perhaps
        a new line; None is no share.
    least
        How long the first bar is at least, in units, where all is said.
    """

    heading: str
    start: str = ""
    now: str = ""
    share: str | None = None
    least: float = 0.0


WHOLE = "distance to the minimum", "start ", "now "
WAYS = (
    Way(*WHOLE, ", ", least=1.2),
    Way(*WHOLE, "\n", least=1.2),
    Way(*WHOLE),
    Way("distance", "start ", "now ", ", "),
    Way("to the minimum", "start ", "now "),
    Way("distance", "start ", "now "),
    Way("distance"),
)
"""The ways that are tried, the best first."""

SIZES = TYPE.label, TYPE.tick
"""The sizes of the words, the best first."""

WIDTHS = (3.2, 2.8, 2.4, 2.0, 1.6, 1.2, 0.9, 0.7)
"""How long the bar of the whole way is, the best first, in units."""

LONG = 2.4
"""A shorter first bar shows no share of some percent, in units: what is left is a speck beside it.
"""

LEAST = 0.0075
"""A shorter bar is drawn so long, in units: it is a pixel at 1080p, and any longer one is true."""

THICK, ROW = 0.14, 0.42
"""How thick a bar is, and from one down to the next, in units."""

BESIDE = 0.14
"""From a bar to its number, in units."""

STEP, CLOSE = 0.12, np.linspace(-0.12, 0.12, 7)
"""How far the places that are tried are apart, and how far aside are those beside the wanted one,
in units."""


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
    is_free, is_whole
        Whether a place was found, and whether all is said there beside bars that are long enough.
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
        self.is_free = self.is_whole = False
        for way, clear, self.size, wide in itertools.product(WAYS, rooms, SIZES, WIDTHS):
            if wide < way.least:
                continue
            self.heading = look.text(way.heading, size=self.size, role="muted")
            self.numbers = self._numbers(way)
            if self._find(wide, clear, corner):
                self.is_free, self.is_whole = True, way == WAYS[0] and wide >= LONG
                break
        self.add(self.heading, *self.bars, *self.numbers)

    def _numbers(self, way: Way) -> list[Lettering]:
        """Return the first distance, and what is left of it, perhaps in parts of that too."""
        share = 100 * self.left / self.whole
        part = (
            "" if way.share is None else f"{way.share}{about(share, digits=1)}{number(share, 1)} %"
        )
        same, _, below = part.partition("\n")
        lines = [(way.start, math(told(self.whole))), (way.now, math(told(self.left, 2)), same)]
        lines += [(below,)] if below else []
        return [self.look.text(*line, size=self.size, role="minimum") for line in lines]

    def _find(self, wide: float, clear: Obstacles, corner: tuple[float, float]) -> bool:
        """Put it where it is free, as near to a corner as can be, and return whether it is."""
        box, room = self._lay(0.0, 0.0, wide), clear.within
        parts = [box_of(part) for part in (self.heading, *self.bars, *self.numbers)]
        wanted, highest = np.array([corner[0], corner[1] - box.height]), room.top - box.height
        places = [
            (x, y)
            for x in (*wanted[0] + CLOSE, *np.arange(room.left, room.right - box.width, STEP))
            for y in (wanted[1], highest, *np.arange(room.bottom, highest, STEP))
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
        pairs = zip(self.bars, self.numbers, (self.whole, self.left), strict=False)
        middle = y
        for bar, written, length in pairs:
            long = max(wide * length / self.whole, LEAST)
            ends = Region(x, middle - THICK / 2, x + long, middle + THICK / 2)
            bar.points = shape(self.look, rectangle(ends)).points
            written.place(x + long + BESIDE, middle, on="middle")
            middle -= ROW
        for share in self.numbers[2:]:
            share.place(self.numbers[1].box.left, middle, on="middle")
        self.heading.place(x, y + ROW, on="middle")
        return box_of(self.heading, *self.bars, *self.numbers)
