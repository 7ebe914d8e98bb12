"""Two thin arrows from a place on the x-axis: the way uphill, and downhill, the way of the step."""

from __future__ import annotations

import itertools

from manim import VGroup

from scenes.look import Look
from scenes.parts.feet import under_axis
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.strokes import arrow_outline, shape
from scenes.theme import WORD_SIZES

LEVEL = 0.34
"""Height of the arrows above the axis, in units."""

START = 0.16
"""Where they start beside the place, in units."""

FORMS = (("uphill", "downhill"), 1.15), (("up", "down"), 0.7)
"""Their words and how long they are, in units, and both shorter where the curve is close."""

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
        self.look, self.plot, self.x = look, plot, x
        self.sides = (uphill, slope_role(uphill)), (-uphill, "step")
        level = plot.inner.bottom + LEVEL
        self.under = not any(
            self._draw(form, size, level + rise, clear.copy())
            for form, size, rise in itertools.product(FORMS, WORD_SIZES, RISES)
        )
        if self.under:
            self._draw(FORMS[0], WORD_SIZES[0], under_axis(plot), clear)
        self.uphill, self.step = self

    def _draw(
        self, form: tuple[tuple[str, str], float], size: float, level: float, clear: Obstacles
    ) -> bool:
        """Draw both with their words on a level, and return whether these stand clear."""
        look, inner, (x, bottom) = self.look, self.plot.inner, self.plot.on_axis(self.x)[:2]
        names, length = form
        self.remove(*self)
        for name, (side, role) in zip(names, self.sides, strict=True):
            room = (inner.right + 0.3 - x) if side > 0 else (x - inner.left)
            reach = max(min(length, room - START), 0.4)
            tail, tip = ((x + side * away, bottom + LEVEL) for away in (START, START + reach))
            way = shape(look, arrow_outline(tail, tip, 0.5, 2.0), role)
            words = look.text(name, size=size, role=role)
            # A word longer than its arrow keeps off the place's guide and stays in the plot.
            away = max(START + reach / 2, words.advance / 2 + 0.12)
            words.place(x + side * away, level, "center")
            self.add(VGroup(way, words))
        clear.add(*(way for way, _ in self))
        return not any(clear.trouble(words.box) for _, words in self)
