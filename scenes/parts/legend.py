"""A legend of runs: sample and name, the settings, and perhaps what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from manim import VGroup
from manim.utils.rate_functions import smooth

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.dashing import PATTERNS, dashed
from scenes.parts.lettering import Lettering
from scenes.parts.markers import marker
from scenes.parts.strokes import Points, line, set_lines
from scenes.theme import STROKE, TYPE, units

SAMPLE = 0.9
"""Length of a sample of the line, in units, where there is room."""

ABREAST = 6.0
"""In a region at least so wide the settings stand beside the name, not below it."""

ROOMY = 8.0
"""A region wider than this has room for whole samples."""

LEGIBLE = 4.0
"""Settings are told in short rather than in type smaller than this."""

RATE = "rate"
"""What the settings begin with, or the name of their column where this stands over it."""

GUIDE = 1.6
"""The contrast of the lines between the rows of a table."""


@dataclass(frozen=True)
class Item:
    """What a legend says of a run.

    Attributes
    ----------
    name, settings, result
        Plain text; the settings begin with the rate.
    role
        The colour.
    pattern
        Lengths of dash and gap by turns.
    width
        Of the line, in % of the frame's shorter side.
    kind, hollow
        The marker, as of `marker_points`.
    shorter
        The settings in fewer words, the longest first, where there is little room.
    short_name
        The name where there is little room, if there is a shorter one.
    """

    name: str
    settings: str
    result: str
    role: str
    pattern: Sequence[float] = PATTERNS[0]
    width: float = STROKE.curve
    kind: int = 0
    hollow: bool = False
    shorter: Sequence[str] = ()
    short_name: str = ""

    def told(self, form: Form) -> str:
        """Return the settings, without what stands over their column."""
        forms = (self.settings, *self.shorter)
        words = forms[min(form.short, len(forms) - 1)]
        return words.removeprefix(f"{RATE} ") if form.headed else words

    def called(self, form: Form) -> str:
        """Return the name."""
        return self.name if form.in_full or not self.short_name else self.short_name


class Form(NamedTuple):
    """What entries look like.

    Attributes
    ----------
    short
        How short the settings are told, 0 for in full.
    abreast, headed
        Whether the settings stand beside the name, and whether the rate has a head of its own.
    in_full
        Whether names are.
    least
        The least size of type, in % of the frame's shorter side.
    """

    short: int
    abreast: bool
    headed: bool
    in_full: bool
    least: float


class Legend(VGroup):
    """Names with their settings, and results under a heading, one entry a run, in a region.

    Parameters
    ----------
    look, region
        The look, and where it stands.
    heading
        Words over the results; without them the legend is a key, which tells no results.
    items
        What is said; `entries` are the parts that they became, in order: sample, name, settings,
        and the result if there are any.
    room
        For how many entries there is to be room.
    rows
        In which row each entry stands; one below the other if it is not given.
    largest
        The largest size, in % of the frame's shorter side.

    Attributes
    ----------
    heads
        What stands over the columns.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        heading: str,
        items: Sequence[Item],
        room: int | None = None,
        *,
        rows: Sequence[int] = (),
        largest: float = TYPE.label,
    ) -> None:
        super().__init__()
        self.look, self.region, self.largest = look, region, largest
        self.room = max(room or 0, len(items))
        self.is_key = not heading
        roomy = region.width > ROOMY
        self.sample = SAMPLE * (1.0 if roomy else 0.7 if region.width > 4.2 else 0.6)
        self.indent = self.sample + (0.2 if roomy else 0.14)
        self.head = look.text(heading, size=TYPE.label, role="muted") if heading else None
        if self.head and self.head.advance > region.width:
            self.head = look.fitted(self.head, region.width, TYPE.label)
        size = self._fitting(items)
        em = units(size)
        first = region.top
        if self.head:
            self.head.place(region.right, region.top - 0.72 * self.head.em, "right")
            first -= 1.25 * self.head.em
        elif self.form.headed:
            first -= 1.25 * self.over.em
        if self.form.headed:
            left = region.left + self.indent + self.widest + self.gap
            self.over.place(left, self.head.origin[1] if self.head else first + 0.53 * self.over.em)
        self.heads = [
            *([self.over] if self.form.headed else []),
            *([self.head] if self.head else []),
        ]
        self.add(*self.heads)
        tall = 0.7 * em + (0.0 if self.abreast else 1.15 * em)
        # Entries are never farther apart than reads well; they stand from the top down.
        pitch = min(
            (first - region.bottom) / self.room, tall + (1.2 if self.abreast else 0.95) * em
        )
        if self.head and self.abreast:
            # A little nearer to the row below, for letters have more below than above them.
            heights = [first - pitch * row - 0.07 * (pitch - tall) for row in range(1, len(items))]
            guides = [[(region.left, y), (region.right, y)] for y in heights]
            between = line(look, role="axis", width=STROKE.guide)
            between.set_stroke(look.theme.blend("axis", 1.0, floor=GUIDE))
            self.add(set_lines(between, list(map(np.array, guides))))
        self.entries: list[VGroup] = []
        for row, item in zip(rows or range(len(items)), items, strict=True):
            base = first - pitch * row - (pitch - tall) / 2 - 0.7 * em
            self.entries.append(self._entry(item, base, size))
        self.add(*self.entries)

    @property
    def abreast(self) -> bool:
        """Whether settings stand beside the names."""
        return self.form.abreast

    @property
    def in_full(self) -> bool:
        """Whether names are."""
        return self.form.in_full

    def _entry(self, item: Item, base: float, size: float) -> VGroup:
        region, look = self.region, self.look
        em = units(size)
        left = region.left + self.indent
        name = look.text(item.called(self.form), size=size, role=item.role).place(left, base)
        out = VGroup(self._sample(item, base + 0.24 * em), name)
        told = item.told(self.form)
        if not self.abreast:
            out.add(look.text(told, size=size).place(left, base - 1.15 * em))
        elif self.is_key:
            out.add(look.text(told, size=size).place(left + self.widest + self.gap, base))
        else:
            # The rate has a column of its own: it is what a reader has to find.
            x, settings = left + self.widest + self.gap, VGroup()
            for part, role, room in zip(
                _halves(told), ("text", "muted"), (self.rates + self.gap, 0.0), strict=True
            ):
                if part:
                    settings.add(look.text(part, size=size, role=role).place(x, base))
                x += room
            out.add(settings)
        if not self.is_key:
            result = look.text(item.result, size=size, role=item.role)
            out.add(result.place(region.right, base, "right"))
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

    def _fitting(self, items: Sequence[Item]) -> float:
        """Return the largest size at which all entries fit, and choose the settings' form."""
        last = max(len(item.shorter) for item in items) if items else 0
        self.over = self.look.text(
            RATE, size=TYPE.tick if self.is_key else TYPE.label, role="muted"
        )
        names, heads = (True, False), (True, False)
        if self.is_key:
            tries = [
                Form(form, True, headed, in_full, LEGIBLE)
                for form in range(last + 1)
                for in_full in names
                for headed in heads
            ]
            tries += [Form(0, False, False, in_full, LEGIBLE) for in_full in names]
            tries.append(Form(last, True, False, False, TYPE.minimum))
        else:
            abreast = self.region.width >= ABREAST
            tries = [
                Form(0, abreast, headed, in_full, LEGIBLE if in_full else TYPE.minimum)
                for in_full in names
                for headed in heads[not abreast :]
            ]
        for self.form in tries:
            least, size = self.form.least, self.largest
            while size > least and not self._fits(items, size):
                size = max(least, size * 0.97)
            if self._fits(items, size):
                break
        return size

    def _fits(self, items: Sequence[Item], size: float) -> bool:
        region = self.region
        free = region.width - self.indent

        def wide(text: str) -> float:
            lettering: Lettering = self.look.text(text, size=size)
            return lettering.advance

        told = [item.told(self.form) for item in items]
        names = [item.called(self.form) for item in items]
        self.widest = max(map(wide, names))
        self.rates = max(wide(_halves(text)[0]) for text in told)
        settled = max(map(wide, told))
        results = 0.0 if self.is_key else max(wide(item.result) for item in items)
        head = self.head or (self.over if self.form.headed else None)
        height = region.height - (0.0 if head is None else 1.25 * head.em)
        if self.room * (units(size) * (1.0 if self.abreast else 2.15) + 0.06) > height:
            return False
        if not self.abreast:
            return all(
                wide(name) + (0.0 if self.is_key else wide(item.result) + 0.15) <= free
                and wide(text) <= free
                for item, name, text in zip(items, names, told, strict=True)
            )
        if self.is_key:
            self.gap = 0.24
            return self.widest + self.gap + settled <= free
        rest = max(wide(_halves(text)[1]) for text in told)
        # The columns share what is free.
        self.gap = (free - self.widest - self.rates - rest - results) / (3 if rest else 2)
        end = self.indent + self.widest + self.gap + self.over.advance
        meets = self.head is not None and end + 0.3 > region.width - self.head.advance
        return self.gap >= 0.25 and not (self.form.headed and meets)


def _halves(settings: str) -> tuple[str, str]:
    """Return the rate, and what else is set.

    Examples
    --------
    >>> _halves("rate 0.3, β₁ = 0.9, β₂ = 0.999"), _halves("1")
    (('rate 0.3', 'β₁ = 0.9, β₂ = 0.999'), ('1', ''))
    """
    first, _, rest = settings.partition(", ")
    return first, rest


def early(time: float) -> float:
    """Return a smooth rise that is over in the first quarter of an animation."""
    return float(smooth(min(1.0, 4 * time)))


def late(time: float) -> float:
    """Return a smooth rise that begins in the last quarter of an animation."""
    return float(smooth(max(0.0, 4 * time - 3)))
