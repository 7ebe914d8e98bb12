"""Which start ends where: the x-axis in bands, told apart by colour and hatching."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.plumb import Plumb
from scenes.parts.source import figure, join, lines
from scenes.parts.source import math as formula
from scenes.parts.strokes import Points, line, rectangle, set_lines, shape
from scenes.parts.window import Drawable, Window
from scenes.theme import STROKE, WORD_SIZES
from scenes.words import equals, number

HEIGHT = 0.2
"""Height of the bands, in units."""

LIFT = 0.06
"""Between the axis, which stays to be seen, and the bands, in units."""

TOP = LIFT + HEIGHT
"""Where the bands end above the axis."""

PITCH = 0.13
"""Distance of two lines of a hatching along the axis, in units."""

LEANS: tuple[tuple[int, ...], ...] = ((), (1,), (-1,), (1, -1), (0,))
"""How the lines of each hatching lean; the first band is solid."""

QUIETER = 0.75
"""How far the colour of a solid band is faded; its rim is not."""

CELLAR = 1.05
"""Free height between the axis and the curve: the bands, and a line of type over them."""

HIGH = (0.45, 0.3, 0.2, 0.1, 0.0)
"""So far up its line the number of a border stands, in parts of it, the best first: there it names
the line, and no band."""

APART = 0.35
"""Between two labels in one row, in units: nearer, they read as one line."""

PARTS = (0.15, 0.3, 0.45, 0.6)
"""How far towards its ends a band's label may move, where its own place is not free."""


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
    """Bands along the x-axis that spread from the places where runs end.

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
        for band, fill in zip(self.bands, self.fills, strict=True):
            if not LEANS[band.style % len(LEANS)]:
                # A solid band in the full colour would outweigh the hatched ones.
                fill.set_fill(look.theme.blend(band.role, QUIETER))
        self.add(*self.fills, *self.rims)

    def show(self, position: float) -> None:
        """Show the bands spread so far: 0 is nothing, 1 all of them."""
        for band, rim, fill in zip(self.bands, self.rims, self.fills, strict=True):
            left, right = self._grown(band, min(max(position, 0.0), 1.0))
            bottom = self.plot.inner.bottom + LIFT
            if right - left < 1e-6:
                rim.points = fill.points = np.zeros((0, 3))
                continue
            top = bottom + HEIGHT
            edge = rectangle(Region(left, bottom, right, top))
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
        self,
        look: Look,
        words: Callable[[float], Sequence[Sequence[str]]],
        clear: Obstacles,
        borders: Sequence[tuple[float, float]] = (),
        *,
        called: Callable[[float], str] = lambda _: "",
        sizes: Sequence[float] = WORD_SIZES[:1],
    ) -> list[VGroup]:
        """Return a label over the widest band of each place, where one finds room, and borders.

        Parameters
        ----------
        look
            The look.
        words
            What is said of a place, in several ways, and then with less: all labels are of one
            way, and as large.
        clear
            What the labels keep clear of.
        borders
            Data points from which a line leads down to the bands, with its x beside it.
        called
            What a border is, before its x; nothing where there is not room for all of them.
        sizes
            Of the labels, the best first: small words say more than few.
        """
        plumbs = [Plumb(look, self.plot, x, value, lift=TOP) for x, value in borders]
        clear.add(*plumbs)
        self.show(1.0)
        clear.add(*self.rims)
        self.show(0.0)
        roles = {band.place: band.role for band in self.bands}
        best: list[Lettering] = []
        said = zip(*(words(place) for place in roles), strict=True)
        for size, variant in itertools.chain.from_iterable(
            itertools.product(sizes, zip(*ways, strict=True)) for ways in said
        ):
            trial = clear.copy()
            labels = [
                self._label(
                    look.source(lines(*map(look.notation.words, text.split("\n"))), size, role),
                    place,
                    trial,
                )
                for (place, role), text in zip(roles.items(), variant, strict=True)
            ]
            best = [label for label in labels if label is not None]
            if len(best) == len(roles) and _are_apart(best):
                break
        clear.add(*best)
        names: list[Lettering] = []
        # All of them are named, or none, and none larger than what they part.
        smaller = [size for size in sizes if all(size <= label.size_percent for label in best)]
        for full, size, part in itertools.product((True, False), smaller, HIGH):
            trial, names = clear.copy(), []
            for (x, _), plumb in zip(borders, plumbs, strict=True):
                what = called(x) if full else ""
                told = formula(f"x {equals(x)} {figure(number(x))}")
                names.append(plumb.put(look.source(join(what, told), size), trial, least=part))
            if all(name.is_free for name in names):
                break
        for plumb, name in zip(plumbs, names, strict=True):
            plumb.add(name)
        return [*best, *plumbs]

    def _label(self, label: Lettering, place: float, clear: Obstacles) -> Lettering | None:
        """Return words at the widest band of a place, or nothing where they find no room."""
        band = max(
            (band for band in self.bands if band.place == place), key=lambda b: b.right - b.left
        )
        left, right = self._grown(band, 1.0)
        middle = (left + right) / 2
        top = self.plot.inner.bottom + TOP
        seed = self.plot.x(place) if band.left < place < band.right else middle
        anchors = [
            (x, top)
            for x in (
                seed,
                *(seed + (end - seed) * p for p in PARTS for end in (left, right)),
                middle,
            )
        ]
        place_near(label, anchors, clear.copy(), ("above",), (0.12, 0.2), only=True)
        if not label.is_free or label.box.left < left or label.box.right > right:
            return None
        clear.add(label)
        return label


def deepened(function: Drawable, window: Window, height: float, cellar: float = CELLAR) -> Window:
    """Return a window with room under its curve for bands and their labels.

    Parameters
    ----------
    function, window
        What is drawn, and the window fitted to it.
    height
        Of the plot's axis, in units.
    cellar
        Free height under the curve, in units.
    """
    values = np.asarray(function.values(np.linspace(window.left, window.right, 401)))
    finite = values[np.isfinite(values)]
    floor = max(float(finite.min()), window.bottom) if len(finite) else window.bottom
    part = cellar / height
    bottom = (floor - part * window.top) / (1 - part)
    return replace(window, bottom=min(window.bottom, bottom))


def _are_apart(labels: Sequence[Lettering]) -> bool:
    """Whether labels that share a row do not read as one line."""
    boxes = [label.box.inset(left=-APART / 2, right=-APART / 2) for label in labels]
    return not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))


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
                foot, along = np.array([start, bottom]), np.array([end - start, top - bottom])
                out.append(foot + along * np.array(parts)[:, None])
    return out
