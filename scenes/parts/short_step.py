"""A step that is too short to see, in a lens: its length under that which it falls short of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup, VMobject

from gdcore import Step
from scenes.look import Look
from scenes.parts.lens import Lens
from scenes.parts.lettering import Lettering
from scenes.parts.plot import Plot
from scenes.parts.step import part_of
from scenes.parts.strokes import line, set_arrow, set_lines
from scenes.theme import STROKE

BAR, END = 0.28, 0.09
"""From the axis up to the bar of the limit, and from it up to the top of its ends, in units."""

PAST = 0.13
"""So far below the axis the ends of the bar go: past the arrow, whose tip falls short of one."""

OVER, LOW = 0.2, 0.26
"""From the bar up to its name, and from the axis down to the words of the step, in units."""

AIR, TALL = (0.12, 0.13), 2.5
"""At the sides of those words and over and under all of it at least, and how high a lens on a short
step is at most, in units."""


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
    pairs
        What is said at a bar as long as the limit, and under the step where a lens shows it, the
        best first; both are as large.
    """

    n: int
    limit: float
    ways: Sequence[tuple[Lettering, ...]]
    pairs: Sequence[tuple[Lettering, Lettering]]

    def fitting(self, width: float, height: float) -> tuple[tuple[Lettering, ...], float]:
        """Return the words for a room of some size, and how far over its foot the axis stands.

        Where none have room, there are none.
        """
        for name, length in self.pairs:
            over, under = BAR + OVER + name.box.height, LOW + length.box.height
            air = (height - over - under) / 2
            wide = max(name.advance, length.advance)
            if air >= AIR[1] and wide <= width - 2 * AIR[0]:
                return (name, length), under + air
        return (), height / 2


class AxisArrow(VMobject):
    """The arrow of one step of a run along the axis, which grows as the playhead takes the step.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and the step.
    """

    def __init__(self, look: Look, plot: Plot, step: Step) -> None:
        super().__init__(stroke_width=0, fill_color=look.color("step"), fill_opacity=1)
        self.role, self.index = "step", step.index
        self.ends = plot.on_axis(step.point[0]), plot.on_axis(step.next_point[0])

    def show(self, position: float) -> None:
        """Draw as much of it as has been taken."""
        start, tip = self.ends
        set_arrow(self, start, start + (tip - start) * part_of(position - self.index, 0.0, 1.0))


class ShortStep(VGroup):
    """A bar as long as the limit, over the arrow of a step in a lens, and the words of both.

    Both start at one place. The ends of the bar go down past the arrow: one sees that its tip does
    not reach that far.

    Parameters
    ----------
    look, lens, step, limit
        The look, the lens on the axis at the step, the step, and what it is shorter than.
    words
        What is said at the bar, and under the step, or nothing.

    Attributes
    ----------
    arrow
        The arrow of the step.
    bar, length
        The bar with its name, and how the step's length compares to it.
    """

    def __init__(
        self, look: Look, lens: Lens, step: Step, limit: float, words: Sequence[Lettering]
    ) -> None:
        super().__init__()
        plot, (x,), (then,) = lens.plot, step.point, step.next_point
        floor, toward = plot.inner.bottom, 1 if then > x else -1
        level = floor + BAR
        left, right = sorted((plot.x(x), plot.x(x + toward * limit)))
        bar = line(look, role="text", width=1.5 * STROKE.axis)
        ends = [[(at, floor - PAST), (at, level + END)] for at in (left, right)]
        set_lines(bar, [[(left, level), (right, level)], *ends])

        def middle(said: Lettering) -> float:
            """Return the middle of the bar, or the place nearest to it in the frame."""
            half = said.advance / 2 + AIR[0]
            return min(max((left + right) / 2, lens.region.left + half), lens.region.right - half)

        for name in words[:1]:
            name.place(middle(name), level + OVER, "center")
        for length in words[1:]:
            length.place(middle(length), floor - LOW, "center", "top")
        self.arrow = AxisArrow(look, plot, step)
        self.bar, self.length = VGroup(bar, *words[:1]), VGroup(*words[1:])
        self.add(self.bar, self.length)
