"""What stands under and in panels of one step: the rule, its numbers, what is left to go."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection, Sequence

import numpy as np
from manim import VGroup

from scenes.layout import Region
from scenes.parts.cell import LINE, MARGIN
from scenes.parts.counters import BRIEF, HEADED
from scenes.parts.lettering import Align, Lettering
from scenes.parts.magnified import magnified
from scenes.parts.panel import LIT, NAME_OVER, SCALE, Panel
from scenes.parts.panels import AIR, SIZES, Panels, first_that_fits
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import clip
from scenes.parts.products import halves, product
from scenes.parts.slope import OFF_POINT, slope_role
from scenes.parts.source import Source, figure, ink, plain, told
from scenes.parts.strokes import Points, dashes, dot_points, line, set_lines
from scenes.parts.trail import within
from scenes.theme import TYPE
from scenes.words import as_factor, equals, number

PLAIN = [(size, digits) for digits in (4, 2) for size in SIZES]
"""How steps may be written that are no products: in what size, with how many digits."""

SMALL_SIZES = SIZES[2:]
"""Sizes of what stands in two lines, or with words before it."""

RULE = (TYPE.equation, TYPE.caption, *SIZES)
"""Sizes of the rule that are tried."""

BAR_NAMES = (
    (("distance left",), TYPE.tick),
    (("distance left",), TYPE.minimum),
    (("distance", "left"), TYPE.minimum),
)
"""What a bar is called, in lines, and in what size, the best first."""

ALIGNED: tuple[Align, Align] = "left", "right"
"""How words right and left of something are aligned."""

LEADING = 0.26
"""From the middle of a line of a bar's name to that of the next one, in units."""

MINIMUM = (("minimum", TYPE.tick), ("minimum", TYPE.minimum), ("min", TYPE.minimum))
"""What the lowest place of a curve is called, and in what size, the best first."""

NEAR = 0.14
"""From the end of a bar to its name, in units."""

BESIDE, GAPS = ("left", "right"), (0.07, 0.13, 0.2, 0.28)
"""Where the name of a line may stand, and how far from it, in units."""

LOW, STEP, FROM_CURVE = 0.3, 0.1, 0.08
"""How far over the curve the name of its minimum may stand at least, how far apart are the heights
that are tried, and what its line keeps from both, in units."""

UNDER_MARK = 0.12
"""So far over a panel's upper line stands the name of a mark that is over it, in units."""

ALONG = sorted(np.linspace(0.1, 0.9, 33), key=lambda part: abs(part - 0.5))
"""Where at a tangent its slope may stand, in parts of it, the best first."""

OFF_TANGENT = (0.16, 0.21, 0.26, 0.33, 0.4, 0.5, 0.6)
"""How far from a tangent its slope may stand, in units."""

CLOSE_BY, LESS = np.arange(0.1, 0.5, 0.02), 0.04
"""The same where it is in two lines, and so much less it keeps from what is beside it, in units."""

CLOSER = (1.0, 0.7, 0.5)
"""How far slopes keep from where steps land, in parts of what is best, the best first."""

UNDER_NAME = 0.35
"""So far under the upper edge of a plot its words stand, in units."""

EACH = "each step:"
"""Said before what every step does."""

AROUND = 0.2, 0.08
"""Free space over a lens under a plot, where its numbers are, and under it, in units."""

INSIDE = 0.1
"""So much narrower than a light has to be what is said while it is on, in units."""

Rates = Sequence[float | None]
"""What the slope is multiplied by in each run, or None where the step is no such product."""


def opening(panels: Panels, rates: Rates) -> VGroup:
    """Return what all runs have in common, once: their start, and the rule where it is theirs."""
    look, x = panels.look, panels[0].trace.start[0]
    sign = "=" if equals(x) == "=" else "approx"

    def start(panel: Panel) -> Lettering:
        words = look.math(f"x_0 {sign} {figure(number(x))}", panel.readout.size, "point")
        return words.place(panel.cell.middle, panel.cell.gauge.center[1], "center", "middle")

    out = VGroup(*map(start, panels))
    going = [panel.trace.steps[0] for panel in panels if panel.trace.steps]
    if len(going) == len(panels) and None not in rates and going[0].gradient[0]:
        slope = ink(slope_role(going[0].gradient[0]), plain("slope"))
        rule = Source(f"{ink('step', plain('step'))} $= -${plain('rate')} $dot$ {slope}")
        out.add(
            panels.across(*(look.source(rule, size=size) for size in RULE), over=panels.are_slim)
        )
    return out


def first_steps(panels: Panels, rates: Rates) -> VGroup:
    """Return the numbers of the first step of each run that has one.

    The slope is the same in all of them, and said in the same place.
    """
    pairs = [(panel, rate) for panel, rate in zip(panels, rates, strict=True) if panel.trace.steps]
    going = [panel for panel, _ in pairs]

    def written(size: float, digits: int, *, scaled: bool) -> list[Lettering]:
        return [
            product(panels.look, panel.trace.steps[0], rate if scaled else None, size, digits)
            for panel, rate in pairs
        ]

    def fits(words: list[Lettering]) -> bool:
        return all(one.advance <= panels.pitch for one in words)

    whole = (written(size, 4, scaled=True) for size in SIZES)
    fitting = next(filter(fits, whole), None)
    slim = panels.are_slim
    broken = VGroup() if fitting and not slim else _broken(panels, pairs)
    alone = (written(size, digits, scaled=False) for size, digits in PLAIN)
    words = broken or under(going, fitting or first_that_fits(alone, panels.pitch))
    # Arrows in two lenses would be compared, though one is magnified more than the other.
    shortest = min(going, key=lambda panel: abs(panel.trace.steps[0].delta[0]), default=None)
    lenses = [_lens(panels, shortest, room=slim or not len(broken))] if shortest else []
    return VGroup(*words, *_slopes(going), *lenses)


def _broken(panels: Panels, pairs: Sequence[tuple[Panel, float | None]]) -> VGroup:
    """Return each step as a product in two lines, or nothing where that is too wide, too."""
    scaled = [(panel, rate) for panel, rate in pairs if rate is not None]
    if len(scaled) < len(pairs):
        return VGroup()
    for size in SIZES if panels.are_slim else SMALL_SIZES:
        lines = [halves(panels.look, panel.trace.steps[0], rate, size) for panel, rate in scaled]
        if all(half.advance <= panels.width for both in lines for half in both):
            return in_two_lines([panel for panel, _ in scaled], lines)
    return VGroup()


def shares(panels: Panels, parts: Sequence[float | None]) -> VGroup:
    """Return under each plot how much of the way is left, in parts of it; None says nothing."""
    pairs = [(panel, part) for panel, part in zip(panels, parts, strict=True) if part is not None]
    # Over "distance left" the sentence goes on.
    ways = ("% of the", "%") if len(_names_under_bars(panels)) else ("% left",)

    def written(part: float, of: str, least: int, size: float) -> Lettering:
        source = f"${_percent(part, least)}$ {plain(of)}"
        return panels.look.source(Source(source), size=size)

    tried = (
        [written(part, of, least, size) for _, part in pairs]
        for least, of, size in itertools.product((2, 1), ways, SIZES)
    )
    words, slim = first_that_fits(tried, panels.width), panels.are_slim
    return under([panel for panel, _ in pairs], words, lift=LINE if slim else 0.0)


def factors(panels: Panels, at: Sequence[int], words: Sequence[tuple[str, float]]) -> VGroup:
    """Return what each step does in some panels, under their strips, in two lines if they are slim.

    Each of the words are what is multiplied, and the factor.
    """
    look, room, held = panels.look, panels.width - INSIDE, [panels[index] for index in at]

    def written(before: str, what: str, factor: float, size: float) -> Lettering:
        named = ink("point", Source("$x$")) if what == "x" else plain(what)
        source = f"{before and plain(before)}{named} $dot {figure(as_factor(number(factor)))}$"
        return look.source(Source(source), size=size)

    if not words:
        return VGroup()
    if panels.are_slim:
        for size in SIZES:
            laws = [written("", *line, size) for line in words]
            if all(law.advance <= room for law in laws):
                lines = [(look.text(EACH, size=size), law) for law in laws]
                # Off the number under them, which is not what that multiplies to.
                return in_two_lines(held, lines, lift=UNDER_MARK + held[0].lift)
    tried = (
        [written(before, *line, size) for line in words]
        for before in (f"{EACH} ", "")
        for size in SMALL_SIZES
    )
    return under(held, first_that_fits(tried, room))


def minimum_of_strips(panels: Panels, last: int, busy: Collection[int]) -> VGroup:
    """Return the name of the line of the minimum, in the first strip that has room beside it.

    Under slim strips it may stand too, but not in panels that will have other words there.
    """
    for gap, panel, size in itertools.product(GAPS, panels, (TYPE.tick, TYPE.minimum)):
        if not len(panel.mark.points):
            continue
        # As far to the right as a light goes.
        room = panel.plot.inner.inset(right=AIR + MARGIN - LIT)
        clear, strip = Obstacles(room), panel.strip
        clear.add(panel.axes)
        path = strip.path(float(last))
        for points in clip(path, strip.wide):
            clear.add_points(points)
        # The walker passes all of its rows.
        clear.add_dots(dot_points(path[within(path, strip.wide)], strip.size)[:, :2])
        words = panels.look.text("minimum", size=size, role="minimum")
        top, foot = panel.mark.get_start()[:2], panel.mark.get_end()[:2]
        anchors = [top + (foot - top) * part for part in np.linspace(0.75, 0.2, 12)]
        if place_near(words, anchors, clear, BESIDE, (gap,), only=True).is_free:
            return VGroup(words)
    return _minimum_under([panel for at, panel in enumerate(panels) if at not in busy])


def step_of_readouts(panels: Panels, last: int) -> VGroup:
    """Return which step the last numbers belong to, where they do not say so themselves.

    It stands over each of them, or before a row of them.
    """
    look, ending = panels.look, panels[0].readout.ending
    if ending == HEADED:
        names = [look.math(f"x_{last}", panel.readout.size, "point") for panel in panels]
        return under(panels, names, lift=NAME_OVER - LINE)
    if ending != BRIEF:
        return VGroup()
    rows = [panel for panel in panels if len(panel.rows_name)]
    return VGroup(
        *(
            look.math(f"n = {last}", TYPE.minimum, "muted").place(
                panel.plot.inner.left - SCALE, panel.cell.baseline, "right"
            )
            for panel in rows
        )
    )


def _minimum_under(panels: Sequence[Panel]) -> VGroup:
    """Return the name of the minimum under its mark, in the first slim panel that shows it."""
    panel = next((one for one in panels if one.cell.is_slim and len(one.mark.points)), None)
    if panel is None:
        return VGroup()
    words = panel.look.text("minimum", size=TYPE.minimum, role="minimum")
    reach = words.advance / 2 + AIR
    x = min(max(panel.mark.get_start()[0], panel.box.left + reach), panel.box.right - reach)
    return VGroup(words.place(x, panel.cell.line_over + UNDER_MARK + panel.lift, "center"))


def names_of_bars(panels: Panels) -> VGroup:
    """Return what the bars are called, and from where they are measured."""
    names = _names_under_bars(panels) or _name_of_bar(panels)
    return VGroup(*names, *_minimum_of_curve(panels))


def _names_under_bars(panels: Panels) -> VGroup:
    """Return what the bars of slim panels are called, under the line of their shares.

    It is empty where the name has room beside the first of them.
    """
    if not panels.are_slim or len(_name_of_bar(panels)) == 1:
        return VGroup()
    barred = [panel for panel in panels if panel.distance]
    tried = ([panels.look.text("distance left", size=size) for _ in barred] for size in SIZES)
    return under(barred, first_that_fits(tried, panels.width))


def _name_of_bar(panels: Panels) -> VGroup:
    panel = panels[0]
    if panel.distance is None:
        return VGroup()
    zero, inner = panel.distance.zero, panel.plot.inner
    # On the side where no distance is drawn at the start; on the left there are no numbers so low.
    left = panel.plot.x(panel.trace.start[0]) > zero
    room = zero - panel.box.left if left else inner.right - zero
    x, side = zero - NEAR if left else zero + NEAR, ALIGNED[left]
    for names, size in BAR_NAMES:
        lines = [panels.look.text(name, size=size) for name in names]
        if max(words.advance for words in lines) + 2 * NEAR <= room:
            top = panel.distance.y + LEADING * (len(lines) - 1) / 2
            return VGroup(
                *(
                    words.place(x, top - LEADING * at, side, "middle")
                    for at, words in enumerate(lines)
                )
            )
    return VGroup()


def _minimum_of_curve(panels: Panels) -> VGroup:
    """Return the name of the minimum over the lowest place of the curve, with a line from there.

    It stands in the first panel that has room, where no step on the way passes it.
    """
    # A slim panel has no place for the whole word but under its heading.
    ways = MINIMUM[:2] if not panels.are_slim else MINIMUM[2:]
    for (name, size), panel in itertools.product(ways, panels):
        if panel.distance is None:
            continue
        along = panel.curve.points[:, :2]
        spot = along[np.abs(along[:, 0] - panel.distance.zero).argmin()]
        clear = Obstacles(panel.plot.inner)
        clear.add(panel.frame, panel.curve)
        for points in panel.runner.first_drawn():
            clear.add_points(points[:, :2])
        words = panels.look.text(name, size=size, role="minimum")
        heights = tuple(np.arange(LOW, panel.plot.inner.height, STEP))
        if place_near(words, spot, clear, ("above",), heights, only=True).is_free:
            x, low = map(float, spot)
            ends = (x, low + FROM_CURVE), (x, words.box.bottom - FROM_CURVE)
            return VGroup(words, set_lines(line(panels.look, role="minimum"), dashes(*ends)))
    return VGroup()


def goal(panels: Panels, *tried: str) -> Lettering:
    """Return what steps are counted to, once under all of them, in words that find room."""
    sizes = [(words, size) for words in tried for size in SIZES]
    words = (panels.look.text(words, size=size) for words, size in sizes)
    return panels.across(*words)


def _percent(part: float, least: int = 2) -> Source:
    """Return parts of a hundred in two digits, or in as many more as tell them from 100.

    Less than one of them may have fewer digits.

    It is Typst mathematics, with a sign before what is rounded.

    Examples
    --------
    >>> _percent(0.96040), _percent(0.01), _percent(0.99960), _percent(1.0)
    ('approx 96', '1', '99.96', '100')
    >>> _percent(4.2e-6), _percent(4.2e-6, 1)
    ('4.2 dot 10^(-4)', 'approx 4 dot 10^(-4)')
    """
    first, whole = least if 100 * part < 1 else 2, part == 1
    digits = next((few for few in range(first, 6) if whole or number(100 * part, few) != "100"), 6)
    return told(100 * part, digits)


def in_two_lines(
    panels: Sequence[Panel], lines: Sequence[tuple[Lettering, Lettering]], lift: float = 0.0
) -> VGroup:
    """Put words in two lines under plots, over their numbers, and so much higher than need be."""
    return VGroup(
        *(
            half.place(panel.cell.middle, baseline + lift, "center")
            for panel, both in zip(panels, lines, strict=True)
            for half, baseline in zip(both, (panel.cell.line_over, panel.cell.line), strict=True)
        )
    )


def under(panels: Sequence[Panel], words: Sequence[Lettering], lift: float = 0.0) -> VGroup:
    """Put words on one line under plots, so much higher than over their numbers."""
    return VGroup(
        *(
            line.place(panel.cell.middle, panel.cell.line + lift, "center")
            for panel, line in zip(panels, words, strict=True)
        )
    )


def _lens(panels: Panels, panel: Panel, *, room: bool) -> VGroup:
    """Return a lens on the first step, if it is too short to be seen: under the plot, if room is.

    Else a ring tells where it is.
    """
    clear = Obstacles(panel.plot.inner)
    clear.add(*panel.axes)
    gauge, over, low = panel.cell.gauge, *AROUND
    half, middle, left = panels.width / 2, panel.cell.middle, panel.box.left + INSIDE
    under_it = Region(min(middle - half, left), gauge.bottom + low, middle + half, gauge.top - over)
    place = under_it if room else None
    ends = panel.runner.view.arrow_ends(0)
    return magnified(panels.look, place, *ends, clear, middle)


def _slopes(panels: Sequence[Panel]) -> list[Lettering]:
    """Return the slope beside each tangent: in one place that is free in all, or else in its own.

    Where nothing is free it is left out.
    """

    @functools.cache
    def in_the_way(at: int, alone: bool, closer: float) -> Obstacles:
        return _in_the_way(panels[at], panels[at : at + 1] if alone else panels, closer * OFF_POINT)

    def placed(at: int, alone: bool, size: float, closer: float) -> list[Lettering]:
        panel = panels[at]
        slope = panel.trace.steps[0].gradient[0]
        words = panel.look.text(f"slope {number(slope)}", size=size, role=slope_role(slope))
        outward = "left" if slope >= 0 else "right"
        clear = in_the_way(at, alone, closer)
        for segment in panel.runner.view.tangent_line(0):
            spots = segment[0] + np.outer(ALONG, segment[-1] - segment[0])
            if place_near(words, spots, clear.copy(), (outward,), OFF_TANGENT, only=True).is_free:
                return [words]
        return []

    found: list[list[Lettering]] = []
    ways = itertools.product((False, True), (TYPE.label, TYPE.tick, TYPE.minimum), CLOSER)
    for way in ways:
        found = [placed(at, *way) for at in range(len(panels))]
        if all(found):
            return [*itertools.chain(*found)]
    broken = (
        [_slope_in_two_lines(panel, [panel] if alone else panels) for panel in panels]
        for alone in (False, True)
    )
    return [*itertools.chain(*next((halves for halves in broken if all(halves)), found))]


def _slope_in_two_lines(panel: Panel, others: Sequence[Panel]) -> list[Lettering]:
    """Return the slope beside its tangent, where it is too wide for one line, or nothing.

    It may stand nearer to where steps land, but clear of that in other panels, too.
    """
    slope = panel.trace.steps[0].gradient[0]
    role = slope_role(slope)
    above, value = (
        panel.look.text(words, size=TYPE.minimum, role=role) for words in ("slope", number(slope))
    )
    clear = _in_the_way(panel, others, 0.0)
    for segment in panel.runner.view.tangent_line(0):
        spots = segment[0] + np.outer(ALONG, segment[-1] - segment[0])
        for (x, y), gap in itertools.product(spots[:, :2], CLOSE_BY):
            above.place(x - gap if slope >= 0 else x + gap, y, ALIGNED[slope >= 0], "middle")
            value.place(above.box.center[0], y - LEADING, "center", "middle")
            boxes = [half.box.inset(left=LESS, right=LESS) for half in (above, value)]
            if not any(map(clear.trouble, boxes)):
                return [above, value]
    return []


def _in_the_way(panel: Panel, others: Sequence[Panel], off: float) -> Obstacles:
    """Return what words in a panel keep clear of: what is in it, and what is there in others.

    They keep so far off the place where a step lands.
    """
    # Beside the ends of the curve words would look like a part of the heading.
    clear = Obstacles(panel.plot.inner.inset(top=UNDER_NAME))
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
