"""An arrow that is too short to be seen as one, drawn large in a lens under its axis."""

from __future__ import annotations

import itertools

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.placing import Obstacles
from scenes.parts.source import Source, figure, plain
from scenes.parts.strokes import Points, arrow_outline, circle, line, rectangle
from scenes.parts.window import round_down
from scenes.theme import TYPE
from scenes.words import number

SHORT = 0.1
"""An arrow shorter than this, in units, is a speck."""

SPOT = 0.1
"""Of the ring round what it magnifies, in units."""

LONGEST, LEAST = 0.45, 0.25
"""How long the arrow in the lens is at most, and how long there has to be room for, in units."""

SEEN = 0.2
"""An arrow in a lens is at least so long, in units."""

WORDS = (
    ("zoom × ", TYPE.tick, 0.08),
    ("zoom × ", TYPE.minimum, 0.08),
    ("zoom ×", TYPE.minimum, 0.055),
)
"""What stands before how many times, the size, and the air between the parts of a lens, in units,
the best first."""

ROUND = (1, 2, 3, 5)
"""How many times a lens magnifies, and ten times as much and so on."""

TIE_AIR = (0.12, 0.1, 0.08, 0.06, 0.045, 0.035)
"""Between the tie of a lens and what it passes, the best first, in units."""

ENTRIES = sorted(np.linspace(0.04, 0.96, 47), key=lambda part: abs(part - 0.5))
"""Where on its upper edge a lens may be tied to its ring, in parts of the edge."""


def magnified(
    look: Look,
    region: Region | None,
    start: Points,
    tip: Points,
    clear: Obstacles,
    middle: float | None = None,
) -> VGroup:
    """Return a lens on an arrow along the axis, with how many times it magnifies.

    It is empty where the arrow is long enough or of no length. Where a lens has no room a ring
    tells where the arrow is. The arrow in the lens is hollow: beside it there may be others which
    are shorter, though what they stand for is longer.

    Parameters
    ----------
    look
        The look.
    region
        Under the plot, where the lens stands; None where there is no room for one.
    start, tip
        The arrow's ends, in units.
    clear
        What the way from the ring to the lens must not cross.
    middle
        The x of the lens's middle, as near as there is room: else that of the region.
    """
    length = abs(float(tip[0] - start[0]))
    if not 0 < length < SHORT:
        return VGroup()
    spot = (start + tip)[:2] / 2
    ring = VGroup(line(look, circle(spot, SPOT), "step"))
    if region is None:
        return ring
    # How many times depends on the room, which is the less the longer the words are.
    lengths = np.linspace(LONGEST, LEAST, 14)
    for (word, size, air), longest in itertools.product(WORDS, lengths):
        times = round_down(longest / length, ROUND)
        words = look.source(Source(f"{plain(word)}${figure(number(times))}$"), size=size)
        reach = float(tip[0] - start[0]) * times
        wide = abs(reach) + words.advance + 3 * air
        if wide > region.width or abs(reach) < SEEN:
            continue
        middle = region.center[0] if middle is None else middle
        left = min(max(middle - wide / 2, region.left), region.right - wide)
        box = Region(left, region.bottom, left + wide, region.top)
        tie = _tie(spot, box, clear)
        if tie is None:
            continue
        y, first = region.center[1], left + air + max(-reach, 0.0)
        start_there, tip_there = (first, y), (first + reach, y)
        words.place(box.right - air, y, "right", "middle")
        return VGroup(
            line(look, tie, "muted"),
            line(look, rectangle(box), "muted"),
            line(look, circle(spot, SPOT), "muted"),
            line(look, arrow_outline(start_there, tip_there), "step").set_fill(
                look.color("background"), opacity=1
            ),
            words,
        )
    return ring


def _tie(spot: Points, box: Region, clear: Obstacles) -> Points | None:
    """Return the line from the ring to the lens that crosses nothing, or None.

    It goes to the left edge of a lens that stands right of the ring, or to the upper edge of one
    below it.
    """
    ends: list[tuple[float, float]] = []
    if box.left > spot[0] + SPOT:
        ends += [(box.left, box.bottom + part * box.height) for part in ENTRIES]
    if box.top < spot[1] - SPOT:
        ends += [(box.left + part * box.width, box.top) for part in ENTRIES]
    for air, end in itertools.product(TIE_AIR, np.array(ends)):
        along = (end - spot) / float(np.hypot(*(end - spot)))
        tie = np.array([spot + SPOT * along, end])
        if not clear.crossed(tie, air):
            return tie
    return None
