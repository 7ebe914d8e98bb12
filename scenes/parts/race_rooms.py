"""Where a race puts the ravine, the key and the loss, for each shape of frame."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.layout import Layout, Region

GAP = 0.4
"""Between two parts side by side, in units."""

UNDER = 0.26
"""Between two parts one below the other, in units."""

OVER_KEY, UNDER_KEY = 0.16, 0.1
"""Between the ravine and the key in its column, and under that, in units."""

ROW, HEAD = 0.35, 0.36
"""What an entry of the key needs, and what stands over its columns, in units."""

BELOW, BESIDE = 0.82, 0.95
"""What the words below and above a ravine need together, in units, and those beside it."""

TALL = 1.05
"""In a tall frame the key has so much of what it needs: the loss has the rest."""

WIDE = 11.0
"""In a region so wide, in units, there is room for the slices beside the ravine."""

LEAST, MOST = 0.47, 0.54
"""Ravine and key have so much of the width of a wide frame, at least and at most."""

PART, NAMES, APART = 0.45, 3.08, 0.1
"""In a square frame: how much of the height ravine and table have at least, the width of the key
beside the ravine, and the space between, in units."""

LINE, CLOSE = 0.331, 0.2
"""A row of that table, and the space between it and the loss, in units."""


@dataclass(frozen=True)
class Rooms:
    """The regions of a race.

    Attributes
    ----------
    opening, slices
        The ravine and its slices, side by side or one below the other.
    wide
        The ravine alone.
    ravine, key, loss
        The ravine, who is who, and the loss, during the race; a lens takes the ravine's place.
    result
        The large table at the end, in the place of ravine and key.
    """

    opening: Region
    slices: Region
    wide: Region
    ravine: Region
    key: Region
    loss: Region
    result: Region


def rooms(layout: Layout, ratio: float, entries: int) -> Rooms:
    """Return the regions of a race.

    Parameters
    ----------
    layout
        The frame.
    ratio
        Width over height of what happens in the ravine.
    entries
        How many entries the key has.
    """
    # Under a figure on an axis no letter goes below the line; in "steps" one does.
    body = layout.body.inset(bottom=0.08)
    listed = HEAD + ROW * entries

    def high(width: float) -> float:
        """How high the ravine is in true scale, its numbers included."""
        return (width - BESIDE) / ratio + BELOW

    if layout.is_tall:
        opening, slices = body.rows(1.0, 1.1, gap=UNDER)
        tall = min(high(body.width), 0.36 * body.height)
        ravine, rest = _cut(body, tall)
        key, loss = _cut(rest, min(TALL * listed, 0.5 * rest.height))
        result = _over(ravine, key)
        return Rooms(opening, slices, body, ravine, key, loss, result)
    if layout.is_square:
        # The loss has the width of the frame: beside the ravine it would be a high strip.
        opening, slices = body.rows(1.0, 1.15, gap=UNDER)
        table = HEAD + LINE * (entries + 1)
        upper, loss = _cut(layout.body, max(PART * body.height, table), CLOSE)
        ravine, key = upper.inset(right=NAMES + APART), upper.inset(left=upper.width - NAMES)
        return Rooms(opening, slices, body, ravine, key, loss, upper)
    opening, slices = body.columns(1.8, 1.0, gap=GAP)
    if body.width < WIDE:
        opening, slices = body.rows(1.0, 1.15, gap=UNDER)
    # The ravine is as large as the key leaves it the height, and the loss has all the rest.
    free = body.height - listed - OVER_KEY - UNDER_KEY
    share = (free - BELOW) * ratio + BESIDE
    width = min(max(share, LEAST * body.width), MOST * body.width)
    left = body.inset(right=body.width - width)
    loss = body.inset(left=width + GAP)
    column = left.inset(bottom=UNDER_KEY)
    ravine, key = _cut(column, min(high(width), free), OVER_KEY)
    return Rooms(opening, slices, body, ravine, key, loss, left)


def _cut(region: Region, height: float, gap: float = UNDER) -> tuple[Region, Region]:
    """Cut a region below a height."""
    return region.inset(bottom=region.height - height), region.inset(top=height + gap)


def _over(first: Region, last: Region) -> Region:
    """Return the region from the top of one to the bottom of another one below it."""
    return Region(first.left, last.bottom, first.right, first.top)
