"""The axes of FromScratch's plot, which cross at a number."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scenes.backstage.board_moves import Sliding
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.axis_marks import AxisMarks
from scenes.parts.axis_names import name_axes, room_for_name
from scenes.parts.lettering import Lettering
from scenes.parts.plot import Plot, clip
from scenes.parts.window import Drawable, Window, fit_beside, ticks
from scenes.theme import TYPE

CLOSE = 0.12
"""Between two numbers of the axis at least, in units."""

MOST_AIR = 0.2
"""How much of its width a window may grow so that it starts at a round number."""

BESIDE = 0.02
"""More room on the right of a run that comes from there, in parts of the width."""

BESIDE_AXIS, CLEAR = 0.14, 0.2
"""From the upright axis to its name, and from the name to the curve at least, in units."""

HEADROOM = 0.3
"""Air over the highest point of a run, in parts of what the run takes."""


class RoundPlot(Plot):
    """A plot whose axis has a number at its left end, where the other axis stands.

    The upright axis has few numbers. Its name stands beside its upper end, where it costs no
    height, or between two of its numbers if the curve is there.

    Parameters
    ----------
    look, region, room, window, function
        The look, where it may draw at first and in the end, what it shows, and the curve in it.
    tick_size
        Size of the numbers, in % of the shorter side.
    written
        What else is written left of the upright axis.

    Attributes
    ----------
    name
        The name of the upright axis, which moves with it.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        room: Region,
        window: Window,
        function: Drawable,
        *,
        tick_size: float,
        written: Sequence[Lettering] = (),
    ) -> None:
        super().__init__(
            look,
            region,
            window,
            y_name="",
            y_ticks=ticks(window.bottom, window.top, 2),
            tick_size=tick_size,
            left_room=max(
                room_for_name(look, "f(x)"), AxisMarks.room(*written) if written else 0.0
            ),
            later=(window,),
            rooms=(room,),
        )
        names = []
        for position in (1.0, 0.0):
            self.show(position)
            names.append(self._named(function))
        last, first = names
        self.name = Sliding(first, first.origin, last.origin)
        self.add(self.name)

    def _named(self, function: Drawable) -> Lettering:
        """Return the name of the upright axis where it stands in the plot as that is now."""
        inner = self.inner
        name = self.look.math("f(x)", TYPE.tick, "muted")
        name.place(inner.left + BESIDE_AXIS, inner.top, on="top")
        room = name.box.inset(left=-CLEAR, bottom=-CLEAR, right=-CLEAR, top=-CLEAR)
        if any(clip(piece, room) for piece in self.graph(function)):
            (name,) = name_axes(self.look, self, "", "f(x)")
        return name

    def _round(self, shown: Window, width: float) -> tuple[float, ...]:
        unit = width / (shown.right - shown.left)
        marks = ticks(shown.left, shown.right, 5)
        halves = [self._label(mark).advance / 2 for mark in marks]
        needed = max(map(sum, itertools.pairwise(halves)), default=0.0) + CLOSE
        if len(marks) < 2 or (marks[1] - marks[0]) * unit < needed:
            return super()._round(shown, width)
        return tuple(marks)


def framed(function: Any, xs: Sequence[float], valley: float | None) -> Window:
    """Return the window of a run, which starts at a round number: an axis stands there."""
    window = fit_beside(function, xs, valley, HEADROOM)
    if valley is None or xs[0] > valley:
        # Beside the upper end of the first tangent its slope is told.
        window = replace(window, right=window.right + BESIDE * (window.right - window.left))
    # An axis just beside the minimum would be taken for the one at 0, and the point that ends
    # there would hide its corner.
    marks = ticks(window.left, window.right, 3)
    air = (marks[1] - marks[0]) / 2 if len(marks) > 1 else 0.1 * (window.right - window.left)
    window = replace(
        window,
        left=window.left - (air if window.left == valley else 0.0),
        right=window.right + (air if window.right == valley else 0.0),
    )
    marks = ticks(window.left, window.right, 5)
    if len(marks) < 2:
        return window
    pitch = marks[1] - marks[0]
    before = round(marks[0] - pitch, 9)
    if marks[0] - window.left < 1e-9 * pitch:
        return window
    fits = window.left - before <= MOST_AIR * (window.right - window.left)
    return replace(window, left=before) if fits else window
