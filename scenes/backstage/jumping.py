"""What may be said of a run that jumps across a minimum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdcore import Step, StopReason, Trace, theory
from scenes.telling import (
    Contraction,
    is_parabola,
    partner_rate,
    rate_of,
    short_formula,
    up_or_down,
)
from scenes.words import (
    MINUS,
    about,
    as_factor,
    column,
    equals,
    in_a_row,
    is_close,
    is_written,
    number,
)

Words = tuple[str, dict[str, Any]]
"""A caption's template, and its fields."""

STANDING = "The slope is 0, and so is every step: x stays {x}."
"""The caption of a run that never moves."""


def at(field: str, value: float, digits: int = 4) -> str:
    """Return where a run is, as a part of a template: `x = {x}`, or `x ≈ {x}` for what is rounded.

    >>> at("next_x", -3.2), at("x", 0.42949, 3)
    ('x = {next_x}', 'x ≈ {x:3}')
    """
    shown = field if digits == 4 else f"{field}:{digits}"
    return f"x {equals(value, digits=digits)} {{{shown}}}"


def stated(field: str, value: float) -> str:
    """Return a value as a part of a template, with a word before it where it is rounded.

    >>> stated("value", 16.0), stated("value", 73.5195)
    ('{value}', 'about {value}')
    """
    return f"{about(value)}{{{field}}}"


def downhill(objective: Any, x: float, reach: float) -> float | None:
    """Return the x of the minimum in whose valley a place lies, or None."""
    found = theory.minimum_near(objective, x, x - reach, x + reach)
    return None if found is None else found.x


def is_alone(objective: Any, minimum: float | None, reach: float) -> bool:
    """Whether there is no other minimum within reach: only then it is "the" minimum."""
    if minimum is None:
        return False
    around = theory.stationary_points(objective, minimum - reach, minimum + reach)
    return sum(point.kind is theory.Kind.MINIMUM for point in around) == 1


def crosses(step: Step, minimum: float | None) -> bool:
    """Whether a step lands on the other side of a minimum."""
    if minimum is None or minimum in (step.point[0], step.next_point[0]):
        return False
    return (step.point[0] < minimum) != (step.next_point[0] < minimum)


def measured(optimizer: Any, step: Step) -> Words:
    """Return the words of a step that is made from a slope."""
    rate = rate_of(optimizer, step)
    if rate is None:
        return (
            "{method} at x = {x}: from the slope {slope} it makes a step of {delta}.",
            {"method": type(optimizer).__name__},
        )
    return (
        "Learning rate η = {rate}: at x = {x} the step is −{rate} · {factor} {equals} {delta}.",
        {
            "rate": rate,
            "factor": as_factor(number(step.gradient[0])),
            "equals": equals(step.gradient[0], step.delta[0]),
        },
    )


def passing(step: Step, minimum: float | None, *, only: bool = True) -> Words:
    """Return the words of a landing: past the minimum, short of it, or on it.

    Parameters
    ----------
    step, minimum
        The step, and the x of the minimum that lies downhill.
    only
        Whether there is no other minimum near.
    """
    if minimum is None:
        there = at("next_x", step.next_point[0])
        return f"The step of {{delta}} leads to {there}.", {"size": abs(step.delta[0])}
    before, after = abs(step.point[0] - minimum), abs(step.next_point[0] - minimum)
    there = at("next_x", step.next_point[0])
    fields = {"size": abs(step.delta[0]), "distance": before, "which": "The" if only else "A"}
    if after <= 1e-9 * before:
        what = "and so long is the step: it lands there."
    elif crosses(step, minimum):
        what = f"the step of {{delta}} passes it, to {there}."
    elif after < before:
        what = f"the step of {{delta}} stops short, at {there}."
    else:
        what = f"the step of {{delta}} leads from it, to {there}."
    glue = "," if what.startswith("and") else ";"
    away = stated("distance", before)
    return f"{{which}} minimum is {away} away{glue} {what}", fields


def comparing(step: Step, minimum: float | None) -> Words:
    """Return the words that compare the values before and after a step."""
    moved = up_or_down(step.value, step.next_value)
    fields = {"moved": moved}
    if moved == "stayed":
        return "f is as high as before: {value}.", fields
    if number(step.value) == number(step.next_value):
        return "f {moved}, by too little to show: {value}.", fields
    before, after = stated("value", step.value), stated("next_value", step.next_value)
    told = f"{{moved}} from {before} to {after}."
    if not crosses(step, minimum):
        return f"f {told}", fields
    judged = "Too far, and still lower" if moved == "fell" else "Too far, and higher"
    return f"{judged}: f {told}", fields


def back_again(optimizer: Any, before: Step, step: Step, minimum: float | None) -> tuple[str, str]:
    """Return the words of the second step, and shorter ones."""
    if step.delta[0] == 0:
        return "At {x} the slope is {slope}, and the step is 0: x stays {x}.", ""
    so = "so" if rate_of(optimizer, step) is not None else "and"
    turns = before.delta[0] * step.delta[0] < 0
    back = ""
    if turns and crosses(step, minimum):
        # It is back at a place only if it was there before.
        same = is_close(step.next_point[0], before.point[0])
        back = "back " if same else f"back across {_goal(minimum)}, "
    there, near = (at("next_x", step.next_point[0], digits) for digits in (4, 3))
    return (
        f"At {{x}} the slope is {{slope}}, {so} the step is {{delta:+}}: {back}to {there}.",
        f"At {{x:3}} the slope is {{slope:3}}; the step {{delta:+3}} leads to {near}.",
    )


def against(step: Step, minimum: float | None) -> tuple[str, dict[str, Any], str]:
    """Return the words that hold a step against the distance to the minimum; they need `rate`."""
    short = "Rate {rate:3} at x = {x:3}: the step is {delta:3}."
    if minimum is None or step.point[0] == minimum:
        return "Learning rate η = {rate} at x = {x}: the step is {delta}.", {}, short
    ratio = abs(step.delta[0] / (step.point[0] - minimum))
    if ratio < 0.01:
        return "Learning rate η = {rate} at x = {x}: the step is {delta}.", {}, short
    if is_close(ratio, 1.0):
        times = ""
    elif is_close(ratio, 2.0):
        times = "twice "
    else:
        times = f"{about(ratio, digits=3)}{{ratio:3}} times "
    # A step has a sign, a distance has none: their lengths are compared.
    start = "Rate η = {rate}: the step of {delta} from x = {x}"
    told = f"{start} is {times}as long as the distance to {_goal(minimum)}."
    return told, {"ratio": ratio}, short


def _goal(minimum: float | None) -> str:
    """Return what distances are measured to."""
    return "0" if minimum is not None and abs(minimum) < 1e-9 else "the minimum"


def standing(trace: Trace, minimum: float | None) -> Words:
    """Return the words of where a run stands, against its start."""
    fields: dict[str, Any] = {"n": len(trace.steps), "x": trace.points[-1][0]}
    fields |= {"first": trace.values[0]}
    fields |= {"value": trace.values[-1], "noun": "step" if len(trace.steps) == 1 else "steps"}
    moved = up_or_down(trace.values[0], trace.values[-1])
    law = Contraction.of(trace, minimum)
    x, value = stated("x", trace.points[-1][0]), stated("value", trace.values[-1])
    if law and is_close(law.factor, -1.0) and _goal(minimum) == "0":
        each = f"Each step turns x into {MINUS}x; after {{n}} {{noun}} "
        return f"{each}x is {x}, f is {value}.", fields
    if is_close(trace.points[-1][0], trace.points[0][0]):
        return f"After {{n}} {{noun}} x is {x} and f is {value}, as at the start.", fields
    if moved == "stayed":
        return f"After {{n}} {{noun}} x is {x}; f is {value}, as at the start.", fields
    fields["moved"] = "fallen" if moved == "fell" else "risen"
    first = stated("first", trace.values[0])
    return f"After {{n}} {{noun}} x is {x}; f has {{moved}} from {first} to {value}.", fields


def resetting(step: Step) -> tuple[str, dict[str, Any], str]:
    """Return the words of a first step with another rate; they need `rate`."""
    if step.delta[0] == 0:
        return "Rate {rate}: the step is 0, and x stays {x}.", {}, ""
    moved = up_or_down(step.value, step.next_value)
    fields = {"moves": {"rose": "rises to", "fell": "falls to", "stayed": "stays"}[moved]}
    ends = stated("next_value", step.next_value)
    return (
        f"Rate {{rate}}: the step is {{delta}}, from {{x}} to {{next_x}}; f {{moves}} {ends}.",
        fields,
        "Rate {rate:3}: the step is {delta:3}, to {next_x:3}; f {moves} {next_value:3}.",
    )


def grown(trace: Trace) -> Words:
    """Return the words of where a run that may grow has landed."""
    if trace.stop.reason in (StopReason.DIVERGED, StopReason.NOT_FINITE):
        return "{stop}", {"stop": trace.stop.sentence}
    fields: dict[str, Any] = {"n": len(trace.steps), "x": trace.points[-1][0]}
    fields |= {"value": trace.values[-1]}
    fields |= {"first": trace.values[0]}
    moved = up_or_down(trace.values[0], trace.values[-1])
    there, value = at("x", trace.points[-1][0]), stated("value", trace.values[-1])
    if moved == "stayed":
        return f"Step {{n}} lands at {there}; f is {value}, as at the start.", fields
    fields["moved"] = "fallen" if moved == "fell" else "grown"
    first = stated("first", trace.values[0])
    return f"Step {{n}} lands at {there}; f has {{moved}} from {first} to {value}.", fields


def factors(
    objective: Any, runs: Sequence[Trace], minimum: float | None
) -> tuple[str, dict[str, Any], str]:
    """Return the words of several runs: their factors and the bound where theory gives one."""
    laws = [Contraction.of(run, minimum) for run in runs]
    ends = {f"x_{index}": run.points[-1][0] for index, run in enumerate(runs)}
    listed = in_a_row([f"{{{name}:3}}" for name in ends])
    short = f"The same start, other rates: the runs end at {listed}."
    if minimum is not None and is_parabola(objective) and all(laws):
        shown = [law.factor for law in laws if law]
        fields = {f"factor_{index}": value for index, value in enumerate(shown)}
        listed = in_a_row([f"{{{name}}}" for name in fields])
        fields |= ends
        fields["critical"] = theory.critical_rate(objective, (minimum,))
        name = short_formula(objective)
        return f"Factors {listed}: on {name}, any rate above {{critical}} diverges.", fields, short
    return short, ends, ""


def partner(
    objective: Any, trace: Trace, minimum: float | None, rate: float | None
) -> float | None:
    """Return the rate that brings a run as near from one side only, where there is one."""
    if rate is None or Contraction.of(trace, minimum) is None:
        return None
    return partner_rate(objective, minimum, rate)


def each_time(
    law: Contraction | None, minimum: float | None, steps: Sequence[Step], trace: Trace, digits: int
) -> Words:
    """Return the words of some steps of a run: the factor between them, if there is one.

    Their numbers are written as in the table of the run, which has about so many digits.
    """
    told = [step.next_point[0] for step in steps]
    xs = column(told, digits, whole=[x for (x,) in trace.points])
    rounded = [
        not is_written(text, step.next_point[0]) for text, step in zip(xs, steps, strict=True)
    ]
    if any(rounded):
        # Said once: the numbers after it are no more exact.
        xs[rounded.index(True)] = f"about {xs[rounded.index(True)]}"
    fields: dict[str, Any] = {"following": in_a_row(xs)}
    if law is None or minimum is None:
        return "The next steps lead to {following}.", fields
    fields["factor"] = law.factor
    if abs(minimum) < 1e-9:
        return "Each x is {factor} times the one before: {following}.", fields
    fields |= {"sign": "+" if minimum < 0 else MINUS, "minimum": abs(minimum)}
    before = "Each x {sign} {minimum} is {factor} times the one before"
    return f"{before}: x is {{following}}.", fields


def ended(trace: Trace, minimum: float | None) -> Words:
    """Return the words of the end: what became of the distance, or why the run stopped."""
    if trace.stop.reason in (StopReason.DIVERGED, StopReason.NOT_FINITE):
        return "{stop}", {"stop": trace.stop.sentence}
    law = Contraction.of(trace, minimum)
    count = len(trace.steps)
    fields = {
        "n": count,
        "noun": "step" if count == 1 else "steps",
        "x": trace.points[-1][0],
        "value": trace.values[-1],
        "percent": law.percent if law else 0.0,
        "left": law.left if law else 0.0,
        "goal": _goal(minimum),
    }
    ending = law.ending() if law else f"f {equals(trace.values[-1])} {{value}}"
    if count == 1:
        ending = ending.replace("each step ", "it ")
    return f"After {{n}} {{noun}} {at('x', trace.points[-1][0])}; {ending}.", fields


def compared(trace: Trace, other: Trace, minimum: float) -> tuple[str, dict[str, Any], str]:
    """Return the words that put a run with another rate beside the first; they need `rate`."""
    start, mine, its = (
        x - minimum for x in (trace.start[0], trace.points[-1][0], other.points[-1][0])
    )
    crossing = any(crosses(step, minimum) for step in other.steps)
    how = "crossing too" if crossing else "without crossing"
    fields = {"x": other.points[-1][0], "n": len(other.steps), "how": how}
    fields["noun"] = "step" if len(other.steps) == 1 else "steps"
    there, near = (at("x", other.points[-1][0], digits) for digits in (4, 3))
    if max(abs(mine), abs(its)) <= 1e-9 * abs(start):
        told = "has come as near after {n} {noun}, {how}."
    elif number(trace.points[-1][0]) == number(other.points[-1][0]):
        told = f"gets to {there} in {{n}} {{noun}} as well, {{how}}."
    elif number(abs(mine)) == number(abs(its)):
        told = f"is as near, at {there}, after {{n}} {{noun}}, {{how}}."
    else:
        told = f"is at {there} after {{n}} {{noun}}, {{how}}."
    short = f"The run with rate {{rate:3}} is at {near} after {{n}} {{noun}}."
    return f"The run with rate {{rate}} {told}", fields, short
