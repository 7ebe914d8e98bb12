"""What moves in a program on screen: its lines, which make room, and the bar behind some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manim import VGroup

from scenes.layout import Region
from scenes.parts.lit import Lit

if TYPE_CHECKING:
    from scenes.parts.code_panel import CodePanel

DESCENT = 0.24
"""How far brackets and the like reach below their baseline, in em."""

LIFT = 0.06
"""How much higher a bar stands than the middle of its lines, in em: few letters have descenders."""

SIDE, BEHIND = 0.125, 0.38
"""Before the lines that a bar stands behind, in units, and behind them, in em: at the left it is in
line with what has other type."""

OPEN = 0.14
"""More air over and under them where no line is next to them, in em."""


class Sheet(VGroup):
    """All lines of a program; farther apart at first, where the panel spreads them.

    Attributes
    ----------
    closed
        How far they have come together: 0 is as at first, 1 as in the end.
    """

    def __init__(self, panel: CodePanel) -> None:
        super().__init__(*panel.lines[: panel.opens + 1], panel.below)
        self.panel, self.closed = panel, 1.0

    def show(self, closed: float) -> None:
        """Put the lines where they stand now, and the bar behind them."""
        self.closed = closed
        panel = self.panel
        for index, letters in enumerate(panel.lines):
            for token in letters:
                token.place(token.origin[0], panel.baseline(index))
        panel.bar.show(panel.bar.position)


class Below(VGroup):
    """The lines below the row that can be opened; they make room for it."""

    def __init__(self, panel: CodePanel) -> None:
        super().__init__(*panel.lines[panel.opens + 1 :])
        self.panel = panel
        self.opened = 0.0

    def show(self, opened: float) -> None:
        """Open the row in part: 0 is closed, 1 is open."""
        self.opened = opened
        self.panel.sheet.show(self.panel.sheet.closed)


class LitBar(Lit):
    """The bar behind the lines that are talked about.

    At position 1 it stands at the first of its stops, at 2 at the second. From 0 to 1 it grows
    behind the first one. It takes the opened row in.

    Attributes
    ----------
    stops
        The first and the last line, and how many columns it is wide.
    """

    def __init__(self, panel: CodePanel) -> None:
        super().__init__(panel.look)
        self.panel, self.position = panel, 0.0
        self.stops: list[tuple[int, int, float]] = []

    def show(self, position: float) -> None:
        """Move the bar."""
        self.position = position
        panel = self.panel
        grown = min(max(position, 0.0), 1.0)
        if not self.stops or grown == 0:
            self.put(None)
            return
        at = min(max(position - 1.0, 0.0), len(self.stops) - 1.0)
        index = int(at)
        following = min(index + 1, len(self.stops) - 1)
        ends = [self._edges(*self.stops[which]) for which in (index, following)]
        right, bottom, top = (a + (b - a) * (at - index) for a, b in zip(*ends, strict=True))
        left = panel.region.left - SIDE
        self.put(Region(left, bottom, left + (right - left) * grown, top))

    def _edges(self, first: int, last: int, columns: float) -> tuple[float, float, float]:
        """Return the right, lower and upper edge of the bar at some lines."""
        panel = self.panel
        under = panel.air_at(last + 1)
        bottom = panel.baseline(last) - (DESCENT + under - LIFT) * panel.em
        if last == panel.opens:
            bottom -= panel.below.opened * panel.pitch * panel.em
        right = panel.region.left + columns * panel.column + BEHIND * panel.em
        return right, bottom, panel.top_of(first)
