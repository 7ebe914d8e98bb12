"""Which start ends where: the x-axis in bands, told apart by colour and hatching."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup, VMobject

from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_along
from scenes.parts.plot import Plot
from scenes.parts.strokes import Points, dashes, line, set_lines, shape
from scenes.theme import STROKE

HEIGHT = 0.2
"""Height of the bands, in units; they stand on the axis."""

PITCH = 0.13
"""Distance of two lines of a hatching along the axis, in units."""

LEANS: tuple[tuple[int, ...], ...] = ((), (1,), (-1,), (1, -1), (0,))
"""How the lines of each hatching lean; the first band is solid."""


@dataclass(frozen=True)
class Band:
    """A stretch of starts.

    Attributes
    ----------
    left, right
        Its ends, as data x.
    place
        The x at which runs from here end.
    role
        The colour.
    style
        Which hatching; bands with one end share colour and hatching.
    """

    left: float
    right: float
    place: float
    role: str
    style: int


class Basins(VGroup):
    """Bands that stand on the x-axis and spread from the places where runs end.

    Parameters
    ----------
    look, plot, bands
        The look, where to draw, and what is drawn.
    """

    def __init__(self, look: Look, plot: Plot, bands: Sequence[Band]) -> None:
        super().__init__()
        self.plot, self.bands = plot, tuple(bands)
        self.rims = [line(look, role=band.role, width=STROKE.axis) for band in self.bands]
        self.fills = [
            line(look, role=band.role, width=1.6 * STROKE.axis)
            if LEANS[band.style % len(LEANS)]
            else shape(look, role=band.role)
            for band in self.bands
        ]
        self.add(*self.fills, *self.rims)

    def show(self, position: float) -> None:
        """Show the bands spread so far: 0 is nothing, 1 all of them."""
        for band, rim, fill in zip(self.bands, self.rims, self.fills, strict=True):
            left, right = self._grown(band, min(max(position, 0.0), 1.0))
            bottom = self.plot.inner.bottom
            if right - left < 1e-6:
                rim.points = fill.points = np.zeros((0, 3))
                continue
            top = bottom + HEIGHT
            edge = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
            set_lines(rim, [edge])
            leans = LEANS[band.style % len(LEANS)]
            set_lines(fill, _hatching(left, right, bottom, leans) if leans else [edge])

    def _grown(self, band: Band, part: float) -> tuple[float, float]:
        """Return the ends of a band on its way, in units."""
        inner = self.plot.inner
        left, right = (
            float(np.clip(self.plot.x(x), inner.left, inner.right)) for x in (band.left, band.right)
        )
        seed = self.plot.x(band.place)
        if not left < seed < right:
            seed = (left + right) / 2
        return seed + (left - seed) * part, seed + (right - seed) * part

    def labels(
        self, look: Look, words: Callable[[float], Sequence[str]], clear: Obstacles
    ) -> list[Lettering]:
        """Return a label over the widest band of each place, where one finds room.

        Parameters
        ----------
        look
            The look.
        words
            What is said of a place; shorter words are fall-backs.
        clear
            What the labels keep clear of.
        """
        out: list[Lettering] = []
        self.show(1.0)
        clear.add(*self.rims)
        self.show(0.0)
        for place in dict.fromkeys(band.place for band in self.bands):
            band = max(
                (band for band in self.bands if band.place == place), key=lambda b: b.right - b.left
            )
            ends = [(x, self.plot.inner.bottom + HEIGHT) for x in self._grown(band, 1.0)]
            for text in words(place):
                label = look.text(text, role=band.role)
                trial = clear.copy()
                place_along(label, *ends, trial, ("above",))
                inside = ends[0][0] < label.box.left and label.box.right < ends[1][0]
                near = label.box.bottom - ends[0][1] < 0.5
                if label.is_free and inside and near:
                    clear.add(label)
                    out.append(label)
                    break
        return out


class Drop(VGroup):
    """A dotted line from a place on the curve down to the x-axis, and the place's x beside it.

    Parameters
    ----------
    look, plot
        The look, and where to draw.
    x, value
        The place.
    written
        Its x, as Typst mathematics.
    clear
        What the number keeps clear of; line and number are added to it.
    role
        The colour of the number.
    above
        How far above the axis there is room for it, in units.
    """

    def __init__(
        self,
        look: Look,
        plot: Plot,
        x: float,
        value: float,
        written: str,
        clear: Obstacles,
        role: str,
        above: float = HEIGHT,
    ) -> None:
        super().__init__()
        top, base = plot.at(x, value), plot.on_axis(x)
        self.line: VMobject = set_lines(line(look, role="muted"), dashes(base, top))
        clear.add(self.line)
        foot = base + np.array([0.0, above])
        self.label = look.math(written, role=role)
        place_along(self.label, foot + (0, 0.22), (top + foot) / 2, clear, ("right", "left"))
        self.add(self.line, self.label)


def _hatching(left: float, right: float, bottom: float, leans: Sequence[int]) -> list[Points]:
    """Return slanted lines inside a band; their places do not depend on where the band ends."""
    out = []
    top = bottom + HEIGHT
    for lean in leans:
        first = int(np.floor((left - HEIGHT) / PITCH))
        for n in range(first, int(np.ceil((right + HEIGHT) / PITCH)) + 1):
            start, end = n * PITCH, n * PITCH + lean * HEIGHT
            if lean == 0:
                parts = (0.0, 1.0) if left < start < right else (1.0, 0.0)
            else:
                meets = sorted(((left - start) / (end - start), (right - start) / (end - start)))
                parts = (max(0.0, meets[0]), min(1.0, meets[1]))
            if parts[1] - parts[0] > 1e-6:
                out.append(
                    np.array([(start + (end - start) * p, bottom + (top - bottom) * p) for p in parts])
                )
    return out
