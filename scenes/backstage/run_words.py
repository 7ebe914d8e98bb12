"""What is written in the plot at the moments of a long run."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore import Trace
from scenes.backstage.milestones import Moment, Story
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.short_step import TooShort
from scenes.parts.source import Source, figure, ink, join, lines, math
from scenes.telling import Contraction
from scenes.theme import TYPE, WORD_SIZES
from scenes.words import equals, number

Lines = tuple[Lettering, ...]

PLAIN = 1e-6
"""What is not shorter is written with all its zeros: they can be counted."""

SIZES = (*WORD_SIZES, TYPE.minimum)
"""The sizes of what is said of a short step, the best first."""


def flag_ways(look: Look, story: Story, moment: Moment) -> Sequence[Lines]:
    """Return what a flag at a moment may say, all of it first; its number is on the bar too."""
    n, digits = moment.n, moment.digits
    x = story.trace.points[n][0]
    sign = equals(x, digits=digits)
    plain = number(x, digits, plain=moment.plain)
    count = look.math(f"n = {n}")
    powered = number(x, digits)
    place = look.math(f"x {sign} {figure(powered)}", role="point")
    if plain == powered:
        return (count, place), (place,)
    # As the caption says it: that is known again. The axis of a lens has powers of ten.
    return (look.math(f"x {sign} {figure(plain)}", role="point"),), (count, place), (place,)


def too_short_step(look: Look, trace: Trace, n: int, limit: float) -> TooShort:
    """Return what is told of the nth step, the first that is shorter than a limit."""
    length = abs(trace.steps[n - 1].delta[0])
    digits = _digits(length, limit)
    # Both in one notation: it is seen which is the smaller.
    plain = min(length, limit) > PLAIN
    written = figure(number(length, digits, plain=plain))
    measured = math(f"{equals(length, digits=digits)} {written}")
    # It is a parameter, and is told as it was given.
    bound = figure(number(limit, 12, plain=plain))
    than = math(f"< {bound}")
    named = ink("step", join("length ", measured))
    whole = join(named, " ", than)
    name, measure = look.source(join("step ", math(f"{n}"))), look.source(whole)

    tolerance = join("tolerance ", math(bound))

    def pairs(
        length: Source, sizes: Sequence[float], limit: Source = tolerance
    ) -> list[tuple[Lettering, Lettering]]:
        """Return the words at bar and arrow in all sizes, one with an exponent in the largest."""
        made = [(look.source(limit, size), look.source(length, size)) for size in sizes]
        return [
            (name, said)
            for name, said in made
            if name.size_percent == TYPE.label or not (name.raised or said.raised)
        ]

    return TooShort(
        n,
        limit,
        ways=[(name, measure), (measure,)],
        # In two lines they may be larger.
        pairs=[
            *pairs(whole, SIZES[:2]),
            *pairs(lines(named, than, flush="center"), SIZES[:3]),
            *pairs(whole, SIZES[2:]),
            *pairs(named, SIZES),
            *pairs(ink("step", measured), SIZES),
            *pairs(join(ink("step", measured), " ", than), SIZES, join("tolerance")),
            *pairs(ink("step", measured), SIZES, join("tolerance")),
        ],
    )


def _digits(length: float, limit: float) -> int:
    """Return in how many digits a length is written, so that it still reads as below the limit.

    Examples
    --------
    >>> _digits(0.00098370, 0.001), _digits(0.00099996, 0.001)
    (3, 5)
    """
    return next((digits for digits in range(3, 12) if float(f"{length:.{digits}g}") < limit), 12)


def law(look: Look, story: Story, n: int, size: float) -> Lettering | None:
    """Return what each of the first n steps makes of x, as a formula, or None."""
    found = Contraction.of(story.trace.beginning(n), story.valley)
    if found is None or story.valley != 0 or not 0 < found.factor < 1:
        return None
    factor = f"{equals(found.factor)} {figure(number(found.factor))}"
    return look.math(
        f"{ink('point', math('x_(n+1)'))} {factor} dot {ink('point', math('x_n'))}", size=size
    )
