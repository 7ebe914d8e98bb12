"""What goes along when FromScratch's plot makes room for the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Mobject, VGroup

from scenes.parts.lettering import Lettering
from scenes.playhead import Playhead

Spot = tuple[float, float]


class Riding(VGroup):
    """Parts that one playhead drives, in a plot that another one moves.

    Parameters
    ----------
    playhead
        Drives the parts.
    *parts
        Redrawn as the plot moves.
    over
        What else is drawn with them, over all of them.
    """

    def __init__(self, playhead: Playhead, *parts: Any, over: Sequence[Mobject] = ()) -> None:
        super().__init__(*parts, *over)
        self.playhead, self.parts = playhead, parts

    def show(self, _position: float) -> None:
        """Draw the parts where their own playhead stands."""
        for part in self.parts:
            part.show(self.playhead.position)


class Sliding(VGroup):
    """Words that move between their places in the first and in the last plot.

    Parameters
    ----------
    words
        What moves.
    first, last
        Its places, or None where it has no room: there it is not shown.
    """

    def __init__(self, words: Lettering, first: Spot | None, last: Spot | None) -> None:
        super().__init__(words)
        self.words, self.ends = words, (first, last)
        self.show(0.0)

    def show(self, position: float) -> None:
        """Stand where the words are at this position."""
        first, last = (end or other for end, other in zip(self.ends, self.ends[::-1], strict=True))
        if first is None or last is None:
            return
        x, y = (a + (b - a) * position for a, b in zip(first, last, strict=True))
        self.words.place(x, y)
        there = [float(end is not None) for end in self.ends]
        self.words.set_fill(opacity=there[0] + (there[1] - there[0]) * position)
