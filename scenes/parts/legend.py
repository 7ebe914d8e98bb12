"""A legend of runs: sample and name, the rate, other settings, and what came out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.dashing import PATTERNS, dashed
from scenes.parts.lettering import Lettering
from scenes.parts.markers import marker
from scenes.parts.strokes import Points, line, set_lines
from scenes.theme import STROKE, TYPE, units

SAMPLE = 0.9
"""Length of a sample of the line, in units, where there is room."""

WIDE = 6.5
"""In a region at least so wide samples have most of that length."""

LEGIBLE = 3.8
"""Settings are told in short rather than in type smaller than this."""

RATE = "rate"
"""The head of the column of rates."""

PITCH, CLOSE = 1.13, 1.05
"""From one line to the next at least, and from a name to the settings below it, in em."""

APART, FRAMED, SPREAD = 0.22, 0.36, 0.75
"""Between two columns at least, where they are to have a frame, and at most, in units."""

SMALLER = 0.9
"""Settings that stand below a name are so much smaller."""

GUIDE = 1.6
"""The contrast of the lines between the rows of a table."""


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
        What else is set: in full, and in short.
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
    settings: tuple[str, str] = ("", "")
    pattern: Sequence[float] = PATTERNS[0]
    width: float = STROKE.curve
    kind: int = 0
    hollow: bool = False
    short_name: str = ""

    def told(self, short: int) -> str:
        """Return the settings: 0 in full, 1 in short, 2 not at all."""
        return (*self.settings, "")[short]

    def called(self, in_full: bool) -> str:
        """Return the name."""
        return self.name if in_full or not self.short_name else self.short_name


class Form(NamedTuple):
    """What entries look like.

    Attributes
    ----------
    least
        The least size of type, in % of the frame's shorter side.
    below
        Whether the settings stand below the name, and not beside the rate.
    short
        How short they are told, as of `Item.told`.
    in_full
        Whether names are.
    """

    least: float
    below: bool
    short: int
    in_full: bool


class Legend(VGroup):
    """Names with their rates and settings, and results under a head, one entry a run, in a region.

    Parameters
    ----------
    look, region
        The look, and where it stands.
    items
        What is said.
    head
        The lines over the results.
    room
        For how many entries there is to be room.
    rows
        In which row each entry stands; one below the other if it is not given.
    is_table
        Whether it is the table of all results, with large type and all settings: without them a
        rate says little of a method.

    Attributes
    ----------
    heads
        What stands over the columns.
    entries
        What each item became, in order: sample, name, rate, and the settings if they are told.
    results
        What came out, item for item; whoever has the legend adds them.
    column
        The rectangle round all rates.
    pitch
        From one entry to the next, in units.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        items: Sequence[Item],
        head: Sequence[str],
        room: int | None = None,
        *,
        rows: Sequence[int] = (),
        is_table: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.region, self.items = look, region, items
        self.room, self.is_table = max(room or 0, len(items)), is_table
        self.sample = SAMPLE * (0.75 if region.width > WIDE else 0.55)
        self.indent = self.sample + 0.14
        self.over = [look.text(words, size=TYPE.tick, role="muted") for words in (RATE, *head)]
        size = self._fitting()
        em, over = units(size), self.over[0].em
        first = region.top - self._headed()
        base = first + 0.5 * over
        self.over[0].place(self.x_rate, base)
        for index, words in enumerate(self.over[1:]):
            words.place(self.right, base + 1.2 * over * (len(head) - 1 - index), "right")
        self.heads = list(self.over)
        tall = (0.7 + (CLOSE if self.form.below else 0.0)) * em
        # Entries are never farther apart than reads well; they stand from the top down.
        self.pitch = pitch = min((first - region.bottom) / self.room, tall + 1.2 * em)
        if is_table:
            heights = [first - pitch * row - 0.07 * (pitch - tall) for row in range(len(items))]
            guides = [np.array([(region.left, y), (self.right, y)]) for y in heights]
            between = line(look, role="axis", width=STROKE.guide)
            between.set_stroke(look.theme.blend("axis", 1.0, floor=GUIDE))
            self.heads.append(set_lines(between, guides))
        self.entries, self.results = list[VGroup](), list[Lettering]()
        for row, item in zip(rows or range(len(items)), items, strict=True):
            base = first - pitch * row - (pitch - tall) / 2 - 0.7 * em
            self.entries.append(self._entry(item, base, size))
            result = look.text(item.result, size=size, role=item.role)
            self.results.append(result.place(self.right, base, "right"))
        bottom = first - pitch * len(items)
        self.column = Region(
            self.x_rate - 0.16, bottom, self.x_rate + self.rates + 0.16, first + 1.35 * over
        )
        self.add(*self.heads, *self.entries)

    def _entry(self, item: Item, base: float, size: float) -> VGroup:
        look, em, left = self.look, units(size), self.region.left + self.indent
        name = look.text(item.called(self.form.in_full), size=size, role=item.role)
        rate, told = look.text(item.rate, size=size), item.told(self.form.short)
        x = self.x_rate + self.points - self._before_point(item, size)
        out = VGroup(
            self._sample(item, base + 0.24 * em), name.place(left, base), rate.place(x, base)
        )
        if told and self.form.below:
            small = look.text(told, size=self._small(size), role="muted")
            out.add(small.place(left, base - CLOSE * em))
        elif told:
            out.add(look.text(told, size=size, role="muted").place(self.x_settings, base))
        return out

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
        return self.look.text(text, size=size).advance

    def _before_point(self, item: Item, size: float) -> float:
        """Return how wide a rate is up to its point: all points stand in line."""
        return self._wide(item.rate.partition(".")[0], size) if item.rate[:1].isdigit() else 0.0

    def _headed(self) -> float:
        """Return what the heads need, in units."""
        return (1.2 * (len(self.over) - 2) + 1.35) * self.over[0].em

    def _fitting(self) -> float:
        """Return the largest size at which all entries fit, and choose their form."""
        ways = [(True, 0), (False, 0), (True, 1), (False, 1)] if self.is_table else [(False, 1)]
        tries = [
            Form(least, *way, in_full)
            for least in (LEGIBLE, TYPE.minimum)
            for way in (*ways, (False, 2))
            for in_full in (True, False)
        ]
        for self.form in tries:
            size, least = TYPE.label, self.form.least
            while size > least and not self._fits(size):
                size = max(least, size * 0.97)
            if self._fits(size):
                break
        return size

    def _fits(self, size: float) -> bool:
        """Whether all entries have room in a size, and where their columns are then."""
        region, form, items = self.region, self.form, self.items
        names = [self._wide(item.called(form.in_full), size) for item in items]
        small = self._small(size) if form.below else size
        told = [self._wide(item.told(form.short), small) for item in items]
        self.points = max(self._before_point(item, size) for item in items)
        after = [self._wide(item.rate, size) - self._before_point(item, size) for item in items]
        self.rates = max(self.points + max(after), self.over[0].advance)
        results = [self._wide(item.result, size) for item in items]
        counts = max(*results, *(words.advance for words in self.over[1:]))
        widths = [max(names), self.rates, max(told), counts]
        if form.below:
            widths[0], widths[2] = max(*names, *told), 0.0
        columns = [width for width in widths if width]
        free = region.width - self.indent - sum(columns)
        gap = min(free / (len(columns) - 1), SPREAD)
        starts = list(itertools.accumulate(width + gap if width else 0.0 for width in widths))
        left = region.left + self.indent
        self.x_rate, self.x_settings = left + starts[0], left + starts[1]
        self.right = left + starts[-1] - gap
        height = self.room * units(size) * (PITCH + (CLOSE if form.below else 0.0))
        least = FRAMED if self.is_table else APART
        return gap >= least and height <= region.height - self._headed()

    def _small(self, size: float) -> float:
        return max(TYPE.minimum, SMALLER * size)
