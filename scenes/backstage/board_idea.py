"""The tangent that stands for any in FromScratch: at some x, before the run starts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Mobject

from scenes.look import Look
from scenes.parts.axis_notes import has_room
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import TICK, Plot
from scenes.parts.slope import beside_tangent, slope_role
from scenes.parts.source import Source, math
from scenes.parts.strokes import dashes, dots, line, set_lines
from scenes.parts.tangents import OVER_AXIS, tangent_segment
from scenes.theme import STROKE, TYPE

REACH = (0.5, 0.32)
"""How far the tangent goes downhill and uphill, in diagonals."""

PRODUCT = 0.45
"""So far from the numbers beside it x stands at least, in units: nearer, they read as a product."""

UNDER_NUMBERS = 0.14
"""Else it is so far under them, in units."""

LONGEST = 14
"""Characters of a derivative that is written beside a tangent."""


def between_numbers(plot: Plot, goal: float, start: float) -> float:
    """Return an x between two others: in the middle of two numbers of the axis, if it can be.

    Where the two are so close that no such middle lies between them, it is one on the side of the
    start if there is any, and the closest one otherwise.
    """
    wanted = goal + 0.6 * (start - goal)
    middles = [(low + high) / 2 for low, high in itertools.pairwise(plot.x_ticks)]
    inside = [x for x in middles if min(goal, start) < x < max(goal, start)]
    beyond = [x for x in middles if (x - goal) * (start - goal) > 0]
    return min(inside or beyond or middles, key=lambda x: abs(x - wanted), default=wanted)


def any_tangent(
    look: Look,
    plot: Plot,
    function: Any,
    x: float,
    numbers: Iterable[Lettering],
    clear: Obstacles,
) -> list[Mobject]:
    """Return a tangent with the derivative, and its x at the axis; nothing where it is level.

    Parameters
    ----------
    look, plot, function, x
        The look, where it is drawn, what it touches, and where.
    numbers
        Those of the x-axis.
    clear
        What is in the way; what is drawn becomes a part of it.
    """
    value, (slope,) = function.value((x,)), function.gradient((x,))
    if not plot.shows(x, value) or slope == 0:
        return []
    role, above, spot = slope_role(slope), plot.inner.inset(bottom=OVER_AXIS), plot.at(x, value)
    diagonal = float(np.hypot(plot.inner.width, plot.inner.height))
    down, up = (2 * part * diagonal for part in REACH)
    ahead = (down, up) if slope > 0 else (up, down)
    pieces = tangent_segment(plot, x, value, slope, *ahead, above)
    tangent = set_lines(line(look, width=STROKE.tangent, role=role), pieces)
    point = dots(look, [spot])
    guide = set_lines(line(look, role="muted"), dashes(plot.on_axis(x), spot))
    foot, end = plot.tick(x)
    name = look.math("x", TYPE.tick, "point")
    level = plot.inner.bottom - TICK - 0.08 - 0.66 * name.em
    name.place(plot.x(x), level, "center")
    if not all(has_room(number, [name], PRODUCT) for number in numbers):
        # Below them then, at the end of a longer mark.
        name.place(plot.x(x), level - name.box.height - UNDER_NUMBERS, "center")
        end = (end[0], name.box.top + 0.06)
    mark = set_lines(line(look, role="point"), [(foot, end)])
    clear.add(tangent, point, guide, name)
    drawn: list[Mobject] = [guide, mark, name, tangent, point]
    derivative = function.typst_gradient[0]
    told = math(derivative) if len(derivative) <= LONGEST else Source("")
    for size in (TYPE.label, TYPE.tick):
        words = look.text("slope ", told, size=size, role=role)
        if beside_tangent(words, slope, spot, pieces, clear.copy()):
            clear.add(words)
            return [*drawn, words]
    return drawn
