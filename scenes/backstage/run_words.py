"""What is written in the plot at the moments of a long run."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore import Trace
from scenes.backstage.milestones import Moment, Story
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.short_step import TooShort
from scenes.parts.source import figure, ink, join, math
from scenes.telling import Contraction
from scenes.words import MINUS, equals, is_written, number

Lines = tuple[Lettering, ...]

MOST = 9
"""Decimals with which a step may be written beside its two ends."""


def flag_ways(look: Look, story: Story, moment: Moment) -> Sequence[Lines]:
    """Return what a flag at a moment may say, all of it first; its number is on the bar too."""
    n, digits = moment.n, moment.digits
    x = story.trace.points[n][0]
    sign = equals(x, digits=digits)
    plain = number(x, digits, plain=moment.plain)
    count = look.math(f"n = {n}")
    powered = number(x, digits)
    if plain == powered:
        place = look.math(f"x {sign} {figure(powered)}", role="point")
        return (count, place), (place,)
    # As the axis of a lens has it, and as the caption says it, with both signs in line: here one
    # sees that it is the same.
    place = look.math(f"x {sign} {figure(powered)}", role="point")
    same = look.math(f"#hide($x$) = {figure(plain)}", role="point")
    alone = look.math(f"x {sign} {figure(plain)}", role="point")
    return (count, place, same), (count, place), (place, same), (alone,)


def too_short_step(look: Look, trace: Trace, n: int, limit: float) -> TooShort:
    """Return what is told of the nth step, the first that is shorter than a limit.

    Its length is the same wherever it is written, and whoever subtracts its ends finds it.
    """
    step = trace.steps[n - 1]
    (x,), (then,), (delta,) = step.point, step.next_point, step.delta
    ends, size = _to_the_digit(x, then, delta, limit)
    name = look.source(join("step ", math(f"{n}")))
    sign, length = (
        "=" if all(map(_is_all, written, values)) else "approx"
        for written, values in ((ends, (x, then)), ((size,), (abs(delta),)))
    )
    whole = (look.math(f"x {sign} {ends[0]} -> {ends[1]}", role="point"),)
    parts = (
        look.math(f"x {sign} {ends[0]}", role="point"),
        look.math(f"-> {ends[1]}", role="point"),
    )
    measured = f"{length} {size}"
    told = ink("step", join("length ", math(measured)))
    measure = look.source(join(told, " ", math(f"< {figure(number(limit))}")))
    every = [(name, *way, measure) for way in (whole, parts)]
    return TooShort(
        n,
        limit,
        measured,
        ways=[*every, (name, measure), (measure,)],
        # There the length stands at the arrow, too, and is the first to go.
        beside=[*every, (name, *whole), (name, *parts), (name,)],
    )


def _is_all(written: str, value: float) -> bool:
    """Whether a number as Typst writes it is all of a value."""
    return "10^" not in written and is_written(written, value)


def _to_the_digit(x: float, then: float, delta: float, limit: float) -> tuple[tuple[str, str], str]:
    """Return the ends of a step and its length, written so that whoever subtracts finds it."""
    for decimals in range(1, MOST + 1):
        written = [f"{value:.{decimals}f}" for value in (x, then, delta)]
        first, last, between = map(float, written)
        is_same = round(abs(last - first - between) * 10**decimals) == 0
        is_told = abs(between) >= 10 ** (1 - decimals)
        if is_same and is_told and abs(between) < limit:
            a, b, size = (text.replace("-", MINUS) for text in written)
            return (a, b), size.removeprefix(MINUS)
    size = figure(number(abs(delta), _digits(abs(delta), limit)))
    return (figure(number(x)), figure(number(then))), size


def _digits(length: float, limit: float) -> int:
    """Return in how many digits a length is written, so that it still reads as below the limit.

    Examples
    --------
    >>> _digits(0.00098370, 0.001), _digits(0.00099996, 0.001)
    (3, 5)
    """
    return next((digits for digits in range(3, 12) if float(f"{length:.{digits}g}") < limit), 12)


def law(look: Look, story: Story, n: int) -> Lettering | None:
    """Return what each of the first n steps makes of x, as a formula, or None."""
    found = Contraction.of(story.trace.beginning(n), story.valley)
    if found is None or story.valley != 0 or not 0 < found.factor < 1:
        return None
    factor = f"{equals(found.factor)} {figure(number(found.factor))}"
    return look.math(
        f"{ink('point', math('x_(n+1)'))} {factor} dot {ink('point', math('x_n'))}", size=5.6
    )
