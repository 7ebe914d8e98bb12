"""How many steps a run needs, as a bar on a scale that several runs share."""

from __future__ import annotations

from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Changing, Lettering
from scenes.parts.strokes import line, set_lines, shape
from scenes.theme import TYPE, units

WIDTH, LEAST = 0.55, 0.03
"""How wide a bar is, and how high at least, in units."""

AIR = 0.14
"""Between a bar and its number, in units."""


class CountBar(VGroup):
    """A bar that grows with the steps of a run up to the one that does it, its number over it.

    Parameters
    ----------
    look, region
        The look, and where it stands: the bar on the lower edge, in the middle.
    count, most
        The number of steps, or None where there is none; and the number that fills the region.
    otherwise
        What is written where there is no number.
    size
        Of the number.
    base
        The baseline of the unit.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        count: int | None,
        most: int,
        otherwise: str,
        size: float,
        base: float,
    ) -> None:
        super().__init__()
        self.look, self.region, self.count, self.most = look, region, count, most
        self.size, self.base = size, base
        self.otherwise = look.text(otherwise, size=min(size, TYPE.caption), role="warning")
        floor = line(look, [(region.left, region.bottom), (region.right, region.bottom)], "axis")
        self.bar = shape(look, role="muted")
        self.number, self.unit = Changing(self._figures(0)), Changing(self._unit(0))
        self.advance = self.otherwise.advance if count is None else self._figures(count).advance
        if count is None:
            middle = region.center[0]
            self.otherwise.place(middle, region.bottom + AIR, "center")
            self.add(floor, self.otherwise)
        else:
            self.add(floor, self.bar, self.number, self.unit)

    def _figures(self, n: int) -> Lettering:
        return self.look.math(str(n), size=self.size, role="text" if n == self.count else "muted")

    def _unit(self, n: int) -> Lettering:
        return self.look.text("step" if n == 1 else "steps", role="muted")

    def show(self, position: float) -> None:
        """Show how many steps have been made, up to the one that does it."""
        if self.count is None:
            return
        n = min(int(position + 1e-9), self.count)
        region, middle = self.region, self.region.center[0]
        room = region.height - AIR - 0.72 * units(self.size)
        top = region.bottom + max(room * n / self.most, LEAST)
        left, right = middle - WIDTH / 2, middle + WIDTH / 2
        rim = [(left, region.bottom), (left, top), (right, top), (right, region.bottom)]
        set_lines(self.bar, [[*rim, rim[0]]])
        self.number.write(self._figures(n)).place(middle, top + AIR, "center")
        self.unit.write(self._unit(n)).place(middle, self.base, "center")
