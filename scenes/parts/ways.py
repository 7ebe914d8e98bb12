"""Two thin arrows from a place on the x-axis: the way uphill, and downhill, the way of the step."""

from __future__ import annotations

from manim import VGroup

from scenes.look import Look
from scenes.parts.feet import under_axis
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.strokes import arrow_outline, shape

LEVEL = 0.34
"""Height of the arrows above the axis, in units."""

START, LENGTH = 0.16, 1.15
"""Where they start beside the place, and how long they are, in units."""

RISES = (0.2, 0.24, 0.28, 0.35, 0.5)
"""How high above their arrows the words may stand, in units; else they stand under the axis."""


class Ways(VGroup):
    """A thin arrow each way from a place of the axis, with its word.

    Parameters
    ----------
    look, plot, x
        The look, where to draw, and the data x that the arrows point away from.
    uphill
        1 where uphill is to the right, −1 to the left.
    clear
        What the words keep clear of.

    Attributes
    ----------
    under
        Whether the words have no room over their arrows and stand under the axis.
    """

    def __init__(self, look: Look, plot: Plot, x: float, uphill: int, clear: Obstacles) -> None:
        super().__init__()
        base, inner = plot.on_axis(x), plot.inner
        y = base[1] + LEVEL
        ways, words, middles = [], [], []
        for side, role, name in (
            (uphill, slope_role(uphill), "uphill"),
            (-uphill, "step", "downhill"),
        ):
            room = (inner.right + 0.3 - base[0]) if side > 0 else (base[0] - inner.left)
            reach = max(min(LENGTH, room - START), 0.4)
            tail, tip = base[0] + side * START, base[0] + side * (START + reach)
            ways.append(shape(look, arrow_outline((tail, y), (tip, y), 0.5, 2.0), role))
            words.append(look.text(name, role=role))
            # A word longer than its arrow keeps off the place's guide and stays in the plot.
            half = words[-1].advance / 2
            away = max(abs(tail + tip - 2 * base[0]) / 2, half + 0.12)
            middles.append(base[0] + side * away)
        clear.add(*ways)

        def write(level: float) -> bool:
            for each, middle in zip(words, middles, strict=True):
                each.place(middle, level, "center")
            return not any(clear.trouble(each.box) for each in words)

        self.under = not any(write(y + rise) for rise in RISES)
        if self.under:
            write(under_axis(plot))
        self.uphill, self.step = (VGroup(*pair) for pair in zip(ways, words, strict=True))
        self.add(self.uphill, self.step)
