"""The parameters of a scene: typed class attributes that can be listed, checked and overridden.

A parameter has a kind. A kind reads text from a command line, checks a value from Python, and says
in words what is allowed; whatever is wrong is one line that names the parameter and the value.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gdcore import Objective, optimizers
from scenes.layout import ASPECTS
from scenes.notation import CHOICES, Notation
from scenes.theme import Theme
from scenes.words import check_template


class UsageError(ValueError):
    """A mistake of the user's: one line says what was wrong, what was given, what is allowed."""


@dataclass(frozen=True)
class Kind:
    """A kind of parameter.

    Attributes
    ----------
    allowed
        What is allowed, in words.
    check
        Takes text or a value and returns the value to use; raises ValueError.
    """

    allowed: str
    check: Callable[[Any], Any]

    def __call__(self, name: str, value: Any) -> Any:
        """Return the checked value, or raise `UsageError`."""
        try:
            return self.check(value)
        except (ValueError, TypeError, OverflowError) as error:
            reason = " ".join(str(error).split())
            own = reason if isinstance(error, ValueError) and reason.startswith("!") else ""
            shown = value if isinstance(value, str) else repr(value)
            detail = own[1:].strip() if own else f"allowed: {self.allowed}"
            raise UsageError(f"{name} = {_short(shown)}: {detail}") from None


def _short(text: str, most: int = 60) -> str:
    flat = " ".join(str(text).split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def told(message: object) -> ValueError:
    """Return an error whose own words are better than the kind's `allowed`."""
    return ValueError(f"!{message}")


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise ValueError
    out = float(value)
    if not math.isfinite(out):
        raise ValueError
    return out


def _positive(value: Any) -> float:
    out = _number(value)
    if out <= 0:
        raise ValueError
    return out


def _pace(value: Any) -> float:
    out = _number(value)
    if not 0.25 <= out <= 4:
        raise ValueError
    return out


def _rate(value: Any) -> Any:
    return value if callable(value) and not isinstance(value, type) else _positive(value)


def _numbers(value: Any) -> tuple[float, ...]:
    if isinstance(value, str):
        value = value.strip().strip("()[]").replace(",", " ").split()
    out = tuple(_number(part) for part in value)
    if not out:
        raise ValueError
    return out


def _start(value: Any) -> float | tuple[float, ...]:
    if isinstance(value, int | float):
        return _number(value)
    out = _numbers(value)
    return out[0] if len(out) == 1 else out


def _whole(value: Any) -> int:
    if isinstance(value, bool) or int(value) != float(value):
        raise ValueError
    return int(value)


def _steps(value: Any) -> int:
    out = _whole(value)
    if not 1 <= out <= 100_000:
        raise ValueError
    return out


def _objective(value: Any) -> Any:
    if not isinstance(value, str):
        if hasattr(value, "value_and_gradient"):
            return value
        raise TypeError
    try:
        return Objective.parse(value)
    except ValueError as error:
        raise told(error) from None


def _optimizer(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return optimizers.by_name(value)()
        except ValueError as error:
            raise told(error) from None
    if hasattr(value, "update") and dataclasses.is_dataclass(value):
        return value
    raise TypeError


def _theme(value: Any) -> Theme:
    if isinstance(value, Theme):
        return value
    try:
        return Theme.load(value)
    except ValueError as error:
        raise told(error) from None


def _notation(value: Any) -> Notation:
    if isinstance(value, Notation):
        return value
    if isinstance(value, str):
        parts = (part.partition("=") for part in value.replace(",", " ").split())
        value = {name: chosen for name, _, chosen in parts}
    if not isinstance(value, Mapping):
        raise TypeError
    for name in value:
        if name not in CHOICES:
            near = difflib.get_close_matches(str(name), CHOICES, 1)
            hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(CHOICES)}"
            raise told(f"there is no notation of {name}; {hint}")
    try:
        return Notation(**value)
    except ValueError as error:
        raise told(error) from None


def choice(*names: str) -> Kind:
    """Return the kind of a word from a list."""

    def check(value: Any) -> str:
        if value not in names:
            near = difflib.get_close_matches(str(value), names, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise told(f"allowed: {', '.join(names)}{hint}")
        return str(value)

    return Kind(f"one of {', '.join(names)}", check)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    if len(value) > 200:
        raise ValueError
    return value


def _wording(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise TypeError
    for name, template in value.items():
        if not isinstance(name, str) or not isinstance(template, str):
            raise TypeError
        try:
            check_template(template)
        except ValueError as error:
            raise told(f"{name}: {error}") from None
    return dict(value)


EXAMPLE_RATES = ("0.9", "0.1", "0.01")


def rates(least: int, most: int) -> Kind:
    """Return the kind of a list of learning rates, so many of them and each another."""

    def check(value: Any) -> tuple[float, ...]:
        out = _numbers(value)
        if not least <= len(out) <= most or min(out) <= 0 or len(set(out)) < len(out):
            raise ValueError
        return out

    many = f"{least} to {most}" if least < most else f"{least}"
    example = ", ".join(EXAMPLE_RATES[:most])
    return Kind(f"{many} different positive numbers, as in {example}", check)


NUMBER = Kind("a finite number", _number)
POSITIVE = Kind("a positive number", _positive)
NUMBERS = Kind("numbers, as in 2, 1, 0.5", _numbers)
OBJECTIVE = Kind("a function such as x**2 or x**4/4 - 2*x**2 + x/2", _objective)
START = Kind("a number, or one for each variable, as in 10, 2", _start)
RATE = Kind("a positive number such as 0.1", _rate)
OPTIMIZER = Kind("an optimiser such as descent, momentum or adam", _optimizer)
STEPS = Kind("a whole number from 1 to 100000", _steps)
TEXT = Kind("text of at most 200 characters", _text)
NOTATION = Kind("such as rate=α variable=w derivative=df/dx decimal=comma", _notation)
WORDING = Kind("captions of one's own by the name of a still, or beat-3", _wording)
THEME = Kind("dark, light, or the path of a theme file", _theme)
PACE = Kind("a number from 0.25 to 4, where 1 is the lesson's own pace", _pace)
ASPECT = choice(*ASPECTS)
CAPTIONS = choice("drawn", "track", "none")

COMMON: Mapping[str, Kind] = {
    "objective": OBJECTIVE,
    "start": START,
    "optimizer": OPTIMIZER,
    "max_steps": STEPS,
    "title": TEXT,
    "theme": THEME,
    "aspect": ASPECT,
    "captions": CAPTIONS,
    "notation": NOTATION,
    "wording": WORDING,
    "pace": PACE,
}
"""What every scene has."""

HYPERPARAMETERS: Mapping[str, Kind] = {
    "learning_rate": RATE,
    "momentum": NUMBER,
    "beta1": NUMBER,
    "beta2": NUMBER,
    "rho": NUMBER,
    "epsilon": NUMBER,
    "weight_decay": NUMBER,
    "momentum_decay": NUMBER,
}
"""Given alone, they replace the optimiser's own."""


def with_hyperparameters(optimizer: Any, given: Mapping[str, Any]) -> Any:
    """Return the optimiser with hyper-parameters replaced.

    Raises
    ------
    UsageError
        When the optimiser has no such hyper-parameter or refuses the value.
    """
    fields = [field.name for field in dataclasses.fields(optimizer) if field.init]
    for name, value in given.items():
        if name not in fields:
            raise UsageError(
                f"{name} = {value}: {type(optimizer).__name__} has no {name}; "
                f"allowed: {', '.join(fields)}"
            )
    try:
        return dataclasses.replace(optimizer, **given)
    except (ValueError, TypeError) as error:
        raise UsageError(" ".join(str(error).split())) from None


def nearest(name: str, known: Mapping[str, Any]) -> UsageError:
    """Return the error for a parameter that does not exist, with the nearest one that does."""
    near = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"allowed: {', '.join(known)}"
    return UsageError(f"{name}: there is no such parameter; {hint}")
