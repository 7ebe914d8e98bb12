"""Two chevrons on the x-axis: the way uphill, and the way of the step."""

from __future__ import annotations

from manim import VGroup, VMobject

from scenes.look import Look
from scenes.parts.plot import Plot
from scenes.parts.strokes import line
from scenes.theme import STROKE

SIZE = 0.17


class Chevrons(VGroup):
    """A double chevron each way from a point of the axis, its word above it."""

    def __init__(self, look: Look, plot: Plot, x: float, uphill: int) -> None:
        super().__init__()
        base = plot.on_axis(x)
        level = base[1] + 0.36
        self.uphill, self.downhill = (
            _side(look, base[0], level, direction, role, word)
            for direction, role, word in (
                (uphill, "slope_up" if uphill > 0 else "slope_down", "uphill"),
                (-uphill, "step", "step"),
            )
        )
        self.add(self.uphill, self.downhill)


def _side(look: Look, x: float, y: float, direction: int, role: str, word: str) -> VGroup:
    marks = VGroup(*(_mark(look, x + direction * away, y, direction, role) for away in (0.3, 0.5)))
    label = look.text(word, role=role)
    label.place(x + direction * 0.5, y + SIZE + 0.12, "center", "bottom")
    return VGroup(marks, label)


def _mark(look: Look, x: float, y: float, direction: int, role: str) -> VMobject:
    tip = x + direction * SIZE
    return line(look, [(x, y + SIZE), (tip, y), (x, y - SIZE)], role, STROKE.tangent)


def chevrons(look: Look, plot: Plot, x: float, uphill: int) -> Chevrons:
    """Return the chevrons at a data x; `uphill` is 1 to the right, −1 to the left."""
    return Chevrons(look, plot, x, uphill)
