"""What stands in and at panels of the first step: its numbers, slopes at tangents, a lens."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.parts.cell import OVER
from scenes.parts.lettering import Lettering
from scenes.parts.magnified import magnified
from scenes.parts.panel import Panel
from scenes.parts.panel_words import INSIDE, SMALL_SIZES, Rates, in_two_lines, under
from scenes.parts.panels import SIZES, Panels, first_that_fits
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.products import halves, product
from scenes.parts.slope import OFF_POINT, slope_words
from scenes.parts.strokes import Points
from scenes.theme import TYPE

PLAIN = [(size, digits) for digits in (4, 2) for size in SIZES]
"""How steps may be written that are no products: in what size, with how many digits."""

ALONG = np.linspace(1.0, 0.1, 37)
"""Where at a tangent its slope may stand, in parts of it, the best first: at the upper end, where
the curve's arms are far apart and hardly a step lands."""

OFF_TANGENT = (0.16, 0.21, 0.26, 0.33, 0.4, 0.5, 0.6, 0.12)
"""How far from a tangent its slope may stand, in units."""

SLOPE_SIZES = TYPE.label, TYPE.tick, TYPE.minimum
"""Sizes of slopes that are tried."""

CLOSER = (0.5, 0.25, 0.0)
"""How far slopes keep from where steps land, in parts of what is best, the best first."""

UNDER_LINE = 0.17
"""So far at least a slope is lower than a name beside the plot, from middle to middle, in units."""

UNDER_NAME = 0.35
"""So far under the upper edge of a plot its words stand, in units."""

AROUND = 0.13, 0.04
"""Free space over a lens under a plot, where its numbers are, and under it, in units."""

UNDER_AXIS, LENS, BESIDE, FREE = 0.11, 0.3, 0.2, 0.12
"""How far under an axis the middle of a lens beside it is, its height, how far right of the axis it
begins, and what it leaves free before the next plot, in units."""

FAR = 0.8
"""From a step on to such a lens a tie would be a second axis, in units."""


def first_steps(panels: Panels, rates: Rates) -> VGroup:
    """Return the numbers of the first step of each run that has one.

    The slope is the same in all of them, and said in the same place, if there is one.
    """
    pairs = [(panel, rate) for panel, rate in zip(panels, rates, strict=True) if panel.trace.steps]
    going = [panel for panel, _ in pairs]

    def written(size: float, digits: int, *, scaled: bool) -> list[Lettering]:
        return [
            product(panels.look, panel.trace.steps[0], rate if scaled else None, size, digits)
            for panel, rate in pairs
        ]

    beside = panels.are_beside

    def fits(words: list[Lettering]) -> bool:
        if beside:
            # As the words over and under them.
            return panels.write_beside(going, words, centred=True)
        return all(one.advance <= panels.pitch for one in words)

    whole = (written(size, 4, scaled=True) for size in (SIZES[:-1] if beside else SIZES))
    fitting = next(filter(fits, whole), None)
    broken = VGroup() if fitting else _broken(panels, pairs)
    if fitting:
        words = VGroup(*fitting) if beside else under(going, fitting)
    else:
        alone = (written(size, digits, scaled=False) for size, digits in PLAIN)
        room = panels.width if beside else panels.pitch
        words = broken or under(going, first_that_fits(alone, room))
    # Arrows in two lenses would be compared, though one is magnified more than the other.
    shortest = min(going, key=lambda panel: abs(panel.trace.steps[0].delta[0]), default=None)
    lens = _lens(panels, shortest, room=beside or not len(broken)) if shortest else VGroup()
    return VGroup(*words, *_slopes(going), lens)


def _broken(panels: Panels, pairs: Sequence[tuple[Panel, float | None]]) -> VGroup:
    """Return each step as a product in two lines, or nothing where that is too wide, too."""
    scaled = [(panel, rate) for panel, rate in pairs if rate is not None]
    if len(scaled) < len(pairs):
        return VGroup()
    roomy = panels.are_beside and not panels[0].cell.is_tight
    for size in SIZES[1:] if roomy else SMALL_SIZES:
        lines = [halves(panels.look, panel.trace.steps[0], rate, size) for panel, rate in scaled]
        if all(half.advance <= panels.width for both in lines for half in both):
            return in_two_lines([panel for panel, _ in scaled], lines)
    return VGroup()


def _lens(panels: Panels, panel: Panel, *, room: bool) -> VGroup:
    """Return a lens on the first step, if it is too short to be seen: under the plot, if room is.

    Else a ring tells where it is.
    """
    clear, ends = Obstacles(panel.plot.inner), panel.runner.view.arrow_ends(0)
    clear.add(panel.axes)
    gauge, middle, half = panel.cell.gauge, panel.cell.middle, panels.width / 2
    left, (over, low) = min(middle - half, panel.box.left + INSIDE), AROUND
    box = Region(left, gauge.bottom + low, middle + half, gauge.top - over)
    if panel.cell.is_beside:
        inner, name = panel.plot.inner, panel.end
        left = BESIDE + (name.name.box.right if name else inner.right)
        level = inner.bottom - UNDER_AXIS
        box = Region(left, level - LENS / 2, panels.free(panel)[1] - FREE, level + LENS / 2)
        room = left - ends[0][0] < FAR
    return magnified(panels.look, box if room else None, *ends, clear, middle)


def _named(panel: Panel, size: float) -> Lettering:
    """Return the slope of the first step in words."""
    return slope_words(panel.look, panel.trace.steps[0].gradient[0], size)


def _slopes(panels: Sequence[Panel]) -> list[Lettering]:
    """Return the slope beside each tangent: in one place that is free in all, or else in its own.

    Where nothing is free it is left out.
    """

    @functools.cache
    def in_the_way(at: int, alone: bool, closer: float) -> Obstacles:
        return _in_the_way(panels[at], panels[at : at + 1] if alone else panels, closer * OFF_POINT)

    def placed(at: int, alone: bool, size: float, closer: float) -> list[Lettering]:
        panel = panels[at]
        words, uphill = _named(panel, size), panel.trace.steps[0].gradient[0] >= 0
        inward, low, high = ("left", 0, -1) if uphill else ("right", -1, 0)
        clear = in_the_way(at, alone, closer)
        for segment in panel.runner.view.tangent_line(0):
            spots = segment[low] + np.outer(ALONG, segment[high] - segment[low])
            if panel.cell.is_beside:
                # On a line with it the slope would be read on with the panel's name.
                spots = spots[spots[:, 1] <= panel.name.box.center[1] - UNDER_LINE]
            if place_near(words, spots, clear.copy(), (inward,), OFF_TANGENT, only=True).is_free:
                return [words]
        return []

    found: list[list[Lettering]] = []
    ways = itertools.product((False, True), SLOPE_SIZES, CLOSER)
    for way in ways:
        found = [placed(at, *way) for at in range(len(panels))]
        if all(found):
            return [*itertools.chain(*found)]
    return [*itertools.chain(*found)]


def _in_the_way(panel: Panel, others: Sequence[Panel], off: float) -> Obstacles:
    """Return what words in a panel keep clear of: what is in it, and what is there in others.

    They keep so far off the place where a step lands.
    """
    # Beside the ends of the curve words would look like a part of the heading.
    clear = Obstacles(panel.plot.inner.inset(top=-OVER if panel.cell.is_beside else UNDER_NAME))
    clear.add(panel.frame, panel.curve)
    for other in others:
        shift = _shift(other, panel)
        for points in other.runner.first_drawn():
            clear.add_points(points[:, :2] + shift)
        # Beside the place where a step lands the slope would be taken for that of this place.
        clear.add_spot(other.runner.view.place(1.0)[:2] + shift, off)
    return clear


def _shift(one: Panel, other: Panel) -> Points:
    """Return the way from a place in one panel to the same place in another one."""
    here, there = one.plot.inner, other.plot.inner
    return np.array([there.left - here.left, there.bottom - here.bottom])
