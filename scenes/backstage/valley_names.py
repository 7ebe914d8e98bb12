"""What is written at the valleys of a curve, and at runs on it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from gdcore.theory import StationaryPoint
from scenes.look import Look
from scenes.parts.gap import Gap
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.parts.source import figure, ink, lines, math
from scenes.theme import TYPE, WORD_SIZES
from scenes.words import equals, is_close, number

UNDER = (0.2, 0.28, 0.36)
"""Between a valley and what is written under it, in units."""

SIDEWAYS = (0.0, -0.2, 0.2, -0.4, 0.4)
"""How far such words may move aside, in units."""

OUTSIDE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
"""How far the names of two minima may move away from each other, in units, the best first."""

SIZES = (*WORD_SIZES, TYPE.minimum)
"""The sizes of the names of minima, the best first."""

WAYS = ("",), ("above ",), ("", "above ")
"""How the names of two runs stand on the outer sides of their points, the best first."""

ASIDE, OFF = 0.3, 0.1
"""Free space on both sides of a minimum's name, and under it, in units."""

OUTWARD = (0.26, 0.4, 0.55)
"""Distances between a walker and its name: it is not to be taken for that of a neighbour."""


def name_valleys(
    look: Look,
    plot: Plot,
    places: Sequence[StationaryPoint],
    variants: Sequence[Sequence[str]],
    role: Callable[[float], str],
    clear: Obstacles,
    size: float = TYPE.label,
    outside: float = 0.0,
) -> list[Lettering]:
    """Return words under minima, where they find room.

    Parameters
    ----------
    look, plot, places
        The look, the plot, and the minima.
    variants
        What is said of each of them; the later ones are taken where the first have no room.
    role
        Gives the colour by the x of a minimum.
    clear
        What the words keep clear of.
    size
        Of the words.
    outside
        How far they move away from the middle of all of them, if they can: something comes in
        between.
    """
    out: list[Lettering] = []
    middle = sum(place.x for place in places) / max(1, len(places))
    for words in variants:
        trial, out = clear.copy(), []
        for place, text in zip(places, words, strict=True):
            label = look.text(text, size=size, role=role(place.x))
            x, y = plot.at(place.x, place.value)
            away = -1 if place.x < middle else 1
            moved = [away * far for far in reversed(OUTSIDE) if far <= outside]
            spots = [(x + aside, y) for aside in (moved if outside else SIDEWAYS)]
            if place_near(label, spots, trial, ("below",), UNDER, only=True).is_free:
                out.append(label)
        if len(out) == len(places):
            break
    return out


def compare_minima(
    look: Look,
    plot: Plot,
    places: Sequence[StationaryPoint],
    names: Sequence[str],
    clear: Obstacles,
) -> tuple[list[Lettering], Gap | None]:
    """Return what stands under minima, and by how much one of two is lower, if it is.

    Parameters
    ----------
    look, plot, places, names
        The look, the plot, the minima, and what each of them is, such as ``global minimum``. Under
        it stands its f. The name alone, or its first word, is taken where both have no room.
    clear
        What all of it keeps clear of.
    """
    values = [
        ink("curve", math(f"f {equals(place.value)} {figure(number(place.value))}"))
        for place in places
    ]
    sayings: tuple[Sequence[str], ...] = (
        [lines(*pair, flush="center") for pair in zip(names, values, strict=True)],
        names,
        [name.partition(" ")[0] for name in names],
    )
    differ = len(places) == 2 and not is_close(places[0].value, places[1].value)
    found: list[tuple[list[Lettering], Gap | None]] = []
    ranks: list[tuple[bool, ...]] = []
    for said, size, outside in itertools.product(
        sayings, SIZES, OUTSIDE if differ else OUTSIDE[:1]
    ):
        words = name_valleys(look, plot, places, [said], lambda _: "minimum", clear, size, outside)
        gap = None
        if differ:
            around = clear.copy()
            for word in words:
                # Some way off: two labels side by side must not read as one.
                around.add_box(word.box.inset(left=-ASIDE, bottom=-OFF, right=-ASIDE))
            gap = Gap(look, plot, [(place.x, place.value) for place in places], around)
        named, told = len(words) == len(places), gap is None or gap.is_whole
        # The names make room for what tells them apart: it is no smaller than they are.
        large = gap is None or gap.label.size_percent >= size
        found.append((words, gap))
        ranks.append((named and told, named, told, large))
        if all(ranks[-1]):
            break
    return found[ranks.index(max(ranks))]


def name_walkers(
    look: Look, runners: Sequence[Runner], n: int, clear: Obstacles
) -> list[Lettering]:
    """Return where the runs come from, beside the places where they are after n steps.

    Parameters
    ----------
    look, runners
        The look, and the two runs.
    n
        The step.
    clear
        What the names keep clear of.
    """
    shown = [runner for runner in runners if runner.trace.steps and runner.seen(n)]
    starts = [runner.trace.points[0][0] for runner in runners]
    best: list[Lettering] = []
    # On its outer side a name is not between the two; there it may be smaller. Both stand alike
    # where they can.
    for outside, size, ways in itertools.product((True, False), WORD_SIZES, WAYS):
        trial, names = clear.copy(), []
        for runner in shown:
            start = runner.trace.points[0][0]
            side = "right" if start == max(starts) else "left"
            prefer = [f"{way}{side}" for way in (*ways, *([] if outside else ["below "]))]
            label = look.text(f"from {number(start)}", size=size, role=runner.role)
            place = runner.place(n)
            names.append(place_near(label, place, trial, prefer, OUTWARD, only=outside))
        best = [name for name in names if name.is_free]
        if len(best) == len(shown):
            break
    return best
