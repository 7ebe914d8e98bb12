"""What is written at the valleys of a curve, and at runs on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gdcore.theory import StationaryPoint
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.runner import Runner
from scenes.theme import TYPE
from scenes.words import number

UNDER = (0.2, 0.28, 0.36)
"""Between a valley and what is written under it, in units."""

SIDEWAYS = (0.0, -0.2, 0.2, -0.4, 0.4)
"""How far such words may move aside, in units."""

OUTWARD = (0.26, 0.4, 0.55)
"""Distances between a walker and its name: it is not to be taken for that of a neighbour."""


def name_valleys(
    look: Look,
    plot: Plot,
    places: Sequence[StationaryPoint],
    variants: Sequence[Sequence[str]],
    role: Callable[[float], str],
    clear: Obstacles,
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
    """
    out: list[Lettering] = []
    for words in variants:
        trial, out = clear.copy(), []
        for place, text in zip(places, words, strict=True):
            label = look.text(text, role=role(place.x))
            x, y = plot.at(place.x, place.value)
            spots = [(x + aside, y) for aside in SIDEWAYS]
            if place_near(label, spots, trial, ("below",), UNDER, only=True).is_free:
                out.append(label)
        if len(out) == len(places):
            break
    return out


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
    for size in (TYPE.label, 4.0, TYPE.tick):
        trial, names = clear.copy(), []
        for runner in shown:
            start = runner.trace.points[0][0]
            side = "right" if start == max(starts) else "left"
            prefer = (side, f"above {side}", f"below {side}")
            label = look.text(f"from {number(start)}", size=size, role=runner.role)
            names.append(place_near(label, runner.place(n), trial, prefer, OUTWARD))
        best = [name for name in names if name.is_free]
        if len(best) == len(shown):
            break
    return best
