"""Traces as JSON files, there and back without losing a bit.

A float is written as Python's repr, the shortest text that reads back as the same float. NaN and
the infinities are the strings "nan", "inf" and "-inf", since JSON has no numbers for them. Files
are written beside and renamed, so a killed run leaves no half of a file.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

from gdcore import _checks
from gdcore._optimizer import Optimizer
from gdcore.optimizers import OPTIMIZERS
from gdcore.schedules import SCHEDULES
from gdcore.stopping import Stop, StopReason
from gdcore.trace import Step, Trace

FORMAT = "gdcore trace 1"


class TraceFileError(ValueError):
    """A file that is not a trace. The message is one line."""


def write(trace: Trace, path: str | os.PathLike[str]) -> None:
    """Write a trace as JSON: about it, then points, values and gradients, then the steps."""
    document = {
        "format": FORMAT,
        **about(trace),
        "points": plain(trace.points),
        "values": plain(trace.values),
        "gradients": plain(trace.gradients),
        "steps": [
            {"gradient": plain(s.gradient), "delta": plain(s.delta), "state": plain(s.state)}
            for s in trace.steps
        ],
        "batches": plain(trace.batches),
    }
    write_beside(path, json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")


def read(path: str | os.PathLike[str]) -> Trace:
    """Read what `write` wrote; raise `TraceFileError` if the file is something else."""

    def parse() -> Trace:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise TraceFileError(f"the format is {_checks.show(document['format'])}")
        return assemble(
            document,
            points=[numbers(point) for point in document["points"]],
            values=numbers(document["values"]),
            gradients=[numbers(gradient) for gradient in document["gradients"]],
            moves=[(numbers(s["gradient"]), numbers(s["delta"]), s["state"])
                   for s in document["steps"]],
            batches=document["batches"],
        )  # fmt: skip

    return guarded(path, parse)


def about(trace: Trace) -> dict[str, Any]:
    """Return what a trace says beside its numbers, as plain JSON data."""
    refused = trace.stop.refused
    return {
        "objective": trace.objective_text,
        "variables": list(trace.variables),
        "optimizer": _describe(trace.optimizer),
        "stop": {
            "reason": trace.stop.reason.value,
            "sentence": trace.stop.sentence,
            "refused": None if refused is None else plain(refused),
        },
    }


def assemble(
    about: dict[str, Any],
    *,
    points: list[tuple[float, ...]],
    values: tuple[float, ...],
    gradients: list[tuple[float, ...]],
    moves: list[tuple[tuple[float, ...], tuple[float, ...], Any]],
    batches: list[list[int]],
) -> Trace:
    """Return the trace with these parts, after checking that they fit together.

    Parameters
    ----------
    moves
        For each step the gradient used, the delta, and the state as plain data.
    """
    optimizer = _optimizer(about["optimizer"])
    variables = tuple(about["variables"])
    count = len(moves)
    if not len(points) == len(values) == len(gradients) == count + 1:
        raise TraceFileError(f"{count} steps do not fit {len(points)} points")
    if batches and len(batches) != count:
        raise TraceFileError(f"{count} steps do not fit {len(batches)} batches")
    rows = [*points, *gradients, *[part for move in moves for part in move[:2]]]
    if any(len(row) != len(variables) for row in rows):
        raise TraceFileError(f"a row does not have {len(variables)} numbers")
    steps = []
    for n, (gradient, delta, state) in enumerate(moves):
        if tuple([x + d for x, d in zip(points[n], delta, strict=True)]) != points[n + 1]:
            raise TraceFileError(f"step {n} does not lead from its point to the next")
        steps.append(
            Step(n, points[n], values[n], gradient, delta, _state(state, optimizer),
                 points[n + 1], values[n + 1])
        )  # fmt: skip
    stop, refused = about["stop"], about["stop"]["refused"]
    return Trace(
        points=tuple(points),
        values=values,
        gradients=tuple(gradients),
        steps=tuple(steps),
        stop=Stop(
            StopReason(stop["reason"]),
            str(stop["sentence"]),
            None if refused is None else numbers(refused),
        ),
        optimizer=optimizer,
        objective_text=str(about["objective"]),
        variables=variables,
        batches=tuple([tuple([int(i) for i in batch]) for batch in batches]),
    )


def plain(value: Any) -> Any:
    """Return numbers and nested tuples as JSON data, a NamedTuple as an object by its fields."""
    if hasattr(value, "_fields"):
        return {name: plain(part) for name, part in zip(value._fields, value, strict=True)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return repr(value)


def numbers(row: Any) -> tuple[float, ...]:
    """Return a JSON list of numbers as floats."""
    if not isinstance(row, list):
        raise TraceFileError(f"{_checks.show(row)} is not a list of numbers")
    return tuple([_number(part) for part in row])


def write_beside(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file under another name in the same folder, then rename it."""
    target = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        # mkstemp makes the file private; give it the permissions any new file would have.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def guarded(path: str | os.PathLike[str], parse: Callable[[], Trace]) -> Trace:
    """Run a parser and turn whatever a malformed file makes it raise into one line."""
    try:
        return parse()
    except KeyError as error:
        reason = f"{_checks.show(error.args[0])} is missing"
    except (ValueError, TypeError, IndexError, AttributeError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
    raise TraceFileError(f"{Path(path).name} is not a trace: {reason}")


def _number(part: Any) -> float:
    if part in ("nan", "inf", "-inf"):
        return float(part)
    if isinstance(part, bool) or not isinstance(part, int | float):
        raise TraceFileError(f"{_checks.show(part)} is not a number")
    return float(part)


def _describe(optimizer: Optimizer | str) -> Any:
    """Return an optimiser as JSON data that `_optimizer` understands, else its repr."""
    if type(optimizer) not in OPTIMIZERS.values():
        return optimizer if isinstance(optimizer, str) else repr(optimizer)
    described: dict[str, Any] = {"name": optimizer.name}  # type: ignore[union-attr]
    for field in fields(optimizer):  # type: ignore[arg-type]
        value = _describe_rate(getattr(optimizer, field.name))
        if value is None:
            return repr(optimizer)
        described[field.name] = value
    return described


def _describe_rate(value: Any) -> Any:
    """Return a number as it is, a schedule as an object, a plain function as None."""
    if not callable(value):
        return value
    if type(value) not in SCHEDULES.values():
        return None
    parts = {f.name: _describe_rate(getattr(value, f.name)) for f in fields(value)}
    return None if None in parts.values() else {"kind": type(value).__name__, **parts}


def _optimizer(described: Any) -> Optimizer | str:
    if isinstance(described, str):
        return described
    settings = {name: _rate(value) for name, value in described.items() if name != "name"}
    return OPTIMIZERS[described["name"]](**settings)


def _rate(described: Any) -> Any:
    if not isinstance(described, dict):
        return described
    settings = {name: _rate(value) for name, value in described.items() if name != "kind"}
    return SCHEDULES[described["kind"]](**settings)


def _state(state: Any, optimizer: Optimizer | str) -> Any:
    """Return an optimiser's state from JSON data; of an unknown optimiser, as nested tuples."""
    if isinstance(optimizer, str):
        if not isinstance(state, dict | list):
            return state
        parts = state.values() if isinstance(state, dict) else state
        return tuple([_state(part, optimizer) for part in parts])
    kind = optimizer.state_type
    if kind is int:
        return _checks.whole("state", state, 0)
    whole = {name for name, hint in get_type_hints(kind).items() if hint is int}
    return kind(**{name: _part(part, name in whole) for name, part in state.items()})


def _part(part: Any, whole: bool) -> Any:
    """Return one field of a state: a count, a number, or one number per variable."""
    if isinstance(part, list):
        return numbers(part)
    return _checks.whole("state", part, 0) if whole else _number(part)
