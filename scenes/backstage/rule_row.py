"""The rule of FromScratch with numbers put in, and where the bar behind the program stops."""

from __future__ import annotations

from manim import VGroup

from gdcore import Step
from scenes.backstage.program import literal
from scenes.parts.code_panel import CodePanel
from scenes.parts.slope import slope_role
from scenes.words import MINUS, as_factor, equals, number


def sign_of(step: Step) -> str:
    """Return the sign of the update with the numbers of a step as they are written."""
    return equals(step.point[0], step.gradient[0], step.next_point[0])


def numbers_below(panel: CodePanel, rate: float, step: Step) -> VGroup:
    """Return the update with the numbers of a step, in the row below it."""
    slope = step.gradient[0]
    # As a comment, in the program's own signs: who retypes the program may retype it too.
    now, then = (number(x).replace(MINUS, "-") for x in (step.point[0], step.next_point[0]))
    sign = sign_of(step)
    terms: list[tuple[str, str, int | None]] = [
        ("#", "muted", 0),
        (sign, "text", 1),
        (now, "point", 2),
        ("-", "text", 3),
        (literal(rate), "text", 4),
        ("*", "text", None),
        (as_factor(number(slope)).replace(MINUS, "-"), slope_role(slope), None),
        (sign, "text", None),
        (then, "point", None),
    ]
    return panel.below_terms(terms)


def bar_stops(panel: CodePanel, row: float, more: int) -> list[str]:
    """Let the bar of a panel know where it stops, and return the names of the stops, in order.

    Parameters
    ----------
    panel
        The program.
    row
        The columns that the row under the rule takes.
    more
        How many characters longer the line of the loop becomes.
    """
    start, loop, rule = panel.find("x = "), panel.find("for "), panel.opens
    stops = {
        "functions": (panel.find("def f("), start - 2, 0.0),
        "numbers": (start, panel.find("rate = "), 0.0),
        "rule": (rule, rule, 0.0),
        "steps": (rule, rule, row),
        "loop": (loop, loop, 0.0),
        "changed": (loop, loop, panel.columns(loop, loop) + more),
    }
    panel.bar.stops = [
        (first, last, max(wide, panel.columns(first, last))) for first, last, wide in stops.values()
    ]
    return list(stops)
