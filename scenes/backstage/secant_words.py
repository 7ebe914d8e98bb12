"""What is written at a secant and its point, placed where the picture leaves room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from manim import VGroup

from scenes.layout import Region
from scenes.parts.fan import Ends, Fan
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles
from scenes.parts.secant import FixedPoint, Secant, obstacles, off_axis
from scenes.parts.table import Table

BEFORE = 0.25
"""Between labels and what is written beside the plot, in units."""


class SecantWords:
    """Finds places for words at a secant.

    Parameters
    ----------
    secant, point, curve
        The line, its fixed point, and the graph that both lie on.
    edge
        How far to the right labels may stand where nothing is beside the plot.

    Attributes
    ----------
    beyond
        How far to the right labels may stand outside the plot.
    """

    def __init__(self, secant: Secant, point: FixedPoint, curve: Any, edge: float) -> None:
        self.secant, self.point, self.curve = secant, point, curve
        self.edge = self.beyond = edge

    def coordinates(self) -> VGroup:
        """Return the coordinates of the fixed point, where the secant is not."""
        name = self.point.coordinates(self.clear(self.secant))
        return VGroup(*([name] if name.is_free else []))

    def keep_off(self, table: Table, *lines: Lettering) -> None:
        """Let labels stand between the plot and what is written beside it."""
        left = min([table.left, *(line.box.left for line in lines)])
        below = table.header.get_top()[1] < self.secant.plot.inner.bottom
        self.beyond = self.edge if below else left - BEFORE

    def clear(self, *others: Any) -> Obstacles:
        """Return what labels keep clear of, as the plot stands.

        They may stand right of it too, as far as nothing else does.
        """
        clear = obstacles(self.secant.plot, self.curve, self.point, *others)
        clear.within = self.room(clear.within)
        return clear

    def room(self, within: Region) -> Region:
        """Return where labels of a plot may stand, with what is free on its right."""
        return replace(within, right=max(within.right, self.beyond))

    def legs(
        self,
        width: float,
        *others: Any,
        far: bool = False,
        away: Sequence[str] | None = None,
        worked: bool = False,
    ) -> VGroup:
        """Return the labels of the secant as it stands: legs, quotient, and the second point.

        Parameters
        ----------
        width
            How wide it is.
        *others
            What else is in the way.
        far
            Whether the second point is named.
        away
            On which sides of the line the quotient stands, beyond the triangle; None for before.
        worked
            Whether how the slope comes about is told beside the plot: the line has its name then.
        """
        clear = self.clear(self.secant, *others)
        labels = self.secant.leg_labels(width, clear)
        more = [self.secant.far_point(width, clear)] if far else []
        for part in others:
            if isinstance(part, Ends):
                part.keep_off(clear)
        off_axis(self.secant.plot, clear)
        more.append(self.secant.quotient(width, clear, away, worked=worked))
        return labels.add(*(label for label in more if label.is_free))

    def slope(
        self, width: float, *others: Any, away: Sequence[str], worked: bool = False
    ) -> VGroup:
        """Return how the slope of the secant as it stands comes about, on these sides of it.

        Where that is told elsewhere it is the name of the secant, with its slope.
        """
        clear = self.clear(self.secant, *others)
        tell = self.secant.quotient if worked else self.secant.working
        label = tell(width, clear, away)
        return VGroup(*([label] if label.is_free else []))

    def fan(self, widths: tuple[float, ...], line: Any, told: float) -> tuple[Fan, VGroup]:
        """Return the secants left behind and their names; a line without room for one is left out.

        Parameters
        ----------
        widths
            Those of the secants.
        line, told
            The line that is told while they are seen, and its width.
        """
        secant, clear = self.secant, self.clear(line)
        fan = Fan(secant.look, secant.plot, secant.function, secant.at, widths)
        clear.within = clear.within.inset(top=-0.2)
        return fan, VGroup(*fan.named(clear, told))
