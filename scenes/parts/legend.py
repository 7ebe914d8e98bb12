"""A legend of runs: sample and name, other settings, the rate, and what came out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.dashing import PATTERNS, dashed
from scenes.parts.lettering import Lettering
from scenes.parts.markers import marker
from scenes.parts.strokes import Points, line, set_lines
from scenes.theme import STROKE, TYPE, units

SAMPLE = 0.9
"""Length of a sample of the line, in units, where there is room."""

WIDE, NARROW = 6.5, 4.2
"""In a wider region than the first samples have most of that length; in a narrower one than the
second they are hidden by their markers."""

LEGIBLE = TYPE.tick
"""Type is smaller than this only where settings, or even names and results, have no room else."""

WAYS = ("beside", "below")
"""Where settings stand by the name, the best first."""

NAMED = ("in full", "in two lines", "briefly")
"""How names are written, the best first."""

RATE = "rate"
"""The head of the column of rates."""

PITCH, LEADING = 1.13, 1.2
"""From one row to the next at least, and between the lines of a head, in em."""

UNDER = 1.08
"""From the first line of an entry to the second, in em."""

MOST, AIRY = 1.9, 2.4
"""The height of a row of one line at most, in a key and in a table, in em."""

APART, FRAMED, SPREAD = 0.2, 0.24, 1.2
"""Between two columns at least, where they are to have a frame, and at most, in units."""

DISTINCT = 0.4
"""So far behind settings a rate of a table does not read as one more of them, in units."""

SPACE = 0.3
"""Between a name and its settings, in em."""

FRAME, UNDER_RATES = 0.12, 0.15
"""From the rates to their frame, in units, beside them where there is room, and below them."""

GUIDE, RULED = 1.6, 1.4
"""The contrast of the lines between the rows of a table, and how high rows have to be for lines, in
em: else the tails of letters would touch them."""


@dataclass(frozen=True)
class Item:
    """What a legend says of a run.

    Attributes
    ----------
    name, rate, result
        Plain text.
    role
        The colour.
    settings
        What else is set, if it is worth a word.
    pattern
        Lengths of dash and gap by turns.
    width
        Of the line, in % of the frame's shorter side.
    kind, hollow
        The marker, as of `marker_points`.
    short_name
        The name where there is little room, if there is a shorter one.
    """

    name: str
    rate: str
    result: str
    role: str
    settings: str = ""
    pattern: Sequence[float] = PATTERNS[0]
    width: float = STROKE.curve
    kind: int = 0
    hollow: bool = False
    short_name: str = ""

    def called(self, how: str) -> list[str]:
        """Return the lines of the name, in one of the ways of `NAMED`."""
        if how == "briefly":
            return [self.short_name or self.name]
        return self.name.split(" ", 1) if how == "in two lines" else [self.name]

    def told(self, how: str) -> str:
        """Return the settings if they are told, in one of the ways of `WAYS`."""
        return how and self.settings


class Form(NamedTuple):
    """What entries look like.

    Attributes
    ----------
    least
        The least size of type, in % of the frame's shorter side.
    apart
        The least space before the rates, in units.
    head
        The lines over the results.
    told
        How the settings are, of `WAYS`; empty for not at all.
    named
        How the names are, of `NAMED`.
    """

    least: float
    apart: float
    head: Sequence[str]
    told: str
    named: str


class Legend(VGroup):
    """Names with settings and rates, and results under a head, one entry a run, in a region.

    Parameters
    ----------
    look, region
        The look, and where it stands.
    items
        What is said.
    heads
        The lines over the results, in words the best of which come first.
    rows
        In which row each entry stands; one below the other if it is not given.
    is_table
        Whether it is the table of all results: higher rows with lines between them, and room round
        the rates.

    Attributes
    ----------
    heads
        What stands over the columns, and the lines between the rows.
    guides
        Of a table with high rows, the line over the row of each item, in order.
    entries
        What each item became, in order: sample, name or its two lines, rate, and settings if they
        are told.
    results
        What came out, item for item; whoever has the legend adds them.
    column
        The rectangle round all rates.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        items: Sequence[Item],
        heads: Sequence[Sequence[str]],
        *,
        rows: Sequence[int] = (),
        is_table: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.region, self.items, self.is_table = look, region, items, is_table
        long = 0.75 if region.width > WIDE else 0.55 if region.width > NARROW else 0.14
        self.sample = SAMPLE * long
        self.indent = self.sample + 0.14
        size = self._fitting(heads)
        em, over = units(size), units(TYPE.tick)
        first = region.top - self._headed()
        base = first + 0.5 * over
        self.heads = [self.over_rates.place(self.x_rate, base)]
        for up, words in enumerate(self.over[::-1]):
            words.place(self.right, base + LEADING * over * up, "right")
        self.heads += self.over
        # Entries are never farther apart than reads well; they stand from the top down. One of two
        # lines has as much air as one of one line.
        second = [UNDER * em * (self._lines(item) - 1) for item in items]
        free = first - region.bottom - sum(second)
        self.first, single = first, min(free / len(items), (AIRY if is_table else MOST) * em)
        self.heights = [single + more for more in second]
        tops = self.tops(rows or range(len(items)))
        is_ruled = is_table and single >= RULED * em
        self.guides = [self._guide(top) for top in tops] if is_ruled else []
        self.heads += self.guides
        self.entries, self.results = list[VGroup](), list[Lettering]()
        for item, top in zip(items, tops, strict=True):
            base = top - single / 2 - 0.35 * em
            self.entries.append(self._entry(item, base, size))
            result = look.text(item.result, size=size, role=item.role)
            self.results.append(result.place(self.right, base, "right"))
        # Rows that are low leave the frame of the rates less room than the frame needs.
        tight = max(0.0, UNDER_RATES - single / 2 + 0.35 * em)
        bottom, top = first - sum(self.heights) - tight, first + 1.35 * over
        air = max(0.03, min(FRAME, min(self.before, self.after) / 2 - 0.03))
        self.column = Region(self.x_rate - air, bottom, self.x_rate + self.rates + air, top)
        self.add(*self.heads, *self.entries)

    def tops(self, rows: Sequence[int]) -> list[float]:
        """Return the upper edge of each item's row when the items stand in these rows."""
        return [
            self.first
            - sum(tall for tall, row in zip(self.heights, rows, strict=True) if row < own)
            for own in rows
        ]

    def _guide(self, height: float) -> VMobject:
        """Return a line between two rows."""
        out = line(self.look, role="axis", width=STROKE.guide)
        out.set_stroke(self.look.theme.blend("axis", 1.0, floor=GUIDE))
        ends: Points = np.array([(self.region.left, height), (self.right, height)])
        return set_lines(out, [ends])

    def _entry(self, item: Item, base: float, size: float) -> VGroup:
        look, em, left = self.look, units(size), self.region.left + self.indent
        lines = [
            look.text(words, size=size, role=item.role).place(left, base - UNDER * em * at)
            for at, words in enumerate(item.called(self.form.named))
        ]
        name = lines[0] if len(lines) == 1 else VGroup(*lines)
        out = VGroup(self._sample(item, base + 0.24 * em), name)
        x = self.x_rate + self.points - self._before_point(item, size)
        out.add(look.text(item.rate, size=size).place(x, base))
        if settings := item.told(self.form.told):
            told = look.text(settings, size=size, role="muted")
            if self.form.told == "below":
                out.add(told.place(left, base - UNDER * em * len(lines)))
            else:
                out.add(told.place(left + lines[0].advance + SPACE * em, base))
        return out

    def _lines(self, item: Item) -> int:
        """Return how many lines an entry has."""
        below = self.form.told == "below" and bool(item.settings)
        return len(item.called(self.form.named)) + below

    def _sample(self, item: Item, height: float) -> VGroup:
        left, right = self.region.left, self.region.left + self.sample
        out = line(self.look, role=item.role, width=item.width)
        ends: Points = np.array([[left, height], [right, height]])
        # A short sample has as many dashes: one and its gap to either side of the marker.
        pattern = [length * self.sample / SAMPLE for length in item.pattern]
        set_lines(out, dashed([ends], pattern))
        middle = ((left + right) / 2, height)
        return VGroup(out, marker(self.look, middle, item.role, item.kind, hollow=item.hollow))

    # -- what fits -------------------------------------------------------------------------------

    def _wide(self, text: str, size: float) -> float:
        return self.look.text_width(text, size=size) if text else 0.0

    def _before_point(self, item: Item, size: float) -> float:
        """Return how wide a rate is up to its point: all points stand in line."""
        return self._wide(item.rate.partition(".")[0], size) if item.rate[:1].isdigit() else 0.0

    def _named(self, item: Item, size: float) -> float:
        """Return how wide a name is with what is told after it."""
        first, *others = [self._wide(words, size) for words in item.called(self.form.named)]
        told = self._wide(item.told(self.form.told), size)
        if told and self.form.told == "beside":
            first += SPACE * units(size) + told
        return max(first, told, *others)

    def _headed(self) -> float:
        """Return what the heads need, in units."""
        return (LEADING * (len(self.form.head) - 1) + 1.35) * units(TYPE.tick)

    def _fitting(self, heads: Sequence[Sequence[str]]) -> float:
        """Return the largest size at which all entries fit, and choose their form."""
        for form in self._forms(heads):
            self.form, written = form, (RATE, *form.head)
            self.over_rates, *self.over = [
                self.look.text(words, size=TYPE.tick, role="muted") for words in written
            ]
            size, least = TYPE.label, self.form.least
            while size > least and not self._fits(size):
                size = max(least, size * 0.97)
            if self._fits(size):
                break
        return size

    def _forms(self, heads: Sequence[Sequence[str]]) -> Iterator[Form]:
        """Yield all forms, the best first.

        Names in full come before settings beside them, these before rates that stand apart, these
        before large type, and that before what the results count in full; settings are told rather
        than names in full.
        """
        gaps = (DISTINCT, FRAMED) if self.is_table else (APART,)
        every = (TYPE.label, LEGIBLE), (TYPE.minimum,)
        for ways, named, sizes in itertools.product((WAYS, ("",)), NAMED, every):
            for told, apart, size, head in itertools.product(ways, gaps, sizes, heads):
                yield Form(size, apart, head, told, named)

    def _fits(self, size: float) -> bool:
        """Whether all entries have room in a size, and where their columns are then."""
        region, items = self.region, self.items
        self.points = max(self._before_point(item, size) for item in items)
        after = [self._wide(item.rate, size) - self._before_point(item, size) for item in items]
        self.rates = max(self.points + max(after), self.over_rates.advance)
        results = [self._wide(item.result, size) for item in items]
        counts = max(*results, *(words.advance for words in self.over))
        height = region.height - self._headed()
        low = sum(map(self._lines, items)) * units(size) * PITCH <= height
        named = max(self._named(item, size) for item in items)
        free = region.width - self.indent - named - self.rates - counts
        least = FRAMED if self.is_table else APART
        # Behind the rates there is more space than it seems: results are narrower than their head.
        self.before = min(max(free / 2, min(self.form.apart, free - least)), SPREAD)
        self.after = min(free - self.before, SPREAD)
        self.x_rate = region.left + self.indent + named + self.before
        self.right = self.x_rate + self.rates + self.after + counts
        return low and self.before >= self.form.apart
