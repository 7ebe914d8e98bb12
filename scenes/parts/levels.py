"""Values compared: two level lines, and an arrow from the one to the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from gdcore import Step
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.strokes import Points, arrow_outline, dashes, line, set_lines, shape
from scenes.theme import STROKE, units
from scenes.words import number

WIDE = 2.2
"""Two places at least so far apart, in units, can have the arrow between them."""

LITTLE = 1.0
"""Trouble that is none: the arrow crosses a quiet line, or a number stands beside the arrow."""

BESIDE_DOT = ("right", "below right", "left", "below left", "above right", "above left")


class Fall(VGroup):
    """What a step did to the value: two level lines, an arrow between them, and both numbers.

    The lines lead from the dots to the value axis. Between them and the axis stands the arrow; if
    there is no room, and the step flew far, it stands between both places, and the line of the one
    goes on to over or under the other. They stop short of the dots. Each number stands at its end
    of the arrow, beyond the line.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and the step of a run of one variable.
    clear
        What the numbers keep clear of; lines and numbers are added to it.
    parts
        Where between two far places the arrow may stand, the best first.
    at_dots
        Whether the numbers stand beside the dots instead of at the ends of the arrow.
    beside
        Where between the axis and the nearer place the arrow may stand, the best first.

    Attributes
    ----------
    lines, label
        The level lines with the arrow, and both numbers.
    is_free
        Whether both numbers stand clear.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        step: Step,
        clear: Obstacles,
        parts: Sequence[float] = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8),
        *,
        at_dots: bool = False,
        beside: Sequence[float] = (0.16, 0.3, 0.08, 0.45, 0.6, 0.75),
    ) -> None:
        super().__init__()
        inner = plot.inner
        xs = [
            float(np.clip(plot.x(x), inner.left, inner.right))
            for x in (step.point[0], step.next_point[0])
        ]
        ys = [
            float(np.clip(plot.y(y), inner.bottom, inner.top))
            for y in (step.value, step.next_value)
        ]
        rim = 0.8 * units(STROKE.point)
        low, high = min(xs), max(xs)
        # Each piece of a level: its height, where it starts, and where it ends.
        pieces = [(y, x - rim, inner.left) for x, y in zip(xs, ys, strict=True)]
        first, free = inner.left + 0.25, low - inner.left
        places = [first + free * part for part in beside]
        numbers = [
            look.math(figure(number(value)), role="curve")
            for value in (step.value, step.next_value)
        ]

        levels = _dashed(pieces)

        def trouble(place: float) -> float:
            there = clear.copy()
            upright = Region(place - 0.02, min(ys) + 0.1, place + 0.02, max(ys) - 0.1)
            # A quiet line across the arrow is no great harm.
            crossed = 0.25 * there.trouble(upright) if upright.height > 0 else 0.0
            # Worse than anything is an arrow through a number.
            crossed += 1000 * clear.crossed([(place, ys[0]), (place, ys[1])])
            for dash in levels:
                there.add_points(dash)
            return crossed + (0.0 if at_dots else _place(numbers, place, xs, ys, there))

        along = min(places, key=trouble)
        if high - low > WIDE and trouble(along) > LITTLE:
            pieces.append((ys[xs.index(low)], low + rim, high))
            levels = _dashed(pieces)
            along = min((low + (high - low) * part for part in parts), key=trouble)
        lines = set_lines(line(look, role="curve", width=STROKE.axis), levels)
        self.is_free = not any(clear.crossed(dash) for dash in levels)
        clear.add(lines)
        arrow = shape(look, arrow_outline((along, ys[0]), (along, ys[1]), 0.5, 1.8), "curve")
        if at_dots:
            clear.add(arrow)
            for written, *dot in zip(numbers, xs, ys, strict=True):
                place_near(written, dot, clear, BESIDE_DOT, (0.2, 0.26), only=True)
        else:
            _place(numbers, along, xs, ys, clear)
        self.is_free &= all(written.is_free for written in numbers)
        self.lines = VGroup(lines, arrow)
        # A number for which there is no room is left out rather than laid over another.
        self.label = VGroup(*(written for written in numbers if written.is_free))
        self.add(self.lines, self.label)


def _dashed(pieces: Sequence[tuple[float, float, float]]) -> list[Points]:
    """Return the dashes of level lines, each a height and its two ends."""
    return [dash for y, start, end in pieces for dash in dashes((start, y), (end, y))]


class Level(VGroup):
    """One value at two places: a line from the value axis through both, and the number over it.

    Parameters
    ----------
    look, plot, step
        The look, where to draw, and a step of a run of one variable, which starts at the level.
    clear
        What the number keeps clear of.
    """

    def __init__(self, look: Look, plot: Plot, step: Step, clear: Obstacles) -> None:
        super().__init__()
        inner, rim = plot.inner, 0.8 * units(STROKE.point)
        low, high = sorted(
            float(np.clip(plot.x(point[0]), inner.left, inner.right))
            for point in (step.point, step.next_point)
        )
        y = float(np.clip(plot.y(step.value), inner.bottom, inner.top))
        level = line(look, role="curve", width=STROKE.axis)
        pieces = dashes((low - rim, y), (inner.left, y)), dashes((low + rim, y), (high - rim, y))
        set_lines(level, [dash for piece in pieces for dash in piece])
        clear.add(level)
        words = look.math(figure(number(step.value)), role="curve")
        # Named at the side of the value axis, if there is room.
        spans = (inner.left, low, (0.5, 0.4, 0.6, 0.3)), (low, high, (0.5, 0.4, 0.6, 0.3, 0.7))
        anchors = [(a + (b - a) * part, y) for a, b, parts in spans for part in parts]
        place_near(words, anchors, clear, ("above", "below"), (0.12, 0.2), only=True)
        self.add(level, words)


def _place(
    numbers: Sequence[Lettering], x: float, dots: list[float], ys: list[float], clear: Obstacles
) -> float:
    """Put the numbers to the ends of an arrow at x, and return how badly they stand there."""
    clear.add_points([(x, ys[0]), (x, ys[1])])
    falls = ys[0] > ys[1]
    beyond, within = (("above", "below"), ("below", "above"))[:: 1 if falls else -1]
    bad = 0.0
    for written, dot, y, (out, back) in zip(numbers, dots, ys, (beyond, within), strict=True):
        # Beyond its line, if need be farther along it. Beside the arrow, where it reads as the
        # arrow's length, only where there is no other room.
        sides = (f"{back} right", f"{back} left", f"{out} right", f"{out} left")
        before, half = clear.copy(), written.advance / 2
        end = np.array([[x, y]])
        place_near(written, end, clear.copy(), (out,), (0.12, 0.2, 0.3), only=True)
        axis = clear.within.left + half + 0.1
        ahead, behind = np.arange(x + 0.4, dot - half, 0.15), np.arange(x - 0.4, axis, -0.15)
        far = [(at, y) for at in (*ahead, *behind)]
        if not written.is_free and far:
            place_near(written, far, clear.copy(), (out,), (0.12, 0.08), only=True)
        if not written.is_free:
            place_near(written, end, clear.copy(), (out, *sides), (0.12, 0.2, 0.3), only=True)
        if not written.is_free:
            place_near(written, end, clear.copy(), (out, *sides))
        clear.add(written)
        bad += before.trouble(written.box) + _astray(written, x, y)
    return bad


def _astray(written: Lettering, x: float, y: float) -> float:
    """Return how far type stands from a point: bad too, but less than on a stroke."""
    box, near = written.box, 0.2
    across = max(0.0, box.left - x, x - box.right)
    return 5 * (across + max(0.0, box.bottom - y - near, y - box.top - near))
