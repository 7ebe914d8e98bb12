"""What is written in the plot at the moments of a long run."""

from __future__ import annotations

from collections.abc import Sequence

from gdcore import Trace
from scenes.backstage.milestones import Moment, Story
from scenes.look import Look
from scenes.parts.lettering import Lettering
from scenes.parts.source import figure, ink, join, math
from scenes.telling import Contraction
from scenes.words import MINUS, equals, is_written, number

Lines = tuple[Lettering, ...]

MOST = 9
"""Decimals with which a step may be written beside its two ends."""


def flag_ways(look: Look, story: Story, moment: Moment) -> Sequence[Lines]:
    """Return what a flag at a moment may say, all of it first; its number is on the bar too."""
    n, digits = moment.n, moment.digits
    trace = story.trace
    x = trace.points[n][0]
    if moment.kind == "short":
        return _short(look, trace, n, story.too_short)
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


def _short(look: Look, trace: Trace, n: int, too_short: float) -> Sequence[Lines]:
    """Return where the nth step leads and, as the last line, that it is too short."""
    step = trace.steps[n - 1]
    (x,), (then,), (delta,) = step.point, step.next_point, step.delta
    limit = figure(number(too_short))
    ends, size = _to_the_digit(x, then, delta, too_short)
    name = look.source(join("step ", math(f"{n}")))
    exact = all(map(_is_all, (*ends, size), (x, then, abs(delta))))
    sign = "=" if exact else "≈"
    whole = look.math(f"x {sign} {ends[0]} -> {ends[1]}", role="point")
    parts = (
        look.math(f"x {sign} {ends[0]}", role="point"),
        look.math(f"-> {ends[1]}", role="point"),
    )
    length = ink("step", join("length ", math(f"{sign} {size}")))
    measure = look.source(join(length, " ", math(f"< {limit}")))
    return (name, whole, measure), (name, *parts, measure), (name, measure), (measure,)


def _is_all(written: str, value: float) -> bool:
    """Whether a number as Typst writes it is all of a value."""
    return "10^" not in written and is_written(written, value)


def _to_the_digit(
    x: float, then: float, delta: float, too_short: float
) -> tuple[tuple[str, str], str]:
    """Return the ends of a step and its length, written so that whoever subtracts finds it."""
    for decimals in range(1, MOST + 1):
        written = [f"{value:.{decimals}f}" for value in (x, then, delta)]
        first, last, between = map(float, written)
        is_same = round(abs(last - first - between) * 10**decimals) == 0
        is_told = abs(between) >= 10 ** (1 - decimals)
        if is_same and is_told and abs(between) < too_short:
            a, b, size = (text.replace("-", MINUS) for text in written)
            return (a, b), size.removeprefix(MINUS)
    return (figure(number(x)), figure(number(then))), figure(number(abs(delta)))


def law(look: Look, story: Story, n: int) -> Lettering | None:
    """Return what each of the first n steps makes of x, as a formula, or None."""
    found = Contraction.of(story.trace.beginning(n), story.valley)
    if found is None or story.valley != 0 or not 0 < found.factor < 1:
        return None
    factor = f"{equals(found.factor)} {figure(number(found.factor))}"
    return look.math(
        f"{ink('point', math('x_(n+1)'))} {factor} dot {ink('point', math('x_n'))}", size=5.6
    )
