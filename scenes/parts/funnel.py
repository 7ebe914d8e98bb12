"""What the rows of a strip are held against: the minimum, and the rim that the jumps reach."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.plot import clip
from scenes.parts.source import Source, figure, join, lines, math
from scenes.parts.strip import STEP, Across, Strip
from scenes.parts.strokes import dashed, line, set_lines
from scenes.theme import STROKE, TYPE
from scenes.words import number

GAPS = 0.33, 0.4, 0.6, 0.85, 1.2, 1.6, 0.25
"""From the rows to what is said beside them, in units, the best first."""

FROM_LAWS = (("right", "left"), 1.6), (("right",), 0.45)
"""The sides of a run where something may be said, and how far from formulas abreast of it, in
units, the best first."""

FROM_AXIS = 0.2
"""From the axis of n to what is said beside the strip at least, in units."""

ASIDE = 0.25
"""From the name of the axis of n to that of the minimum at least, in units: closer, they read as
one phrase."""

NAMES = (STEP, TYPE.label), (STEP, TYPE.tick), (math("n"), TYPE.label)
"""Names of the axis of n with their sizes, the best first."""


class Goal(VGroup):
    """The minimum as a line down a strip, behind its rows, with its name at the upper end.

    Parameters
    ----------
    look, strip, minimum
        The look, the strip, and the x of the minimum.
    """

    def __init__(self, look: Look, strip: Strip, minimum: float) -> None:
        super().__init__()
        self.strip, self.minimum = strip, minimum
        self.line = line(look, role="minimum", width=STROKE.axis)
        self.add(self.line)
        self.name = look.text("minimum", size=TYPE.tick, role="minimum")
        self.add(self.name)

    def show(self, position: float) -> None:
        """Stand where the minimum is in the window as it is now."""
        inner = self.strip.inner
        x = self.strip.across.x(self.minimum)
        seen = inner.left <= x <= inner.right
        set_lines(self.line, [[(x, inner.top + 0.12), (x, inner.bottom)]] if seen else [])
        half = self.name.advance / 2
        middle = min(max(x, self.strip.beside + half + ASIDE), inner.right - half)
        self.name.place(middle, inner.top + self.strip.over, "center")
        self.name.set_fill(opacity=float(seen))


def name_of_rows(
    look: Look, across: Across, numbers: float, minimum: float | None
) -> tuple[Source, float]:
    """Return the name of a strip's axis of n, with its size, that has room beside the minimum's.

    It begins as far left of the axis as the `numbers` do.
    """
    room, marked = across.inner.width, look.text("minimum", size=TYPE.tick).advance / 2
    if minimum is not None:
        room = across.x(minimum) - across.inner.left - marked
    for name, size in NAMES:
        if look.source_width(name, size) + ASIDE <= room + numbers:
            break
    return name, size


class Funnel(VGroup):
    """The distances of a run's rows to one x, on both sides of it, dashed: how the jumps shrink.

    Parameters
    ----------
    look, strip, middle
        The look, the strip that it is drawn in, and the data x.
    """

    def __init__(self, look: Look, strip: Strip, middle: float) -> None:
        super().__init__()
        self.strip, self.middle = strip, middle
        self.sides = [line(look, role="muted", width=STROKE.axis) for _ in range(2)]
        self.add(*self.sides)

    def show(self, position: float) -> None:
        """Draw the distances down to a position of the playhead."""
        strip = self.strip
        strip.refresh()
        center, last = strip.across.x(self.middle), len(strip.centers) - 1
        rows = np.append(strip.kept[strip.kept < position], min(max(position, 0.0), last))
        apart = np.abs(np.interp(rows, np.arange(last + 1), np.abs(strip.centers[:, 0] - center)))
        for sign, side in zip((-1, 1), self.sides, strict=True):
            rim = np.column_stack([center + sign * apart, [strip.row(n) for n in rows]])
            inside = clip(rim, strip.wide) if len(rim) > 1 else []
            set_lines(side, [dash for piece in inside for dash in dashed(piece, 0.05, 0.06)])


def laws_of(look: Look, start: float, minimum: float, factor: float) -> list[list[Lettering]]:
    """Return names of a funnel, the largest first: how far from the minimum step n lands.

    Each size has one in one line and one in two.

    Parameters
    ----------
    look
        Makes the type.
    start, minimum, factor
        The first x, that of the minimum, and what the distance is multiplied by at each step.
    """
    distance = abs(start - minimum)
    ratio = number(abs(factor))
    power = "" if ratio == "1" else f" dot {figure(ratio)}^n"
    law = math(f"{figure(number(distance))}{power}")
    one = join(look.notation.words("distance "), law)
    # In two lines where there is little room: a law alone would say of nothing what it is.
    two = lines(look.notation.words("distance"), law)
    sizes = TYPE.label, TYPE.tick, TYPE.minimum
    return [[look.source(it, size) for it in (one, two)] for size in sizes]
