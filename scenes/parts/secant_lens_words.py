"""What is written in the lens on a secant and on its frame."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.secant import obstacles, quotient
from scenes.parts.secant_lens import BESIDE, SecantLens
from scenes.parts.source import figure
from scenes.parts.strokes import grounded
from scenes.theme import TYPE
from scenes.words import number

SIZES = TYPE.label, TYPE.tick
"""Of the type, the wanted one first, in % of the shorter side: all that is written is alike."""

RIM, CORNER = 0.16, 0.06
"""Between what is written in the lens and its rim, and that in a corner besides, in units."""

GAPS, BELOW = (BESIDE, 0.2, 0.3), (0.1, 0.14, 0.2, 0.26, 0.32)
"""Between legs and their lengths, beside them and below them, in units."""

GROUND = 0.07, 0.02
"""How far the ground of what stands on the frame reaches beyond it, across and up, in units."""

FROM_CORNER = 0.14
"""How far from the corners of the frame it stands, in units."""

INSIDE, AROUND = 0.12, 0.04
"""How much farther from other type than from lines type is, in the lens and on its frame, in
units."""

Tried = Callable[[float, float], list[Lettering]]


class SecantLensWords:
    """The legs' lengths, the quotient and the magnification at the widths that a lens tells.

    Each is as large at one width as at the others, as far as there is room.

    Parameters
    ----------
    lens, curve
        The lens, and the curve of the plot that it lies in.
    has_quotient
        Whether how the slope comes about is wanted.

    Attributes
    ----------
    has_quotient
        Whether there is room for how the slope comes about, at every width.
    """

    def __init__(self, lens: SecantLens, curve: VMobject, *, has_quotient: bool = True) -> None:
        self.lens, self.look, self.curve = lens, lens.look, curve
        self.room = lens.region.inset(*[RIM] * 4)
        self.clear: dict[float, Obstacles] = {}
        self.outside: dict[float, Obstacles] = {}
        self.written: dict[float, VGroup] = {}
        self.has_quotient = has_quotient

    def at(self, width: float) -> VGroup:
        """Return what is written at one of the widths that are told, where lens and secant stand.

        All is placed when the first of them is.
        """
        if not self.written:
            self._place()
            for part in (self.lens.secant, self.lens):
                part.show(width)
        return self.written[width]

    def _place(self) -> None:
        lens = self.lens
        for told in lens.told:
            for part in (lens.secant, lens):
                part.show(told)
            self.clear[told] = Obstacles(self.room)
            self.clear[told].add(lens.curve, lens.line, lens.across, lens.up)
            self.clear[told].add(lens.first, lens.second)
            self.outside[told] = obstacles(
                lens.plot, self.curve, lens.secant, lens.ties, lens.curve, lens.line
            )
            self.outside[told].within = lens.plot.inner.inset(top=-0.3)
        legs = self._alike(2, [(size, self._legs(mid)) for size in SIZES for mid in (True, False)])
        self._keep_off(legs)
        slopes: dict[float, list[Lettering]] = {told: [] for told in lens.told}
        if self.has_quotient:
            found = self._alike(1, [(size, self._quotient) for size in SIZES])
            # At one width only it would seem to be lost at the other one.
            self.has_quotient = all(found.values())
            slopes = found if self.has_quotient else slopes
        self._keep_off(slopes)
        box = lens.region
        rights = np.linspace(box.right - FROM_CORNER, box.left + FROM_CORNER, 41)
        places = itertools.product(SIZES, (box.bottom, box.top), rights)
        factors = self._alike(1, [(size, self._factor(right, y)) for size, y, right in places])
        for told in lens.told:
            on_rim = (grounded(self.look, label, *GROUND) for label in factors[told])
            self.written[told] = VGroup(*on_rim, *legs[told], *slopes[told])

    def _keep_off(self, found: dict[float, list[Lettering]]) -> None:
        """Let what comes next keep clear of labels, by more than of lines."""
        for told, labels in found.items():
            for label in labels:
                self.clear[told].add_box(label.box.inset(*[-INSIDE] * 4))
                self.outside[told].add_box(label.box.inset(*[-AROUND] * 4))

    def _alike(
        self, count: int, tries: Sequence[tuple[float, Tried]]
    ) -> dict[float, list[Lettering]]:
        """Return labels in the first of several ways in which all are free at every width.

        Where there is none, each width has as many of them as it has room for.
        """
        found: dict[float, list[Lettering]] = {told: [] for told in self.lens.told}
        for size, make in tries:
            every = {told: make(told, size) for told in self.lens.told}
            if all(len(labels) == count for labels in every.values()):
                return every
            for told, labels in every.items():
                if len(labels) > len(found[told]):
                    found[told] = labels
        return found

    def _legs(self, centered: bool) -> Tried:
        """Return what makes the lengths of the legs, the one across in the middle of its leg."""

        def make(width: float, size: float) -> list[Lettering]:
            lens, clear = self.lens, self.clear[width].copy()
            rise = lens.function.value((lens.at + width,)) - lens.value
            first = lens.place(lens.at, lens.value, width)
            last = lens.place(lens.at + width, lens.value + rise, width)
            corner = np.array([last[0], first[1]])
            across = self.look.math(f"h = {figure(number(width))}", size)
            up = self.look.math(figure(number(rise)), size)
            below = ("below",) if rise >= 0 else ("above",)
            parts = np.linspace(0.5, 1.0, 6)[:, None]
            place_near(up, corner + (last - corner) * parts, clear, ("right",), GAPS, only=True)
            middle = (first + corner) / 2
            # Else it begins under the leg, as far to the left as it can.
            ends = np.linspace(0.0, max(across.advance / 2, 0.1), 9)[:, None] * (1.0, 0.0)
            places = middle if centered else middle + ends
            place_near(across, places, clear, below, BELOW, only=True)
            return [label for label in (up, across) if label.is_free]

        return make

    def _quotient(self, width: float, size: float) -> list[Lettering]:
        """Return how the slope comes about, in the corner away from the line."""
        lens, room = self.lens, self.room
        rise = lens.function.value((lens.at + width,)) - lens.value
        label = self.look.text(quotient(rise, width), size=size, role=lens.line.role)
        top, on = (room.top - CORNER, "top") if rise >= 0 else (room.bottom + CORNER, "bottom")
        label.place(room.left + CORNER, top, "left", on)  # type: ignore[arg-type]
        return [label] if self.clear[width].trouble(label.box) == 0 else []

    def _factor(self, right: float, y: float) -> Tried:
        """Return what makes the magnification, on the frame so far to the right and so high."""

        def make(width: float, size: float) -> list[Lettering]:
            times = f"times {figure(number(self.lens.zoom(width), 2))}"
            label = self.look.math(times, size, "muted")
            label.place(float(right), y, "right", "middle")
            return [label] if self.outside[width].trouble(label.box) == 0 else []

        return make
