"""A step that is too short to see, in a lens: its length beside that which it falls short of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.source import figure, join, math
from scenes.parts.strokes import line, set_lines
from scenes.theme import STROKE, TYPE
from scenes.words import number

BAR, END = 0.36, 0.08
"""From the axis up to the bar of the limit, and half the length of its end marks, in units."""

UNDER = 0.46
"""Room under the axis for the words of the step, in units."""

LOW = 0.19
"""From the axis down to those words, in units."""

POINT = (0.86, 0.72)
"""The point stands at least so far over the axis, in units, and at least so far up, in parts."""


@dataclass(frozen=True)
class TooShort:
    """A step of a run that is the first below a limit.

    Attributes
    ----------
    n
        Its number: it leads to point n.
    limit
        What it is shorter than.
    length
        How long it is, as Typst mathematics with its sign.
    ways, beside
        What may be said of it, the best first, where no lens shows its length, and beside one.
    """

    n: int
    limit: float
    length: str
    ways: Sequence[tuple[Lettering, ...]]
    beside: Sequence[tuple[Lettering, ...]]


class ShortStep(VGroup):
    """A bar as long as the limit, over the arrow of a step in a lens, and the words of both.

    Parameters
    ----------
    look, lens, step
        The look, the lens with the step in it, and the step.
    short
        What is told of it.

    Attributes
    ----------
    bar, length
        The bar with its words, and what the step's length is, if there is room for it.
    """

    def __init__(self, look: Look, lens: Lens, step: Step, short: TooShort) -> None:
        super().__init__()
        plot, (x,), (then,) = lens.plot, step.point, step.next_point
        toward = 1 if then > x else -1
        level = plot.inner.bottom + BAR
        left, right = sorted((plot.x(x), plot.x(x + toward * short.limit)))
        bar = line(look, role="text", width=0.75 * STROKE.curve)
        ends = [[(at, level - END), (at, level + END)] for at in (left, right)]
        set_lines(bar, [[(left, level), (right, level)], *ends])
        clear = Obstacles(lens.region.inset(*[0.12] * 4))
        clear.add(*lens.shown)
        self.bar, self.length = VGroup(bar), VGroup()
        size = figure(number(short.limit))
        end, side = ((left, "left"), (right, "right"))[toward < 0]
        named = join("tolerance ", math(size))
        for words in (
            look.source(named, TYPE.tick),
            look.source(named, TYPE.minimum),
            look.math(size, TYPE.tick),
        ):
            place_near(words, (end, level), clear.copy(), (side,), (0.16,), only=True)
            if words.is_free:
                self.bar.add(words.place(words.origin[0], level, on="middle"))
                break
        told = math(short.length)
        for words in (
            look.text("length ", told, size=TYPE.tick, role="step"),
            look.text(told, size=TYPE.tick, role="step"),
        ):
            y, half, room = (
                plot.inner.bottom - LOW - 0.66 * words.em,
                words.advance / 2,
                clear.within,
            )
            middle = max((plot.x(x) + plot.x(then)) / 2, room.left + half + 0.02)
            words.place(min(middle, room.right - half - 0.02), y, "center")
            if not clear.trouble(words.box):
                self.length.add(words)
                break
        self.add(self.bar, self.length)
