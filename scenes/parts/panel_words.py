"""What stands under, beside and in panels: the rule, what is left to go, what each step does."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from manim import VGroup, VMobject

from scenes.layout import Region
from scenes.parts.cell import MARGIN
from scenes.parts.counters import BRIEF
from scenes.parts.lettering import Align, Lettering
from scenes.parts.panel import LIT, SCALE, Panel
from scenes.parts.panels import AIR, SIZES, UNDER, Panels, first_that_fits
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import clip
from scenes.parts.slope import slope_role
from scenes.parts.source import Source, figure, ink, plain, told
from scenes.parts.strokes import dashes, dot_points, line, set_lines
from scenes.parts.trail import within
from scenes.theme import TYPE
from scenes.words import as_factor, equals, number

SMALL_SIZES = SIZES[2:]
"""Sizes of what stands in two lines, or with words before it."""

RULE = (TYPE.equation, TYPE.caption, *SIZES)
"""Sizes of the rule that are tried."""

BAR_NAME = "distance left"
"""What a bar is called."""

FROM_BAR, OVER_BAR = 0.06, 0.18
"""So much lower than other lines stands what is left, under a bar, and from the bar to the baseline
of this name over it, in units."""

LEADING = 0.26
"""From the middle of a line of this name to that of the next one, in units."""

ALIGNED: tuple[Align, Align] = "left", "right"
"""How words right and left of something are aligned."""

MINIMUM = (("minimum", TYPE.tick), ("minimum", TYPE.minimum), ("min", TYPE.minimum))
"""What the lowest place of a curve is called, and in what size, the best first."""

NEAR = 0.14
"""From the end of a bar to its name, in units."""

BESIDE, GAPS = ("left", "right"), (0.1, 0.2, 0.28)
"""Where the name of a line may stand, and how far from it, in units."""

ON_LINE = (0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2)
"""What part of it may stand left of a line that it breaks."""

LOW, STEP, FROM_CURVE = 0.3, 0.1, 0.08
"""How far over the curve the name of its minimum may stand at least, how far apart are the heights
that are tried, and what its line keeps from both, in units."""

FROM_ARMS = 0.12
"""From the arms of the curve to that name, in units."""

UNDER_NAME = 0.35
"""From the baseline of a panel's name to that of the line under it at least, in units."""

LITTLE = 0.01
"""Less than so many parts of a hundred need not be told to the digit."""

INSIDE = 0.1
"""So much narrower than a light has to be what is said while it is on, in units."""

Rates = Sequence[float | None]
"""What the slope is multiplied by in each run, or None where the step is no such product."""


def opening(panels: Panels, rates: Rates) -> VGroup:
    """Return where the runs start, and the rule where it is theirs: once, or with each rate."""
    look, x = panels.look, panels[0].trace.start[0]
    sign = equals(x)

    def start(panel: Panel) -> Lettering:
        words = look.math(f"x_0 {sign} {figure(number(x))}", panel.readout.size, "point")
        cell = panel.cell
        if cell.is_beside:
            return words.place(cell.middle, cell.baseline, "center")
        return words.place(cell.middle, cell.gauge.center[1], "center", "middle")

    out = VGroup(*map(start, panels))
    going = [panel.trace.steps[0] for panel in panels if panel.trace.steps]
    if len(going) < len(panels) or None in rates or not going[0].gradient[0]:
        return out
    step, slope = ink("step", plain("step")), ink(slope_role(going[0].gradient[0]), plain("slope"))
    if not panels.are_beside:
        rule = Source(f"{step} $= -${plain('rate')} $dot$ {slope}")
        # Under the first row: in the midst of two rows it belongs to all panels.
        baseline = panels[0].cell.baseline
        return out.add(panels.across(baseline, *(look.source(rule, size=size) for size in RULE)))
    for size in SIZES:
        first = [look.source(Source(f"{step} $=$"), size=size) for _ in panels]
        then = [
            look.source(Source(f"${figure(number(-rate))} dot$ {slope}"), size=size)
            for rate in rates
            if rate is not None
        ]
        if panels.write_beside(panels, first, then):
            return out.add(*first, *then)
    return out


def shares(panels: Panels, parts: Sequence[float | None]) -> VGroup:
    """Return under each plot how much of the way is left, in parts of it; None says nothing."""
    pairs = [(panel, part) for panel, part in zip(panels, parts, strict=True) if part is not None]
    # Over it the bar's name tells of what.
    named = panels.are_beside and not panels[0].cell.is_tight
    ways = ("%",) if named else ("% left",)

    def written(part: float, of: str, least: int, size: float) -> Lettering:
        source = f"${_percent(part, least)}$ {plain(of)}"
        return panels.look.source(Source(source), size=size)

    tried = (
        [written(part, of, least, size) for _, part in pairs]
        for least, of, size in itertools.product((2, 1), ways, SIZES)
    )
    words = first_that_fits(tried, panels.width)
    return under([panel for panel, _ in pairs], words, -FROM_BAR if named else 0.0)


def factors(panels: Panels, at: Sequence[int], words: Sequence[tuple[str, float]]) -> VGroup:
    """Return what each step makes of x in some panels, in two lines if these are short.

    Each of the words are what is multiplied, and the factor; without room only how it is.
    """
    look, room, held = panels.look, panels.width - INSIDE, [panels[index] for index in at]

    def written(sources: Sequence[str], size: float) -> list[Lettering]:
        return [look.source(Source(source), size=size) for source in sources]

    new, laws, brief = list[str](), list[str](), list[str]()
    for what, factor in words:
        named = ink("point", Source("$x$")) if what == "x" else plain(what)
        new.append(f"{plain('new')} {named} $=$")
        laws.append(f"${figure(number(factor))} dot$ {named}")
        brief.append(f"{named} $dot {figure(as_factor(number(factor)))}$")
    if not words:
        return VGroup()
    lift, cell = max(panel.lift for panel in held), held[0].cell
    if panels.are_beside and cell.line_over + lift < cell.baseline_of_name - UNDER_NAME:
        for size in SIZES:
            lines = list(zip(written(new, size), written(laws, size), strict=True))
            if all(line.advance <= room for both in lines for line in both):
                return in_two_lines(held, lines, lift)
    whole = [" ".join(both) for both in zip(new, laws, strict=True)]
    tried = (written(way, size) for way in (whole, brief) for size in SMALL_SIZES)
    return under(held, first_that_fits(tried, room), lift)


def minimum_of_strips(panels: Panels, last: int) -> VGroup:
    """Return the name of the line of the minimum, in the first strip that has room for it."""
    marked = [(panel, _in_strip(panel, last)) for panel in panels if len(panel.mark.points)]
    ways = ("minimum", "min"), marked, (*GAPS, None), SIZES[-2:]
    for name, (panel, clear), gap, size in itertools.product(*ways):
        words = panels.look.text(name, size=size, role="minimum")
        if _at_line(words, panel.mark, clear, gap):
            return VGroup(words)
    return VGroup()


def _at_line(words: Lettering, mark: VMobject, clear: Obstacles, gap: float | None) -> bool:
    """Put words so far beside an upright line, or on it and break it, if there is room."""
    top, foot = mark.get_start()[:2], mark.get_end()[:2]
    along = [top + (foot - top) * part for part in np.linspace(0.75, 0.2, 12)]
    if gap is not None:
        return bool(place_near(words, along, clear.copy(), BESIDE, (gap,), only=True).is_free)
    for (x, y), before in itertools.product(along, ON_LINE):
        box = words.place(x - before * words.advance, y, "left", "middle").box
        if not clear.trouble(box):
            over, under = (x, box.top + FROM_CURVE), (x, box.bottom - FROM_CURVE)
            set_lines(mark, [*dashes(top, over), *dashes(under, foot)])
            return True
    return False


def _in_strip(panel: Panel, last: int) -> Obstacles:
    """Return what words in a strip keep clear of."""
    # As far to the right as a light goes.
    room = AIR + MARGIN - LIT if not panel.cell.is_beside else 0.0
    clear, strip = Obstacles(panel.plot.inner.inset(right=room)), panel.strip
    clear.add(panel.axes)
    path = strip.path(float(last))
    for points in clip(path, strip.wide):
        clear.add_points(points)
    # The walker passes all of its rows.
    clear.add_dots(dot_points(path[within(path, strip.wide)], strip.size)[:, :2])
    return clear


def step_of_readouts(panels: Panels, last: int) -> VGroup:
    """Return which step a row of last numbers belongs to, where they do not say so themselves."""
    look = panels.look
    if panels[0].readout.ending != BRIEF:
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


def names_of_bars(panels: Panels) -> VGroup:
    """Return what the bars are called, and from where they are measured."""
    return VGroup(*_names_of_bars(panels), *_minimum_of_curve(panels))


def _names_of_bars(panels: Panels) -> VGroup:
    """Return what the bars are called: over each of them, or once, beside the first one.

    Where there is no room for it over them, it is told with what is left.
    """
    panel, text = panels[0], panels.look.text
    if panel.distance is None or panel.cell.is_tight:
        return VGroup()
    if panels.are_beside:
        tried = ([text(BAR_NAME, size=size) for _ in panels] for size in SIZES)
        # No longer than the bars: farther left it would be read as the name of the point there.
        names = first_that_fits(tried, panel.cell.gauge.width)
        return under(panels, names, panel.cell.lift + OVER_BAR)
    zero, inner = panel.distance.zero, panel.plot.inner
    # On the side where no distance is drawn at the start; on the left there are no numbers so low.
    left = panel.plot.x(panel.trace.start[0]) > zero
    room = zero - panel.box.left if left else inner.right - zero
    x, side = zero - NEAR if left else zero + NEAR, ALIGNED[left]
    one_line = [[text(BAR_NAME, size=size)] for size in (TYPE.tick, TYPE.minimum)]
    for lines in (*one_line, [text(word, size=TYPE.minimum) for word in BAR_NAME.split()]):
        if max(words.advance for words in lines) + 2 * NEAR <= room:
            top = panel.distance.y + LEADING * (len(lines) - 1) / 2
            for at, words in enumerate(lines):
                words.place(x, top - LEADING * at, side, "middle")
            return VGroup(*lines)
    return VGroup()


def _minimum_of_curve(panels: Panels) -> VGroup:
    """Return the name of the minimum over the lowest place of the curve, with a line from there.

    It stands in the first panel that has room, where no step on the way passes it.
    """
    for (name, size), panel in itertools.product(MINIMUM, panels):
        if panel.distance is None:
            continue
        along = panel.curve.points[:, :2]
        spot = along[np.abs(along[:, 0] - panel.distance.valley).argmin()]
        clear = Obstacles(panel.plot.inner)
        clear.add(panel.frame, panel.curve)
        for points in panel.runner.first_drawn():
            clear.add_points(points[:, :2])
        for x, y in along:
            clear.add_box(Region(x - FROM_ARMS, y, x + FROM_ARMS, y))
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
    return panels.across(panels[-1].cell.whole.bottom - UNDER, *words)


def _percent(part: float, least: int = 2) -> Source:
    """Return parts of a hundred in two digits, or in as many more as tell them from 100.

    Less than one of them may have fewer digits, and very little is only said to be that.

    It is Typst mathematics, with a sign before what is rounded.

    Examples
    --------
    >>> _percent(0.96040), _percent(0.01), _percent(0.99960), _percent(1.0)
    ('approx 96', '1', '99.96', '100')
    >>> _percent(4.2e-3, 1), _percent(4.2e-6), _percent(4.2e-6, 1)
    ('approx 0.4', '4.2 dot 10^(-4)', '< 0.01')
    """
    if least == 1 and 0 < 100 * part < LITTLE:
        return Source(f"< {figure(number(LITTLE))}")
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
    """Put words on one line under plots, over their numbers, and so much higher than need be."""
    return VGroup(
        *(
            line.place(panel.cell.middle, panel.cell.line + lift, "center")
            for panel, line in zip(panels, words, strict=True)
        )
    )
