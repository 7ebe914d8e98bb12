"""Where the parts of a panel stand: its name, its plot, and the lines under that."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.layout import Region
from scenes.parts.lettering import CAP_HEIGHT, Lettering
from scenes.theme import TYPE, units

HEAD, GAUGE = 0.62, 0.6
"""Heights of the line over a panel's picture, where its name is a title, and of what is measured
under it, in units."""

LAST, LINE = 0.17, 0.46
"""From the lower edge of a panel to the baseline of its number, and on to that of the line over it,
in units."""

HIGH = 0.36
"""From that line's baseline up to what is measured: so high are its letters, with air, in units."""

COUNT, LIFTED = 0.18, 0.15
"""How far over that line a count stands, and the end of its light under the count, in units."""

SLIM = 2.0
"""Panels narrower than this have words in two lines under their plots, in units."""

MARGIN = 0.1
"""Free space right of a plot inside its panel, in units."""


@dataclass(frozen=True)
class Cell:
    """Where the parts of a panel stand.

    Attributes
    ----------
    whole
        All of it.
    name
        The line of the name.
    plot
        The picture's part, the numbers of its x-axis included.
    gauge
        Under these, where lengths along the axis are measured.
    """

    whole: Region
    name: Region
    plot: Region
    gauge: Region

    @classmethod
    def of(cls, region: Region, size: float) -> Cell:
        """Cut a region into the parts of a panel whose name has a size."""
        head = HEAD - CAP_HEIGHT * units(TYPE.title - size)
        above = region.inset(bottom=region.height - head)
        lines = 2 if region.width < SLIM else 1
        below = LAST + lines * LINE + HIGH
        plot = region.inset(top=head, bottom=below + GAUGE)
        gauge = region.inset(top=region.height - below - GAUGE, bottom=below)
        return cls(region, above, plot, gauge)

    @property
    def is_slim(self) -> bool:
        """Whether the words under the plot have two lines, as one is too short for them."""
        return self.whole.width < SLIM

    @property
    def baseline(self) -> float:
        """Where the number stands."""
        return self.whole.bottom + LAST

    @property
    def baseline_of_name(self) -> float:
        """Where the name stands."""
        return self.name.bottom + 0.24

    @property
    def line(self) -> float:
        """Where the words under a plot stand."""
        return self.baseline + LINE

    @property
    def line_over(self) -> float:
        """Where a line over that one stands: in a wide panel only if nothing is measured."""
        return self.line + LINE

    @property
    def count(self) -> float:
        """Where a count stands in place of that line."""
        return self.line + COUNT

    @property
    def middle(self) -> float:
        """The x of all that is centred: the middle of the plot."""
        return self.whole.center[0] - MARGIN / 2

    def write_name(self, words: Lettering) -> Lettering:
        """Put the name in its place."""
        return words.place(self.middle, self.baseline_of_name, "center")
