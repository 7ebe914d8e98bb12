"""A roster of runs: marker, name and result, two abreast, in the corner of a plot."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.legend import Item
from scenes.parts.lettering import Lettering
from scenes.parts.markers import marker
from scenes.parts.strokes import line
from scenes.theme import STROKE, TYPE

ROW, FIRST = 0.31, 0.28
"""From one row to the next, and from the top of the region to the first one, in units."""

SAMPLE, AFTER, APART, GAP = 0.26, 0.1, 0.15, 0.32
"""The length of a sample of the line, from there to the name, from the name to its result at least,
and between two columns, in units."""


class Roster(VGroup):
    """Markers with names and results, row by row, in the upper right corner of a region.

    Parameters
    ----------
    look, region
        The look, and the region.
    items
        What is said, of which rates and settings are left out.
    is_short
        Whether all stand in one row, in turns: there only the last ones are to be seen.

    Attributes
    ----------
    heads
        None: results say in the plot what they count.
    entries
        What each item became: marker and name.
    results
        What came out, item for item; whoever has the roster adds them.
    boxes
        What each entry covers with its result.
    """

    def __init__(
        self, look: Look, region: Region, items: Sequence[Item], *, is_short: bool = False
    ) -> None:
        super().__init__()
        self.heads = list[Lettering]()
        self.entries, self.results = list[VGroup](), list[Lettering]()
        for columns, size in itertools.product((2, 1), (TYPE.tick, TYPE.minimum)):
            rows = [
                (
                    look.text(item.name, size=size, role=item.role),
                    look.text(item.result, size=size, role=item.role),
                )
                for item in items
            ]
            widths = [
                max(
                    SAMPLE + AFTER + APART + name.advance + result.advance
                    for name, result in column
                )
                for column in (rows[at::columns] for at in range(columns))
                if column
            ]
            ends = [
                region.right - sum(widths[at:]) - GAP * len(widths[at:]) for at in range(columns)
            ]
            if ends[0] + GAP >= region.left:
                break
        for index, (item, (name, result)) in enumerate(zip(items, rows, strict=True)):
            row, column = divmod(index, columns)
            left, base = ends[column] + GAP, region.top - FIRST - ROW * row * (not is_short)
            sample = self._sample(look, item, left, base + 0.24 * name.em)
            name.place(left + SAMPLE + AFTER, base)
            self.entries.append(VGroup(sample, name))
            self.results.append(result.place(left + SAMPLE + AFTER + name.advance + APART, base))
        self.most = columns if is_short else len(items)
        self.boxes = [
            replace(name.box, left=name.box.left - SAMPLE - AFTER, right=result.box.right)
            for name, result in rows
        ]
        self.add(*self.entries)

    def seen(self, count: int) -> list[VMobject]:
        """Return the entries, and their results, that are seen when so many have come."""
        return [
            part
            for parts in (self.entries, self.results)
            for part in parts[max(0, count - self.most) : count]
        ]

    def _sample(self, look: Look, item: Item, left: float, height: float) -> VGroup:
        """Return a piece of the line with its marker."""
        ends = [(left, height), (left + SAMPLE, height)]
        out = line(look, ends, role=item.role, width=0.7 * STROKE.curve)
        return VGroup(out, marker(look, (left + SAMPLE / 2, height), item.role, item.kind))
