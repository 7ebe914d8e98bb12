"""The numbers of a step as formulas, in Typst mathematics, each also in shorter forms."""

from __future__ import annotations

import itertools
from typing import Any

from manim import VGroup

from gdcore import Step
from scenes.look import Look
from scenes.parts.placing import Obstacles, place_near
from scenes.parts.plot import Plot
from scenes.parts.slope import slope_role
from scenes.parts.source import EQUALS, figure, ink, math, relation
from scenes.telling import rate_of
from scenes.theme import WORD_SIZES
from scenes.words import as_factor, number

OVER, BESIDE = 0.32, (0.22, 0.3)
"""From the axis up to the middle of a step's length, and from the guide of its arrow aside to it,
in units."""

RELATION = 'class("relation"'
"""How a sign between two terms begins."""


def place_formulas(index: int, x: float) -> tuple[str, ...]:
    """Return x with its index and its value."""
    return (f"x_{index} {relation(x)} {figure(number(x))}",)


def slope_formulas(step: Step, quotient: str = "") -> tuple[str, ...]:
    """Return the slope at a step's start, in its longest form with the quotient that gives it."""
    slope = figure(number(step.gradient[0]))
    here, x = (ink("point", math(at)) for at in (figure(number(step.point[0])), "x"))
    sign = relation(step.point[0], step.gradient[0])
    short = f"f'({here}) {sign} {slope}", f"f'({x}) {sign} {slope}", slope
    return (f"f'({here}) {EQUALS} {quotient} {sign} {slope}", *short) if quotient else short


def step_formulas(optimizer: Any, step: Step) -> tuple[str, ...]:
    """Return a step as the product −rate · slope where it is one."""
    rate, delta = rate_of(optimizer, step), figure(number(step.delta[0]))
    if rate is None:
        return (delta,)
    factor = figure(as_factor(number(step.gradient[0])))
    # The rate is plain, the slope wears its colour, the product is the step.
    scaled = ink("text", math(f"-{figure(number(rate))} dot"))
    product = scaled + ink(slope_role(step.gradient[0]), math(factor))
    return f"{product} {relation(step.gradient[0], step.delta[0])} {delta}", delta


def landing_formulas(step: Step) -> tuple[str, ...]:
    """Return the sum that gives the new x."""
    sign, size = ("-" if step.delta[0] < 0 else "+"), figure(number(abs(step.delta[0])))
    name, there = f"x_{step.index + 1}", figure(number(step.next_point[0]))
    here = figure(number(step.point[0]))
    # Both places are the point's, what lies between them is the step.
    move = f'class("binary", {ink("step", math(sign))}) {ink("step", math(size))}'
    sign = relation(*step.point, *step.delta, *step.next_point)
    alone = f"{name} {relation(*step.next_point)} {there}"
    return f"{name} {EQUALS} {here} {move} {sign} {there}", alone, there


def length_beside(look: Look, plot: Plot, optimizer: Any, step: Step, clear: Obstacles) -> VGroup:
    """Return how long a step is, and how that comes about, over the axis beside the step's arrow.

    The product where it is one and has room, else the length alone; nothing for a step of 0.
    """
    if not step.delta[0]:
        return VGroup()
    ahead, behind = ("left", "right") if step.delta[0] < 0 else ("right", "left")
    height = plot.inner.bottom + OVER
    places = (
        ((plot.x(step.next_point[0]), height), ahead),
        ((plot.x(step.point[0]), height), behind),
    )
    # Where the step is no product both are the same.
    formulas = dict.fromkeys(step_formulas(optimizer, step))
    for source, size, (spot, side) in itertools.product(formulas, WORD_SIZES, places):
        words = look.math(source, size, "step")
        if place_near(words, spot, clear.copy(), (side,), BESIDE, only=True).is_free:
            return VGroup(words)
    return VGroup()


def turned_round(formula: str, last: str) -> str:
    """Return a formula whose last term comes first."""
    first, sign = formula.removesuffix(f" {last}").rsplit(RELATION, 1)
    return f"{last} {RELATION}{sign} {first}"
