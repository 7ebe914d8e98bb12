"""Two chevrons on the x-axis: the way uphill, and the way of the step."""

from __future__ import annotations

from manim import VGroup, VMobject

from scenes.look import Look
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.strokes import Points, line
from scenes.theme import STROKE

SIZE, LEVEL = 0.17, 0.36
"""Half the height of a chevron, and its height above the axis, in units."""


class Chevrons(VGroup):
    """A double chevron each way from a point of the axis, with its word.

    Parameters
    ----------
    look, plot, x
        The look, where to draw, and the data x that the chevrons point away from.
    uphill
        1 where uphill is to the right, −1 to the left.
    clear
        What the words keep clear of.
    """

    def __init__(self, look: Look, plot: Plot, x: float, uphill: int, clear: Obstacles) -> None:
        super().__init__()
        base = plot.on_axis(x)
        sides = (
            (uphill, slope_role(uphill), "uphill"),
            (-uphill, "step", "step"),
        )
        marks = [_marks(look, base, direction, role) for direction, role, _ in sides]
        clear.add(*marks)
        words = [
            place_near(
                look.text(word, role=role),
                (base[0] + direction * 0.5, base[1] + LEVEL),
                clear,
                ("above", "right" if direction > 0 else "left"),
                gaps=(0.28, 0.36, 0.5, 0.7, 1.0),
            )
            for direction, role, word in sides
        ]
        self.uphill, self.downhill = (VGroup(*pair) for pair in zip(marks, words, strict=True))
        self.add(self.uphill, self.downhill)


def _marks(look: Look, base: Points, direction: int, role: str) -> VGroup:
    return VGroup(
        *(
            _mark(look, base[0] + direction * away, base[1] + LEVEL, direction, role)
            for away in (0.3, 0.5)
        )
    )


def _mark(look: Look, x: float, y: float, direction: int, role: str) -> VMobject:
    tip = x + direction * SIZE
    return line(look, [(x, y + SIZE), (tip, y), (x, y - SIZE)], role, STROKE.tangent)
