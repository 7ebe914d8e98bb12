"""A step that is too short to see, in a lens: its length under that which it falls short of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.strokes import dashes, line, set_lines
from scenes.theme import STROKE, units

BAR, END = 0.28, 0.09
"""From the axis up to the bar of the limit, and from it up to the top of its ends, in units."""

PAST = 0.13
"""So far below the axis the ends of the bar go: past the arrow, whose tip falls short of one."""

OVER = 0.1
"""From the bar up to its name, in units."""

UNDER = 0.53
"""Room under the axis for the words of the step, in units."""

LOW = 0.24
"""From the axis down to those words, in units."""

POINT = (0.78, 0.1)
"""The point stands at least so far over the axis, and else so far under the upper edge, in units:
the dotted lines to both points are long, and pass the name of the bar."""

AIR, LEAST = 0.08, 0.16
"""Between that name and the dotted lines at least, and over it room for them, in units."""


@dataclass(frozen=True)
class TooShort:
    """A step of a run that is the first below a limit.

    Attributes
    ----------
    n
        Its number: it leads to point n.
    limit
        What it is shorter than.
    ways
        What may be said of it, the best first, where no lens shows it.
    lengths, alone
        What is said under it where one does, the best first: that it is shorter than the limit, or
        how long it is, where the limit's number stands over it.
    numbers, names
        What is said at a bar as long as the limit, the best first: with its number, or without.
    """

    n: int
    limit: float
    ways: Sequence[tuple[Lettering, ...]]
    lengths: Sequence[Lettering]
    alone: Sequence[Lettering]
    numbers: Sequence[Lettering]
    names: Sequence[Lettering]


class ShortStep(VGroup):
    """A bar as long as the limit, over the arrow of a step in a lens, and the words of both.

    Both start at one place. The ends of the bar go down past the arrow: one sees that its tip does
    not reach that far. The dotted lines of the step end over the bar, or they would hide that.

    Parameters
    ----------
    look, lens, step
        The look, the lens with the step in it, and the step.
    short
        What is told of it.

    Attributes
    ----------
    guides
        The dotted lines from both points down to the bar.
    bar, length
        The bar with its name, and how the step's length compares to it, if there is room for that.
    """

    def __init__(self, look: Look, lens: Lens, step: Step, short: TooShort) -> None:
        super().__init__()
        plot, (x,), (then,) = lens.plot, step.point, step.next_point
        floor, toward = plot.inner.bottom, 1 if then > x else -1
        level, rim = floor + BAR, units(STROKE.point) / 2
        left, right = sorted((plot.x(x), plot.x(x + toward * short.limit)))
        points = np.array([plot.at(x, step.value), plot.at(then, step.next_value)])
        top = float(points[:, 1].min()) - rim
        low, high, name = level + 2 * END, level + END, None
        for words in (*short.numbers, *short.names):
            box = words.place((left + right) / 2, level + OVER, "center").box
            beside = left + AIR < box.left and box.right < right - AIR
            if box.top + (AIR if beside else LEAST) < top and (beside or left < box.left):
                name = words
                if not beside:
                    # A name as long as the bar has nothing at its sides that it would touch.
                    low, high = box.top + AIR, level
                break
        bar = line(look, role="text", width=1.5 * STROKE.axis)
        ends = [[(at, floor - PAST), (at, high)] for at in (left, right)]
        set_lines(bar, [[(left, level), (right, level)], *ends])
        dotted = [dash for at, up in points for dash in dashes((at, low), (at, up - rim))]
        self.guides = VGroup(set_lines(line(look, role="muted"), dotted))
        clear = Obstacles(lens.region.inset(*[0.12] * 4))
        clear.add(*lens.shown, self.guides)
        self.bar, self.length = VGroup(bar), VGroup()
        middle = (left + right) / 2
        if name:
            self.bar.add(name)
        clear.add(self.bar)
        for words in short.alone if name in short.numbers else short.lengths:
            # At the middle of the arrow, or as near to it as the frame lets it.
            half, room = words.advance / 2 + 0.02, clear.within
            at = min(max(middle, room.left + half), room.right - half)
            words.place(at, floor - LOW - 0.66 * words.em, "center")
            if not clear.trouble(words.box):
                self.length.add(words)
                break
        self.add(self.guides, self.bar, self.length)
