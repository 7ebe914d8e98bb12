"""The header of a frame: the title, and the formulas that the lesson is about."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.layout import Layout
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import Source, figure
from scenes.theme import TYPE
from scenes.words import number

GAP = 0.6
"""Free space between two formulas, in units."""

TALLEST = 0.52
"""How far a formula may rise above its baseline, in units: there the safe area ends."""


def header(look: Look, layout: Layout, title: str, formulas: Sequence[Lettering]) -> VGroup:
    """Return title and formulas on the header's lines.

    In a wide frame both share one line, title left, formulas right; in a narrow one the formulas
    stand below, in a square one only where they have no room on the title's line. Formulas that are
    too long are set smaller, and left out rather than overlap.
    """
    region = layout.header
    two_lines = layout.header_lines == 2
    first = region.top - 0.52
    name = look.fitted(look.text(title), region.width, largest=TYPE.title)
    name.place(region.left, first)
    if not formulas:
        return VGroup(name)
    baseline = region.top - 1.18 if two_lines else first
    room = region.width - (0.0 if two_lines else name.advance + GAP)
    set_formulas = _shrunk(look, formulas, room)
    out = VGroup(name)
    if two_lines:
        left = region.left
        for formula in set_formulas:
            out.add(formula.place(left, baseline))
            left += formula.advance + GAP
    else:
        right = region.right
        for formula in reversed(set_formulas):
            out.add(formula.place(right, baseline, "right"))
            right -= formula.advance + GAP
    return out


def rate_formula(look: Look, rate: float) -> Lettering:
    """Return a learning rate as it stands in a header."""
    return look.math(f"eta = {figure(number(rate))}", TYPE.formula)


def has_room_on_one_line(
    look: Look,
    layout: Layout,
    title: str,
    formulas: Sequence[Lettering],
    least: float = TYPE.label,
) -> bool:
    """Whether title and formulas have room beside each other, no smaller than `least`."""
    if not formulas:
        return True
    room = layout.header.width - look.text(title, size=TYPE.title).advance - GAP
    kept = _shrunk(look, formulas, room)
    return len(kept) == len(formulas) and all(it.size_percent >= least for it in kept)


def _shrunk(look: Look, formulas: Sequence[Lettering], room: float) -> list[Lettering]:
    kept = list(formulas)
    size = max(formula.size_percent for formula in kept)
    while kept and (
        sum(formula.advance for formula in kept) + GAP * (len(kept) - 1) > room
        or max(formula.place(0, 0).box.top for formula in kept) > TALLEST
    ):
        if size <= TYPE.minimum:
            kept.pop(0)
            continue
        size = max(size * 0.92, TYPE.minimum)
        kept = [
            look.source(Source(formula.source), size=size, role=formula.base_role)
            for formula in kept
        ]
    return kept
