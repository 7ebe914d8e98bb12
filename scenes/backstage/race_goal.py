"""The way to a minimum that a view of a ravine does not show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import VGroup

from gdcore.floor import Floor
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.contour import Contours
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plane import PlaneView
from scenes.parts.strokes import grounded, set_arrow, shape
from scenes.parts.window import Window
from scenes.theme import STROKE, TYPE
from scenes.words import equals, number, rounded, spot

EDGE, POINTERS, POINTER_HEAD = 0.14, np.arange(0.6, 4.0, 0.2), 1.8
"""An arrow to a minimum outside ends so far from the edge and is so long, in units, if its name is
between two contour lines there; and its head, in % of the frame's shorter side."""


def way_to_goal(
    look: Look, view: PlaneView, objective: Any, floor: Floor, contours: Contours
) -> VGroup:
    """Return an arrow to the minimum with its name, if that lies outside of a view.

    Parameters
    ----------
    look, view
        The look, and the view.
    objective, floor
        The function of two variables, and where it is lowest.
    contours
        The contour lines between which the name stands if it can.
    """
    plot = view.plot
    if not floor.is_minimum or plot.shows(*floor.point):
        return VGroup()
    inner, goal = plot.inner, plot.at(*floor.point)
    free = inner.inset(*[EDGE] * 4)
    tip = np.clip(goal, (free.left, free.bottom), (free.right, free.top))
    x, y = along = (goal - tip) / np.hypot(*(goal - tip))
    across, up = "left" if x > 0 else "right", "below" if y > 0 else "above"
    behind = across if abs(x) > abs(y) else up
    words = f"minimum at {place_outside(objective.variables, floor.point, plot.window)}"
    lines = Obstacles(inner)
    lines.add_dots(contours.drawn())
    tries = [*((length, True) for length in POINTERS), (POINTERS[0], False)]
    for length, is_between in tries:
        back, arrow = tip - length * along, shape(look, role="minimum")
        # An arrow that began on a line would seem to lead from there.
        if is_between and lines.trouble(Region(*back, *back)):
            continue
        set_arrow(arrow, back, tip, STROKE.curve * 0.6, POINTER_HEAD)
        name, clear = look.text(words, size=TYPE.tick, role="minimum"), Obstacles(inner)
        clear.add(view, arrow)
        if is_between:
            clear.add_dots(contours.drawn())
        place_near(name, back, clear, (behind,), (0.1, 0.2, 0.3), only=is_between)
        if name.is_free:
            break
    return VGroup(arrow, *grounded(look, name))


def place_outside(variables: Sequence[str], point: Sequence[float], shown: Window) -> str:
    """Return where a point is, as far as that is not to be seen in a window.

    Examples
    --------
    >>> place_outside(("x", "y"), (1.23456, 0.5), Window(2, 3, 0, 1))
    'x ≈ 1.23'
    >>> place_outside(("x", "y"), (1.23456, 5), Window(2, 3, 0, 1))
    '≈ (1.23, 5)'
    """
    x, y = point
    aside, off = not shown.left <= x <= shown.right, not shown.bottom <= y <= shown.top
    if aside and off:
        sign = equals(*map(rounded, (x, y)), digits=3)
        return f"{'' if sign == '=' else f'{sign} '}{spot((x, y))}"
    name, place = list(zip(variables, map(rounded, (x, y)), strict=True))[off]
    return f"{name} {equals(place, digits=3)} {number(place, 3)}"
