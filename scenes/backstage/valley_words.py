"""What may be said of the valleys of a function, and of where runs on it end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gdcore import Step, Trace
from scenes.backstage.valleys import LONG, STARTS, Landscape, are_near
from scenes.parts.basins import Band
from scenes.telling import formula, rate_of
from scenes.words import about, count, decimals_for, equals, fixed, is_close, number

Words = tuple[str, dict[str, Any]]
"""A caption's template, and its fields."""

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def opening(landscape: Landscape) -> Words:
    """Return how many valleys there are."""
    many = len(landscape.minima)
    fields: dict[str, Any] = {
        "formula": formula(landscape.objective),
        "many": NUMBERS[many] if many < len(NUMBERS) else str(many),
        "valleys": "valley" if many == 1 else "valleys",
    }
    if landscape.whole:
        return "This curve has {many} {valleys}.", fields
    fields |= {"low": landscape.low, "high": landscape.high}
    return "From x = {low} to {high}, this curve has {many} {valleys}.", fields


def first_step(optimizer: Any, step: Step) -> Words:
    """Return what the first step of the first run does."""
    if step.delta[0] == 0:
        return "At x = {x} the slope is {slope}: the step is 0, and x stays {x}.", {}
    rate = rate_of(optimizer, step)
    if rate is None:
        method = type(optimizer).__name__
        return "From x = {x}, slope {slope}: {method} steps by {delta}, to {next_x}.", {
            "method": method
        }
    return (
        "Slope {slope}, learning rate η = {rate}: a step of {delta}, to {next_x}.",
        {"rate": rate},
    )


def standing(trace: Trace) -> Words:
    """Return where a run is that has not settled."""
    if trace.stop.blew_up or not trace.steps:
        return "{stop}", {"stop": trace.stop.sentence}
    if all(step.delta[0] == 0 for step in trace.steps):
        flat, fields = flat_slope(trace.gradients[0][0])
        fields |= told_with_signs(trace.points[0][0], trace.values[0])
        return f"It stays at x {{is_x}} {{x}}: {flat}, f {{is_f}} {{value}}.", fields
    fields = {
        "steps": count(len(trace.steps), "step"),
        "slope": trace.gradients[-1][0],
        **told_with_signs(trace.points[-1][0], trace.values[-1]),
    }
    return "After {steps} x {is_x} {x}: slope {slope:3}, f {is_f} {value}.", fields


def flat_slope(slope: float) -> Words:
    """Return what is said of a slope that is 0, or would be 0 but for the last steps or rounding.

    Examples
    --------
    >>> flat_slope(4e-12)
    ('slope {slope:1}', {'slope': 4e-12})
    """
    sign = "" if equals(slope, digits=1) == "=" else "≈ "
    return f"slope {sign}{{slope:1}}", {"slope": slope}


def told_with_signs(x: float, value: float, digits: int = 4) -> dict[str, Any]:
    """Return a place, written to so many digits, and its f, with the signs before them."""
    return {"x": x, "value": value, "is_x": equals(x, digits=digits), "is_f": equals(value)}


def ended(landscape: Landscape, trace: Trace) -> Words:
    """Return where the first run ends."""
    rest = landscape.settled(trace)
    if rest is None:
        return standing(trace)
    flat, fields = flat_slope(trace.gradients[-1][0])
    fields |= told_with_signs(rest.x, rest.value, 5) | {"steps": count(len(trace.steps), "step")}
    moved = trace.steps and trace.steps[0].delta[0]
    begins = "After {steps} the run rests" if moved else "It stays"
    return f"{begins} at x {{is_x}} {{x:5}}: {flat}, f {{is_f}} {{value}}.", fields


def ended_too(landscape: Landscape, trace: Trace, first: Trace) -> Words:
    """Return where the second run ends."""
    rest = landscape.settled(trace)
    start = {"start": trace.points[0][0]}
    if rest is None:
        template, fields = standing(trace)
        if template == "{stop}":
            return template, fields
        if "steps" not in fields:
            flat, _ = flat_slope(trace.gradients[0][0])
            told = f"a second run makes no step: {flat}, f {{is_f}} {{value}}."
            return f"From x = {{x}} {told}", fields
        told = "From x = {start} a second run is at x {is_x} {x} after {steps}, f {is_f} {value}."
        return told, {**start, **fields}
    fields = {
        **start,
        **told_with_signs(rest.x, rest.value, 5),
        "steps": count(len(trace.steps), "step"),
    }
    where = "From x = {start} a second run rests at x {is_x} {x:5}"
    if rest == landscape.settled(first):
        return f"{where} too.", fields
    return f"{where} after {{steps}}: f {{is_f}} {{value}}.", fields


def compared(landscape: Landscape, first: Trace, second: Trace) -> Words:
    """Return what the ends of the two runs are to each other."""
    rests = [rest for run in (first, second) if (rest := landscape.settled(run)) is not None]
    if len(rests) < 2:
        made = [run for run in (first, second) if run.steps]
        if not made:
            return "Neither of the two starts allows a single step.", {}
        if len(made) < 2:
            return "So only one of the two starts allows a step.", {}
        fields = {"value": first.values[-1], "other": second.values[-1]}
        return "At their last points, f is {value} and {other}.", fields
    low, high = sorted(rests, key=lambda rest: rest.value)
    if low == high:
        lowest = min(landscape.minima, key=lambda point: point.value)
        if landscape.name(low) == "local minimum":
            return "Both end in one local minimum; the one at x = {x} is lower, f = {value}.", {
                "x": lowest.x,
                "value": lowest.value,
            }
        return f"Both starts end in one minimum: the {landscape.name(low)}.", {}
    if is_close(low.value, high.value):
        return "The two minima are equally low: f = {value}.", {"value": low.value}
    lower, higher = ("left", "right") if low.x < high.x else ("right", "left")
    name = landscape.name(low)
    what = {
        "local minimum": "another local one",
        "lowest minimum shown": "the lowest shown",
    }.get(name, f"the {name}")
    gap = high.value - low.value
    return f"The {higher} minimum is local; the {lower}, {{about}}{{gap}} lower, is {what}.", {
        "gap": gap,
        "about": about(gap),
    }


def beside_the_hill(landscape: Landscape, starts: Sequence[float]) -> Words:
    """Return where two more runs start."""
    hill = landscape.hill(*starts)
    fields = {"one": starts[0], "other": starts[1]}
    near = are_near(landscape, starts)
    if hill is None:
        how = "side by side: at" if near else "at"
        return f"Two more runs start {how} {{one}} and {{other}}.", fields
    how = "beside" if near else "on both sides of"
    return (
        f"Two more runs start {how} the hilltop x {{is_x}} {{hill}}: x = {{one}} and {{other}}.",
        {
            **fields,
            "hill": hill.x,
            "is_x": equals(hill.x),
        },
    )


def parted(landscape: Landscape, runs: Sequence[Trace], n: int) -> Words:
    """Return where the two runs are after n steps."""
    for run in runs:
        if len(run.steps) < n or not run.steps:
            return "{stop}", {"stop": run.stop.sentence}
    xs = [run.points[n][0] for run in runs]
    one, other = written(xs)
    decimals = decimals_for(xs, 3)
    exact = all(is_close(x, round(x, decimals)) for x in xs)
    fields = {
        "steps": count(n, "step"),
        "about": "" if exact else "about ",
        "one": one,
        "other": other,
    }
    valleys = [landscape.valley(run.points[n][0]) for run in runs]
    places = "{about}{one} and {other}"
    where = ""
    if None not in valleys:
        rests = [landscape.settled(run) for run in runs]
        going = valleys == [None if rest is None else rest.x for rest in rests] and not any(
            landscape.settled(run.beginning(n)) for run in runs
        )
        which = "the same valley" if valleys[0] == valleys[1] else "different valleys"
        if going:
            return f"After {{steps}}, at {places}, they are heading into {which}.", fields
        where = f", in {which}"
    return f"After {{steps}} they are at {places}{where}.", fields


def written(xs: Iterable[float]) -> list[str]:
    """Return numbers that stand beside each other, with as many decimals each."""
    given = list(xs)
    return [fixed(x, decimals_for(given, 3)) for x in given]


def decided(found: Sequence[Band], landscape: Landscape, plain: bool) -> Words:
    """Return what decides where a run ends."""
    how = "At this rate" if plain else "With this method too"
    places = {band.place for band in found}
    if not places:
        return "Of {tried} starts, none settles within {long} steps.", {
            "tried": STARTS,
            "long": LONG,
        }
    covered = sum(band.right - band.left for band in found)
    if len(places) == 1 and is_close(covered, landscape.high - landscape.low):
        fields = {"tried": STARTS, "x": places.pop()}
        return f"{how}, all {{tried}} starts tried here end in one minimum, x = {{x}}.", fields
    if len(places) == 1:
        return f"{how} the start decides whether a run settles at x = {{x}}.", {"x": places.pop()}
    why = "a run knows only the slope where it is" if plain else "no run sees the whole curve"
    return f"{how} the start decides: {why}.", {}


def band_words(place: float, digits: int = 5) -> tuple[tuple[str, ...], ...]:
    """Return what may stand at the starts that end at a place: all of it in two ways, or less.

    A line break parts what stands in two rows.
    """
    sign = "" if equals(place, digits=digits) == "=" else "≈ "
    written = f"{sign}{number(place, digits)}"
    ends = f"end at {written}"
    return (f"starts that {ends}", f"starts that\n{ends}"), (ends,), (written,)
