"""What stands under and in panels of one step: the rule, its numbers, what is left to go."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.parts.lettering import Lettering, box_of
from scenes.parts.magnified import magnified
from scenes.parts.panel import Panel
from scenes.parts.panels import SIZES, Panels, first_that_fits
from scenes.parts.placing import Obstacles, place_along, place_near
from scenes.parts.products import product
from scenes.parts.runner import Runner
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, figure, ink, plain
from scenes.parts.strokes import Points
from scenes.theme import TYPE
from scenes.words import as_factor, number

STEPS = (
    *((True, size, 4) for size in SIZES),
    *((False, size, 4) for size in SIZES),
    *((False, size, 2) for size in SIZES),
)
"""How the first steps may be written: as products or alone, in what size, with how many digits."""

ABOVE = ("above", "above right", "above left", "right", "left")
"""Where the name of an iterate may stand, the best first."""

APART = (0.22, 0.3, 0.4, 0.5)
"""How far from it, in units."""

LIFT = 0.3
"""So far such a name may be lifted to be in line with others, in units."""

Rates = Sequence[float | None]
"""What the slope is multiplied by in each run, or None where the step is no such product."""


def rules(panels: Panels, rates: Rates) -> VGroup:
    """Return what the rate is for, under each plot; nothing where some step is no such product."""
    going = [panel for panel in panels if panel.trace.steps]
    slopes = [panel.trace.steps[0].gradient[0] for panel in going]
    if len(going) < len(panels) or None in rates or not all(slopes):
        return VGroup()

    def written(before: str, rate: float, slope: float, size: float) -> Lettering:
        word = ink(slope_role(slope), plain("slope"))
        source = f"{before}${figure(number(-rate))} dot$ {word}"
        return panels.look.source(Source(source), size=size)

    tried = [
        [written(name, rate or 0.0, slope, size) for rate, slope in zip(rates, slopes, strict=True)]
        for name in (f"{ink('step', plain('step'))} $=$ ", "")
        for size in SIZES
    ]
    return under(going, first_that_fits(tried, panels.width))


def first_steps(panels: Panels, rates: Rates) -> VGroup:
    """Return the numbers of the first step of each run that has one.

    The slope is the same in all of them, and said in the same place.
    """
    pairs = [(panel, rate) for panel, rate in zip(panels, rates, strict=True) if panel.trace.steps]
    going = [panel for panel, _ in pairs]
    tried = [
        [
            product(panels.look, panel.trace.steps[0], rate if scaled else None, size, digits)
            for panel, rate in pairs
        ]
        for scaled, size, digits in STEPS
    ]
    # A lens has few places, the words beside a tangent have many; but they matter more.
    lenses = [_lens(panel, []) for panel in going]
    slopes = _slopes(going, lenses)
    if len(slopes) < len(going):
        slopes = _slopes(going, [])
        lenses = [_lens(panel, slopes) for panel in going]
    return VGroup(*under(going, first_that_fits(tried, panels.width)), *slopes, *lenses)


def shares(panels: Panels, parts: Sequence[float | None]) -> VGroup:
    """Return under each plot how much of the way is left, in parts of it; None says nothing."""
    pairs = [(panel, part) for panel, part in zip(panels, parts, strict=True) if part is not None]

    def written(part: float, size: float) -> Lettering:
        return panels.look.source(
            Source(f"${figure(_percent(part))}$ {plain('% left')}"), size=size
        )

    tried = [[written(part, size) for _, part in pairs] for size in SIZES]
    return under([panel for panel, _ in pairs], first_that_fits(tried, panels.width))


def factors(panels: Panels, at: Sequence[int], words: Sequence[tuple[str, float, str]]) -> VGroup:
    """Return what each step does in some panels, right under their strips.

    Each of the words are what stands before the factor, the factor, and what stands after it.
    """

    def written(before: str, factor: float, after: str, size: float) -> Lettering:
        source = f"{before and plain(before)}$times {figure(as_factor(number(factor)))}$"
        return panels.look.source(Source(source + (after and plain(after))), size=size)

    bare = [("", factor, "") for _, factor, _ in words]
    tried = [
        [written(*line, size) for line in lines]
        for lines in (words, bare)
        for size in (TYPE.tick, TYPE.minimum)
    ]
    fitting = first_that_fits(tried, panels.width) if words else []
    return VGroup(
        *(
            line.place(panels[index].cell.middle, panels[index].under, "center")
            for index, line in zip(at if words else (), fitting, strict=True)
        )
    )


def arrivals(panels: Panels, runners: Sequence[Runner]) -> VGroup:
    """Return the names of the iterates where runs have stopped; nothing where one has no room."""
    for size in SIZES:
        placed: list[tuple[Lettering, Panel, Obstacles]] = []
        seen = [pair for pair in zip(panels, runners, strict=True) if pair[1].arrived]
        for panel, runner in seen:
            n = len(runner.trace.steps)
            clear = Obstacles(panel.plot.inner)
            clear.add(panel.plot, panel.curve, *runner.submobjects)
            name = panels.look.math(f"x_({n})", size=size, role="point")
            there = clear.copy()
            if place_near(name, runner.place(n), there, ABOVE, APART, only=True).is_free:
                placed.append((name, panel, clear))
        if len(placed) == len(seen):
            _level(placed)
            return VGroup(*(name for name, _, _ in placed))
    return VGroup()


def _level(placed: Sequence[tuple[Lettering, Panel, Obstacles]]) -> None:
    """Lift names in panels to the baseline of the highest one, those that are free there."""
    lines = [name.origin[1] - panel.plot.inner.bottom for name, panel, _ in placed]
    for (name, panel, clear), line in zip(placed, lines, strict=True):
        x, top = name.origin[0], max(lines)
        if top - line <= LIFT:
            name.place(x, panel.plot.inner.bottom + top)
            if clear.trouble(name.box):
                name.place(x, panel.plot.inner.bottom + line)


def _percent(part: float) -> str:
    """Return parts of a hundred in two digits, or in as many more as tell them from 100.

    Examples
    --------
    >>> _percent(0.96040), _percent(0.01), _percent(0.99960), _percent(1.0)
    ('96', '1', '99.96', '100')
    """
    written = [number(100 * part, digits) for digits in (2, 3, 4, 5, 6)]
    return next((one for one in written if part == 1 or float(one) != 100), written[-1])


def under(panels: Sequence[Panel], words: Sequence[Lettering]) -> VGroup:
    """Put words on one line under plots that stand alone."""
    return VGroup(
        *(
            line.place(panel.cell.middle, panel.cell.line, "center")
            for panel, line in zip(panels, words, strict=True)
        )
    )


def _lens(panel: Panel, slopes: Sequence[Lettering]) -> VGroup:
    """Return a lens on the first step, if it is too short to be seen, that hides no slope."""
    clear = _in_the_way(panel, [panel], [])
    clear.add(*slopes)
    return magnified(panel.look, panel.plot, *panel.runner.view.arrow_ends(0), clear)


def _slopes(panels: Sequence[Panel], lenses: Sequence[VGroup]) -> list[Lettering]:
    """Return the slope beside each tangent: in one place that is free in all, or else in its own.

    Where nothing is free it is left out.
    """

    def placed(panel: Panel, clear: Obstacles) -> Lettering | None:
        slope = panel.trace.steps[0].gradient[0]
        words = panel.look.text(f"slope {number(slope)}", role=slope_role(slope))
        outward = ("left", "right") if slope >= 0 else ("right", "left")
        for segment in panel.runner.view.tangent_line(0):
            if place_along(words, segment[0], segment[-1], clear, outward).is_free:
                return words
        return None

    found = [placed(panel, _in_the_way(panel, panels, lenses)) for panel in panels]
    if not all(found):
        own = lenses or [VGroup() for _ in panels]
        found = [
            placed(panel, _in_the_way(panel, [panel], [lens]))
            for panel, lens in zip(panels, own, strict=True)
        ]
    return [words for words in found if words is not None]


def _in_the_way(panel: Panel, others: Sequence[Panel], lenses: Sequence[VGroup]) -> Obstacles:
    """Return what words in a panel keep clear of: what is in it, and what is there in others."""
    clear = Obstacles(panel.plot.inner)
    clear.add(panel.frame, panel.curve)
    for other in others:
        for points in other.runner.first_drawn():
            clear.add_points(points[:, :2] + _shift(other, panel))
    for lens, other in zip(lenses, others, strict=False):
        for part in lens:
            across, up = _shift(other, panel)
            clear.add_box(box_of(part).inset(across, up, -across, -up))
    return clear


def _shift(one: Panel, other: Panel) -> Points:
    """Return the way from a place in one panel to the same place in another one."""
    here, there = one.plot.inner, other.plot.inner
    return np.array([there.left - here.left, there.bottom - here.bottom])
