"""An arrow that is too short to be seen as one, drawn large in a round lens beside its place."""

from __future__ import annotations

import math

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, circle, dashes, line, set_arrow, set_lines, shape
from scenes.theme import STROKE, TYPE
from scenes.words import number

SHORT = 0.1
"""An arrow shorter than this, in units, is a speck."""

RADII = (0.55, 0.5, 0.47, 0.42, 0.37)
"""Of the lens, the largest that finds room, in units; long words make it larger."""

SPOT = 0.1
"""Of the ring round what it magnifies, in units."""

FILLED = 1.4
"""The arrow is at most so long in the lens, in radii."""

FLOOR, NAMED, LEADING = -0.42, 0.42, 0.46
"""Where the axis and the middle of both words are in the lens, in radii over its middle, and from
one word to the other."""

WORDS = 1.35
"""The words are at most so long, in radii."""

RIM = 1.6 * STROKE.axis
"""Width of the rings, in % of the shorter side."""

HIGH = 0.34
"""How far the guides go up from the axis, in radii."""


def magnified(look: Look, plot: Plot, start: Points, tip: Points, clear: Obstacles) -> VGroup:
    """Return a lens on an arrow along the axis, with how many times it magnifies.

    It is empty where the arrow is long enough or of no length. Where a lens has no room a ring
    tells where the arrow is.

    Parameters
    ----------
    look, plot
        The look, and the plot on whose x-axis the arrow lies.
    start, tip
        The arrow's ends, in units.
    clear
        What the lens must not hide.
    """
    length = abs(float(tip[0] - start[0]))
    if not 0 < length < SHORT:
        return VGroup()
    spot = (start + tip)[:2] / 2
    for least in RADII:
        times = _round_down(FILLED * least / length)
        words = [
            look.text("zoom", size=TYPE.minimum, role="muted"),
            look.math(f"times {figure(number(times))}", size=TYPE.minimum, role="muted"),
        ]
        radius = max(least, *(line.advance / WORDS for line in words))
        middle = _free_place(plot.inner, spot, radius, clear)
        if middle is not None:
            reach = np.array([float(tip[0] - start[0]) * times / 2, 0.0])
            return _lens(look, spot, middle, radius, reach, words)
    return VGroup(line(look, circle(spot, SPOT), "step", RIM))


def _lens(
    look: Look, spot: Points, middle: Points, radius: float, reach: Points, words: list[Lettering]
) -> VGroup:
    """Return the lens with an arrow that reaches so far from its middle to either side."""
    across = np.array([radius * math.sqrt(1 - FLOOR**2), 0.0])
    base = middle + np.array([0.0, FLOOR * radius])
    guides = [
        dash
        for foot in (base - reach, base + reach)
        for dash in dashes(foot, foot + np.array([0.0, HIGH * radius]))
    ]
    for at, written in zip((0.5, -0.5), words, strict=True):
        up = (NAMED + at * LEADING) * radius
        written.place(middle[0], middle[1] + up, "center", "middle")
    return VGroup(
        line(look, _tie(spot, middle, radius), "muted"),
        shape(look, circle(middle, radius), "background"),
        line(look, circle(middle, radius), "muted", RIM),
        line(look, circle(spot, SPOT), "muted", RIM),
        line(look, [base - across, base + across], "axis"),
        set_lines(line(look, role="muted"), guides),
        set_arrow(
            shape(look), base - reach, base + reach, 0.65 * STROKE.arrow, 0.65 * STROKE.arrow_head
        ),
        VGroup(*words),
    )


def _round_down(value: float) -> float:
    """Return the largest of 1, 2, 3, 5, 10, 20, 30 … that is not larger.

    Examples
    --------
    >>> _round_down(24.3), _round_down(7.0), _round_down(3.9)
    (20.0, 5.0, 3.0)
    """
    power = 10.0 ** math.floor(math.log10(value))
    return max(factor * power for factor in (1.0, 2.0, 3.0, 5.0) if factor * power <= value)


def _free_place(inner: Region, spot: Points, radius: float, clear: Obstacles) -> Points | None:
    """Return the nearest middle for a lens that hides nothing, its tie no words, or None."""
    room = inner.inset(*[radius + 0.05] * 4)
    if room.width < 0 or room.height < 0:
        return None
    best, found = math.inf, None
    for x in np.linspace(room.left, room.right, 41):
        for y in np.linspace(room.bottom, room.top, 25):
            away = math.hypot(x - spot[0], y - spot[1])
            # The corners of the square lie outside the circle.
            box = Region(x, y, x, y).inset(*[-0.85 * radius] * 4)
            if not radius + 3 * SPOT < away < best or clear.trouble(box):
                continue
            middle = np.array([x, y])
            if not clear.crossed(_tie(spot, middle, radius)):
                best, found = away, middle
    return found


def _tie(spot: Points, middle: Points, radius: float) -> Points:
    """Return the line from the ring to the lens: one, as there is a curve that it may cross."""
    along = (middle - spot) / float(np.hypot(*(middle - spot)))
    return np.array([spot + SPOT * along, middle - radius * along])
