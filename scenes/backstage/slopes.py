"""The numbers of secants at one point, what may be said of them, and places beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from gdcore.secant import excess, rise, secant_slope
from scenes.parts.slope import slope_role
from scenes.words import is_close


class Slopes:
    """The slopes of secants of several widths, and the slope that they tend to.

    Parameters
    ----------
    objective, at, widths
        A function of one variable, the fixed point, and the widths, from large to small.
    """

    def __init__(self, objective: Any, at: float, widths: Sequence[float]) -> None:
        self.objective, self.at, self.widths = objective, at, tuple(widths)
        self.value, (self.slope,) = objective.value_and_gradient((at,))
        self.rises = [rise(objective, at, width) for width in self.widths]
        self.secants = [secant_slope(objective, at, width) for width in self.widths]
        self.rests = [excess(objective, at, width) for width in self.widths]
        self.role = slope_role(self.slope)

    @property
    def are_defined(self) -> bool:
        """Whether f and all the slopes are defined, and the secants do not speak of a kink."""
        every = (self.value, self.slope, *self.secants)
        if not all(value - value == 0 for value in every):
            return False
        ((bend,),) = self.objective.hessian((self.at,))
        return self.settle or bend - bend == 0

    @property
    def settle(self) -> bool:
        """Whether what the secants have over the tangent shrinks as they do."""
        sizes = [abs(rest) for rest in self.rests]
        falls = all(later <= before for before, later in pairwise(sizes))
        return falls and (sizes[-1] < 0.5 * sizes[0] or is_close(sizes[0], 0.0))

    @property
    def are_slope_and_width(self) -> bool:
        """Whether every secant has the slope of the tangent and its width besides."""
        return all(is_close(*pair) for pair in zip(self.rests, self.widths, strict=True))

    @property
    def words(self) -> str:
        """The caption of what the slopes tend to; it needs the fields `at`, `about` and `slope`."""
        if self.are_slope_and_width:
            return (
                "Secants from x = {at} have slope {about}{slope} + h; "
                "as h shrinks to 0, it tends to {about}{slope}."
            )
        if all(is_close(rest, 0.0) for rest in self.rests):
            return "Every slope here is {about}{slope}: this curve is a straight line."
        if self.settle:
            return "Each slope is {about}{slope} and a rest; the rest shrinks to 0 with h."
        return "As h shrinks to 0 the slope tends to {about}{slope}."


def round_places(
    places: Sequence[float],
    at: float,
    shown: Any,
    function: Any,
    most: int = 4,
    gap: float = 0.08,
) -> list[float]:
    """Return a few places near another one at which a function has a slope, that one included.

    Parameters
    ----------
    places
        What there is to choose from.
    at
        The one that they are near.
    shown
        The window in which they and their values must lie, with air.
    function, most
        The function, and how many.
    gap
        How far apart they are at least, in parts of the window.
    """
    air = 0.04 * (shown.right - shown.left), 0.04 * (shown.top - shown.bottom)
    found = [at]
    for x in sorted(places, key=lambda x: (abs(x - at), x)):
        value, (slope,) = function.value_and_gradient((x,))
        inside = (
            shown.left + air[0] <= x <= shown.right - air[0]
            and shown.bottom + air[1] * (value < 0) <= value <= shown.top - air[1]
        )
        apart = all(abs(x - other) > gap * (shown.right - shown.left) for other in found)
        if inside and apart and slope - slope == 0 and len(found) < most:
            found.append(x)
    return sorted(found)
