"""Where the parts of a panel stand: its name, its plot, and the lines under or beside that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenes.layout import Region
from scenes.parts.lettering import CAP_HEIGHT, Align, Lettering
from scenes.theme import TYPE, units

HEAD, HEAD_AIR, GAUGE = 0.62, 0.24, 0.6
"""Heights of the line over a panel's picture, where its name is a title, of the air under the name,
and of what is measured under the picture, in units."""

LAST, LINE = 0.17, 0.46
"""From the lower edge of a panel to the baseline of its number, and on to that of the line over it,
in units."""

NAME_OVER = 0.42
"""From the baseline of a number up to that of its name, where it has that over it, in units."""

HIGH = 0.36
"""From that line's baseline up to what is measured: so high are its letters, with air, in units."""

FLOOR, LIFTED = 0.58, 0.15
"""How far over the baseline of a count under its steps these stand, and the count itself over the
lower edge, in units."""

OVER_COUNT, UNDER_COUNT, LEVEL = 0.12, 0.18, 0.15
"""How far under the edge of a panel a count begins, under its baseline steps that have all of a
panel's width, and how far over the lower edge they stand, in units."""

LOW = 3.2
"""Panels lower than this have words beside their plots, which else had no height, in units."""

SHARE = 0.505
"""How wide these words are, in parts of the panel."""

LOWERED = 0.05
"""How far under the edge of a panel its name begins there, in units."""

LAST_BESIDE, APART, CLOSE = 0.68, 0.42, 0.36
"""From the lower edge up to the number there, which is over the name of the axis, on to the line
over that, and from one to the next of two lines that belong together, in units."""

TIGHT, SQUEEZED = 2.3, 0.87
"""In panels lower than this, in units, these lines are so many times as far apart, and what is
measured takes the place of the upper one."""

FROM_PLOT, OUTSIDE = 0.08, 0.11
"""From such a plot to its words, and how far they reach out of the panel, which has its light
there, in units."""

IN_PLACE, BESIDE_CURVE = 0.1, 0.08
"""Where lines are squeezed, from the baseline of the upper one to what is measured in its place;
and so much farther from the plot than words that begins, as it would be a part of the curve, and
ends from the edge, in units."""

OVER = 0.1
"""Over such a plot there is room for half a number, in units."""

MARGIN = 0.1
"""Free space right of a plot inside its panel, in units."""


@dataclass(frozen=True)
class Cell:
    """Where the parts of a panel stand.

    Attributes
    ----------
    whole
        All of it.
    plot
        The picture's part, the numbers of its x-axis included.
    words
        Over whose width the words are centred: name, lines and number.
    gauge
        Where lengths are measured: under the numbers of the axis, or under the name.
    baseline_of_name
        Where the name stands.
    is_beside
        Whether the words stand beside the plot: its lines are short then, and more of them.
    align
        Where the name stands in the width of the words.
    """

    whole: Region
    plot: Region
    words: Region
    gauge: Region
    baseline_of_name: float
    is_beside: bool
    align: Align = "center"

    @classmethod
    def of(cls, region: Region, size: float) -> Cell:
        """Cut a region into the parts of a panel whose name has a size."""
        cap = CAP_HEIGHT * units(size)
        if region.height < LOW:
            wide = SHARE * region.width
            words = region.inset(left=region.width + OUTSIDE - wide, right=-OUTSIDE)
            plot = region.inset(right=wide - OUTSIDE + FROM_PLOT - MARGIN, top=OVER)
            name = region.top - cap - LOWERED
            out = cls(region, plot, words, words, name, True)
            level = out.line_over + (IN_PLACE if out.is_tight else 0.0)
            gauge = replace(words, bottom=level, top=level).inset(
                left=BESIDE_CURVE, right=BESIDE_CURVE
            )
            return replace(out, gauge=gauge)
        head = HEAD - CAP_HEIGHT * units(TYPE.title) + cap
        below = LAST + LINE + HIGH
        plot = region.inset(top=head, bottom=below + GAUGE)
        gauge = region.inset(top=region.height - below - GAUGE, bottom=below)
        name = region.top - head + HEAD_AIR
        return cls(region, plot, region.inset(right=MARGIN), gauge, name, False)

    @property
    def is_tight(self) -> bool:
        """Whether words beside a plot have little height."""
        return self.is_beside and self.whole.height < TIGHT

    @property
    def baseline(self) -> float:
        """Where the number stands."""
        return self.whole.bottom + (LAST_BESIDE if self.is_beside else LAST)

    @property
    def line(self) -> float:
        """Where the words over that stand."""
        return self.baseline + (self._squeezed(APART) if self.is_beside else LINE)

    @property
    def line_over(self) -> float:
        """Where a line over that one stands: under a plot only if nothing is measured."""
        return self.line + (self._squeezed(CLOSE) if self.is_beside else LINE)

    @property
    def lift(self) -> float:
        """How far over a number its name stands, where that has a line of its own."""
        return self._squeezed(CLOSE) if self.is_beside else NAME_OVER

    def _squeezed(self, leading: float) -> float:
        return leading * (SQUEEZED if self.is_tight else 1.0)

    def counting(self, size: float) -> Cell:
        """Return the cell as it is where steps are counted, and their number has a size.

        In place of plot and words beside each other the steps stand under name and number, which
        are the ends of one line.
        """
        if not self.is_beside:
            floor = self.whole.bottom + LIFTED + FLOOR
            return replace(self, plot=replace(self.plot, bottom=floor))
        name = self.whole.top - OVER_COUNT - CAP_HEIGHT * units(size)
        room = replace(self.whole, bottom=self.whole.bottom + LEVEL, top=name - UNDER_COUNT)
        words = room.inset(right=MARGIN)
        return replace(self, plot=room, words=words, baseline_of_name=name, align="left")

    @property
    def count(self) -> tuple[float, float, Align]:
        """The place of a count, its baseline, and what of it stands there."""
        if self.is_beside:
            return self.words.right, self.baseline_of_name, "right"
        return self.middle, self.whole.bottom + LIFTED, "center"

    @property
    def heap(self) -> Region:
        """Where counted steps stand in place of the plot and all that belongs to it."""
        return self.plot.inset(right=MARGIN)

    @property
    def middle(self) -> float:
        """The x of all that is centred."""
        return self.words.center[0]

    def write_name(self, words: Lettering) -> Lettering:
        """Put the name in its place."""
        x = self.words.left if self.align == "left" else self.middle
        return words.place(x, self.baseline_of_name, self.align)
