"""A function of two variables cut along both of them, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_ends import name_ends
from scenes.parts.lettering import Lettering
from scenes.parts.naming import name_line
from scenes.parts.placing import Obstacles
from scenes.parts.plot import Plot
from scenes.parts.source import figure
from scenes.parts.window import Window
from scenes.theme import TYPE, units
from scenes.words import number, rounded

AIR = 0.08
"""Beyond what is shown, in parts of it."""

NAMED, WIDEST = 0.18, 0.3
"""From the end of the axis across to the end of its name beside the name itself, in units, and the
widest name with an "or", in parts of the region."""

ENDED, MARGIN = 0.08, 0.1
"""What a name beside the end of a curve needs beyond its own width, and what a plot without a title
keeps free at its right, in units."""

APART = 0.2
"""More air between both names than round other words, in units."""

SIDES = ("right", "above left", "below right", "above", "left")
SIDES_LOW = ("above left", "above", "below right", "right")
PARTS = (0.0, *np.linspace(0.04, 0.7, 18))
"""At which side of the right half of a slice its name may stand, in a plot of its own and in a low
one under another, and where, from the top."""


class Slice:
    """A function of two variables where one of them has a fixed value.

    Parameters
    ----------
    function
        With vectorised `values` of two arrays.
    place, axis
        A point of the slice, and which variable moves along it.
    """

    def __init__(self, function: Any, place: Sequence[float], axis: int) -> None:
        self.function, self.place, self.axis = function, tuple(place), axis

    def values(self, *arrays: ArrayLike) -> NDArray[np.float64]:
        """Return the values at places of the variable that moves."""
        (along,) = arrays
        both = [np.full_like(np.asarray(along, dtype=np.float64), x) for x in self.place]
        both[self.axis] = np.asarray(along, dtype=np.float64)
        out: NDArray[np.float64] = self.function.values(*both)
        return out


def around(region: Region) -> Region:
    """Return the region of a plot whose axes are to stand at the lower and the upper edge."""
    return region.inset(bottom=-0.12 - 0.95 * units(TYPE.tick), top=-0.06)


class Slices(VGroup):
    """Both slices through a minimum on the same axes: of one variable as of the other.

    Parameters
    ----------
    look, region
        The look, and where they stand; the words of the axes are outside of it, below and above.
    function
        With vectorised `values` of two arrays.
    names
        The variables in Typst mathematics.
    goal, start
        The minimum, and how far from it the slices reach where nothing is above.
    above
        A plot straight above with the first variable along its axis: both have one scale then.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        function: Any,
        names: Sequence[str],
        goal: Sequence[float],
        start: Sequence[float],
        above: Plot | None = None,
    ) -> None:
        super().__init__()
        self.look = look
        cuts = [Slice(function, goal, axis) for axis in (0, 1)]
        reach = (1 + AIR) * max(abs(a - b) for a, b in zip(start, goal, strict=True))
        floor, *tops = (
            float(cut.values([x])[0])
            for cut, x in zip((cuts[0], *cuts), (goal[0], *start), strict=True)
        )
        top = floor + (1 + AIR) * (max(tops) - floor)
        ends = (min(goal) - reach, max(goal) + reach)
        either = self._either(names, region.width)
        written = [figure(number(rounded(place), 3)) for place in goal]
        told = [f"f({names[0]}, {written[1]})", f"f({written[0]}, {names[1]})"]
        # Beside the ends of the curves there is room for the name of the axis, and for their own
        # names, except in a low plot: there one would stand on the other.
        room = look.math_width(either, TYPE.tick) + NAMED
        if above is None:
            room = max(room, look.math_width(told[0], TYPE.label) + ENDED)
        inside, left = around(region).inset(right=room), 0.0
        if above is not None:
            ends, left = (above.window.left, above.window.right), above.inner.left - region.left
            inside = replace(inside, right=above.inner.right + MARGIN)
        window = Window(*ends, floor, top)
        self.plot = plot = Plot(look, inside, window, x_name="", y_name="", left_room=left)
        curves = [plot.curve(cut, samples=960) for cut in cuts]
        self.add(plot, name_ends(look, plot, either, "f"), *curves)
        clear = Obstacles(replace(plot.inner, right=region.right))
        clear.add(self)
        sides = SIDES if above is None else SIDES_LOW
        for size in (TYPE.label, TYPE.tick):
            labels, free = list[Lettering](), clear.copy()
            for axis, cut in enumerate(cuts):
                pieces = [
                    piece[piece[:, 0] >= plot.x(goal[axis])] for piece in plot.graph(cut, 960)
                ]
                label = look.math(told[axis], size, "curve")
                name_line(label, [piece for piece in pieces if len(piece) > 1], free, sides, PARTS)
                labels.append(label)
                free.add_box(label.box.inset(*[-APART] * 4))
            # Both are of one size.
            if all(label.is_free for label in labels):
                break
        self.add(*(label for label in labels if label.is_free))

    def _either(self, names: Sequence[str], width: float) -> str:
        """Return the name of the axis of either variable, shorter where there is little room."""
        words = ' "or" '.join(names)
        fits = self.look.math_width(words, TYPE.tick) <= WIDEST * width
        return words if fits else '", "'.join(names)
