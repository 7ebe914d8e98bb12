"""The hilltop between two valleys, seen through a lens: two starts, one on each side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdcore import Trace
from gdcore.theory import StationaryPoint
from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lens import RING, Lens, close_up, free_region
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.plot import TICK, Plot
from scenes.parts.source import figure
from scenes.parts.strokes import dashes, line, set_lines
from scenes.theme import TYPE
from scenes.words import number

LARGEST = (3.8, 1.9)
"""The size of the lens, in units; in parts of the plot's it is at most `SHARE`."""

SHARE = (0.48, 0.45)

ASIDE = 0.4
"""Air on both sides of the starts, in parts of their distance."""

ROW = 0.12
"""Between two numbers in the row under the lens, in units."""

EVEN = 1.1
"""Up to so many times as much as x, a height that is magnified does not look stretched."""

SHAPES = (
    *((1.0, 1.0), (1.0, 0.85), (0.9, 0.9), (0.9, 0.75), (0.8, 0.8)),
    *((0.7, 0.8), (0.65, 0.75), (0.75, 0.65), (0.65, 0.65), (0.65, 0.55)),
)
"""Widths and heights that are tried below the hilltop, in parts of the largest."""

AIR = 0.1
"""Free space round the lens where it stands below the hilltop, in units."""

SPACING = 0.1
"""Between two heights that are tried for it, in units."""


class HillLens(Lens):
    """A lens on two starts that are close to each other, and on the hilltop between them.

    Parameters
    ----------
    look, plot, objective
        The look, the plot that is magnified, and the function that it shows.
    runs
        The two runs.
    hill
        The hilltop, or None.
    clear
        What the lens should not cover.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        objective: Any,
        runs: Sequence[Trace],
        hill: StationaryPoint | None,
        clear: Obstacles,
    ) -> None:
        starts = sorted(run.points[0][0] for run in runs)
        inner = plot.inner
        size = (min(SHARE[0] * inner.width, LARGEST[0]), min(SHARE[1] * inner.height, LARGEST[1]))
        spot = plot.at(runs[0].points[0][0], runs[0].values[0])
        region = _below(inner, *size, clear, *spot) or free_region(inner, *size, clear, spot)
        name = None if hill is None else look.math(figure(number(hill.x)), size=TYPE.minimum)
        self.crowded = False
        if hill is not None and name is not None:
            unit = 0.9 * region.width / ((1 + 2 * ASIDE) * (starts[1] - starts[0]))
            room = unit * min(hill.x - starts[0], starts[1] - hill.x)
            widths = [look.math(figure(number(x)), size=TYPE.minimum).advance for x in starts]
            self.crowded = (name.advance + max(widths)) / 2 + ROW > room
        below, above = (0.8, 2.2) if self.crowded else (1.2, 0.9)
        window = close_up(objective, starts, left=ASIDE, right=ASIDE, below=below, above=above)
        # Its lower edge is not f = 0, so it is no axis.
        super().__init__(look, plot, region, window, x_ticks=starts, floor=False)
        self.runs = tuple(runs)
        self.draw(objective)
        if hill is not None and name is not None:
            self._mark(look, hill, name)
        if self.stretch > EVEN:
            self._say_stretched(look, [] if name is None else [name])

    def _say_stretched(self, look: Look, names: Sequence[Lettering]) -> None:
        """Say that f is magnified more than x, which makes a hill of what is almost flat."""
        room = self.region.inset(*[0.08] * 4)
        clear = Obstacles(room)
        clear.add(self.curve, self.plot, *names)
        for text in ("height stretched", "stretched"):
            words = look.text(text, size=TYPE.minimum, role="muted")
            for x in (room.left, room.right - words.advance):
                words.place(x, room.top, on="top")
                if clear.trouble(words.box.inset(*[0.01] * 4)) == 0:
                    self.add(words)
                    return

    def _mark(self, look: Look, hill: StationaryPoint, name: Lettering) -> None:
        """Lead from the hilltop down to the axis, and write its x there or else above it."""
        base, top = self.plot.on_axis(hill.x), self.plot.at(hill.x, hill.value)
        if self.crowded:
            name.place(top[0], top[1] + 0.14, "center")
        else:
            name.place(base[0], base[1] - TICK - 0.08 - 0.66 * name.em, "center")
        tick = [base, base - (0.0, TICK)]
        self.add(set_lines(line(look, role="muted"), [*dashes(base, top), tick]), name)

    def kept(self, most: int) -> int:
        """Return after how many steps, at most, both walkers can still be seen in it."""
        inside = (
            n
            for n in range(most, 0, -1)
            if all(self.plot.shows(run.points[n][0], run.values[n]) for run in self.runs)
        )
        return next(inside, 0)


def _below(
    within: Region, width: float, height: float, clear: Obstacles, x: float, y: float
) -> Region | None:
    """Return a free rectangle of about this size straight below a place, or None."""
    for across, up in SHAPES:
        wide, tall = width * across, height * up
        top = y - 2.5 * RING
        while top - tall > within.bottom + AIR:
            box = Region(x - wide / 2, top - tall, x + wide / 2, top)
            if clear.trouble(box.inset(*[-AIR] * 4)) == 0:
                return box
            top -= SPACING
    return None
