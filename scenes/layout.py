"""Where things go: named regions of the frame, for four aspects.

Lengths are in manim's units; the frame's shorter side is always 8, so type of one size looks alike
in every aspect. Lessons place parts in regions, never at coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from scenes.theme import SHORT_SIDE

ASPECTS = {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1.0, "9:16": 9 / 16}


@dataclass(frozen=True)
class Region:
    """A rectangle of the frame; y points up.

    Examples
    --------
    >>> left, right = Region(0, 0, 10, 4).columns(3, 1, gap=2)
    >>> left.width, right.left
    (6.0, 8.0)
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float]:
        """The middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def inset(
        self, left: float = 0.0, bottom: float = 0.0, right: float = 0.0, top: float = 0.0
    ) -> Self:
        """Return the region less a margin on each side."""
        return replace(
            self,
            left=self.left + left,
            bottom=self.bottom + bottom,
            right=self.right - right,
            top=self.top - top,
        )

    def toward(self, other: Self, part: float) -> Self:
        """Return the region a part of the way to another one: 0 is this one, 1 the other."""
        if part in (0, 1):
            return (self, other)[int(part)]
        names = ("left", "bottom", "right", "top")
        ends = ((getattr(self, name), getattr(other, name)) for name in names)
        return type(self)(*(first + (last - first) * part for first, last in ends))

    def columns(self, *weights: float, gap: float = 0.0) -> tuple[Self, ...]:
        """Cut into columns, from left to right, whose widths are as the weights."""
        unit = (self.width - gap * (len(weights) - 1)) / sum(weights)
        out, left = [], self.left
        for weight in weights:
            out.append(replace(self, left=left, right=left + unit * weight))
            left += unit * weight + gap
        return tuple(out)

    def rows(self, *weights: float, gap: float = 0.0) -> tuple[Self, ...]:
        """Cut into rows, from top to bottom, whose heights are as the weights."""
        unit = (self.height - gap * (len(weights) - 1)) / sum(weights)
        out, top = [], self.top
        for weight in weights:
            out.append(replace(self, top=top, bottom=top - unit * weight))
            top -= unit * weight + gap
        return tuple(out)

    def grid(self, rows: int, columns: int, gap: float = 0.0) -> tuple[Self, ...]:
        """Cut into equal cells, row by row."""
        return tuple(
            cell
            for row in self.rows(*[1.0] * rows, gap=gap)
            for cell in row.columns(*[1.0] * columns, gap=gap)
        )

    def contains(self, other: Region, slack: float = 1e-6) -> bool:
        """Whether another rectangle lies inside."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.bottom >= self.bottom - slack
            and other.top <= self.top + slack
        )

    def meets(self, other: Region, slack: float = 0.0) -> bool:
        """Whether the two share some area."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.top, other.top) - max(self.bottom, other.bottom) > slack
        )


WIDE, NARROW = (1.75, 0.6), (1.5, 0.45)
"""How wide a plot is beside tables, in widths of theirs, and the space between, in units."""


@dataclass(frozen=True)
class Layout:
    """The regions of a frame.

    Attributes
    ----------
    frame
        All of it.
    safe
        Less the margins: nothing that matters lies outside.
    header
        Title and formulas: one line in wide frames, two in tall ones; in a square one either, for
        a lesson whose formulas have room beside the title has a short header.
    body
        All between header and footer, which a lesson divides.
    footer
        The caption; of no height when captions are not drawn, and its space goes to the body.
    """

    frame: Region
    safe: Region
    header: Region
    body: Region
    footer: Region

    @property
    def is_tall(self) -> bool:
        """Whether the frame is higher than wide."""
        return self.frame.height > self.frame.width

    @property
    def is_square(self) -> bool:
        """Whether the frame is about as high as wide."""
        return abs(self.frame.height - self.frame.width) < 0.5

    @property
    def is_wide(self) -> bool:
        """Whether the frame has the shape of a video rather than that of a slide."""
        return self.frame.width > 1.6 * self.frame.height

    def plot_and_tables(self, square: tuple[float, float]) -> tuple[Region, Region]:
        """Return where a plot stands and, beside it, tables; not in a tall frame.

        Parameters
        ----------
        square
            In a square frame, how wide the plot is in widths of the tables, and the space between
            them, in units.
        """
        share, gap = square if self.is_square else WIDE if self.is_wide else NARROW
        plot, tables = self.body.columns(share, 1.0, gap=gap)
        return plot, tables

    @property
    def header_lines(self) -> int:
        """How many lines of type the header holds."""
        return 1 if self.header.height < (ONE_LINE + TWO_LINES) / 2 else 2


def frame_size(ratio: float) -> tuple[float, float]:
    """Return width and height of the frame, in units, for a ratio of width to height."""
    return SHORT_SIDE * max(1.0, ratio), SHORT_SIDE * max(1.0, 1 / ratio)


ONE_LINE, TWO_LINES = 0.62, 1.28
"""The height of a header with one line of type, and with two, in units."""


def layout(
    width: float, height: float, *, captions: bool = True, short_header: bool = False
) -> Layout:
    """Return the regions of a frame.

    Parameters
    ----------
    width, height
        Of the frame, in units.
    captions
        Whether the footer draws captions.
    short_header
        Whether title and formulas have room on one line; in a wide frame they always share one.
    """
    frame = Region(-width / 2, -height / 2, width / 2, height / 2)
    margin = 0.05 * SHORT_SIDE
    safe = frame.inset(1.5 * margin, margin, 1.5 * margin, margin)
    narrow = width <= SHORT_SIDE * 1.2
    if narrow:
        safe = frame.inset(margin, margin, margin, margin)
    tall = height > width * 1.2
    one_line = short_header or not narrow
    header = replace(safe, bottom=safe.top - (ONE_LINE if one_line else TWO_LINES))
    rows = 3 if tall else 2
    # A caption is one line in a wide frame; two fit in the footer without touching the body.
    depth = (0.5 * rows if narrow else 0.86) if captions else 0.0
    footer = replace(safe, top=safe.bottom + depth)
    below = footer.top + (0.3 if captions else 0.0)
    body = replace(safe, top=header.bottom - 0.34, bottom=below)
    return Layout(frame, safe, header, body, footer)
