"""A legend of runs: sample and name, the settings below, and what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import VGroup, VMobject
from manim.utils.rate_functions import smooth

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.dashing import PATTERNS, dashed
from scenes.parts.lettering import Lettering
from scenes.parts.strokes import Points, line, set_lines
from scenes.theme import STROKE, TYPE, units

SAMPLE = 0.9
"""Length of a sample of the line, in units, where there is room; every dash can be told in it."""

ABREAST = 6.0
"""In a region at least so wide the settings stand beside the name, not below it."""


@dataclass(frozen=True)
class Item:
    """What a legend says of a run.

    Attributes
    ----------
    name, settings, result
        Plain text.
    role
        The colour.
    pattern
        Lengths of dash and gap by turns.
    width
        Of the line, in % of the frame's shorter side.
    """

    name: str
    settings: str
    result: str
    role: str
    pattern: Sequence[float] = PATTERNS[0]
    width: float = STROKE.curve


class Legend(VGroup):
    """Names with their settings and results, one entry a run, in a region.

    Parameters
    ----------
    look, region
        The look, and where it stands.
    heading
        Words over the results.
    items
        What is said; `entries` are the parts that they became, in order.
    room
        For how many entries there is to be room.
    largest
        The largest size, in % of the frame's shorter side.
    """

    def __init__(
        self,
        look: Look,
        region: Region,
        heading: str,
        items: Sequence[Item],
        room: int | None = None,
        *,
        largest: float = TYPE.label,
    ) -> None:
        super().__init__()
        self.look, self.region, self.largest = look, region, largest
        self.room = max(room or 0, len(items))
        self.abreast = region.width >= ABREAST
        self.sample = SAMPLE if region.width > 4.2 else 0.7 * SAMPLE
        self.indent = self.sample + (0.2 if region.width > 4.2 else 0.14)
        size = self._fitting(items)
        em = units(size)
        head = look.text(heading, size=max(TYPE.minimum, 0.8 * size), role="muted")
        top = region.top - 0.7 * head.em
        self.heading = head.place(region.right, top, "right")
        first = top - 0.55 * head.em
        pitch = (first - region.bottom) / self.room
        tall = 0.7 * em + (0.0 if self.abreast else 1.15 * em)
        # Entries are never farther apart than reads well; they stand from the top down.
        pitch = min(pitch, tall + (1.4 if self.abreast else 0.95) * em)
        self.entries: list[VGroup] = []
        for index, item in enumerate(items):
            base = first - pitch * index - (pitch - tall) / 2 - 0.7 * em
            self.entries.append(self._entry(item, base, size))
        self.add(self.heading, *self.entries)

    def rest(self, index: int) -> list[VMobject]:
        """Turn an entry grey and return it without its result: the run is still to come."""
        sample, name, _, settings = self.entries[index]
        muted = self.look.color("muted")
        sample.set_stroke(muted)
        name.set_fill(muted)
        settings.set_fill(muted)
        return [sample, name, settings]

    def wake(self, index: int) -> list[Any]:
        """Return the animations that give an entry its colours again."""
        sample, name, _, settings = self.entries[index]
        color = self.look.color(name.base_role)
        return [
            sample.animate(rate_func=early).set_stroke(color),
            name.animate(rate_func=early).set_fill(color),
            settings.animate(rate_func=early).set_fill(self.look.color(settings.base_role)),
        ]

    def _entry(self, item: Item, base: float, size: float) -> VGroup:
        region, look = self.region, self.look
        em = units(size)
        sample = self._sample(item, base + 0.24 * em)
        left = region.left + self.indent
        name = look.text(item.name, size=size, role=item.role).place(left, base)
        result = look.text(item.result, size=size, role=item.role)
        result.place(region.right, base, "right")
        settings = look.text(item.settings, size=size)
        if self.abreast:
            settings.place(left + self.widest + self.gap, base)
        else:
            settings.place(left, base - 1.15 * em)
        return VGroup(sample, name, result, settings)

    def _sample(self, item: Item, height: float) -> VMobject:
        ends: Points = _line(self.region.left, self.region.left + self.sample, height)
        out = line(self.look, role=item.role, width=item.width)
        return set_lines(out, dashed([ends], item.pattern))

    def _fitting(self, items: Sequence[Item]) -> float:
        """Return the largest size at which every entry fits."""
        size = self.largest
        while size > TYPE.minimum and not self._fits(items, size):
            size = max(TYPE.minimum, size * 0.97)
        return size

    def _fits(self, items: Sequence[Item], size: float) -> bool:
        region = self.region
        free = region.width - self.indent

        def wide(text: str, at: float) -> float:
            lettering: Lettering = self.look.text(text, size=at)
            return lettering.advance

        self.widest = max(wide(item.name, size) for item in items)
        settled = max(wide(item.settings, size) for item in items)
        # The settings stand in the middle of what names and results leave.
        results = max(wide(item.result, size) for item in items)
        self.gap = max(0.3, min(1.2, (free - self.widest - settled - results) / 2))
        for item in items:
            name, result = wide(item.name, size), wide(item.result, size)
            settings = wide(item.settings, size)
            if self.abreast and self.widest + settings + result + 0.9 > free:
                return False
            if not self.abreast and (name + result + 0.15 > free or settings > free):
                return False
        tall = units(size) * (1.0 if self.abreast else 2.15)
        return self.room * (tall + 0.1) + 1.2 * units(TYPE.tick) <= region.height


def early(time: float) -> float:
    """Return a smooth rise that is over in the first quarter of an animation."""
    return float(smooth(min(1.0, 4 * time)))


def late(time: float) -> float:
    """Return a smooth rise that begins in the last quarter of an animation."""
    return float(smooth(max(0.0, 4 * time - 3)))


def _line(left: float, right: float, height: float) -> Points:
    return np.array([[left, height], [right, height]])
