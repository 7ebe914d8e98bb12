"""Optimisers in words: how runs are written, and what methods and settings are called."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from gdcore import Optimizer, optimizers
from scenes.parameters import Kind, told
from scenes.words import number

NAMES = {
    "descent": "descent",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adadelta": "Adadelta",
    "adam": "Adam",
    "amsgrad": "AMSGrad",
    "adamw": "AdamW",
    "nadam": "NAdam",
}
"""What the optimisers are called within a sentence."""

FULL = {"descent": "gradient descent"}
"""What they are called in full, where a name alone has to say what it is."""

SYMBOLS = {
    "momentum": "β",
    "rho": "ρ",
    "beta1": "β₁",
    "beta2": "β₂",
    "epsilon": "ε",
    "weight_decay": "λ",
    "momentum_decay": "ψ",
}
ALWAYS = ("momentum", "rho")
"""Hyper-parameters that are told even where they have their usual value."""

BETAS = ("beta1", "beta2")
"""Those of Adam and its kin, which are told in races, but not where words are few."""


def _optimizer(text: str) -> Optimizer:
    """Return the optimiser that `adam 0.3 beta1=0.8` describes."""
    name, *rest = text.replace(",", " ").split()
    given: dict[str, float] = {}
    for part in rest:
        key, equals, value = part.rpartition("=")
        key = key if equals else "learning_rate"
        if key in given:
            raise told(f"{key} is given twice in {text.strip()!r}")
        try:
            given[key] = float(value)
        except ValueError:
            raise told(f"{part!r} in {text.strip()!r}: write a rate, or a name=number") from None
    try:
        return optimizers.build(name, **given)
    except ValueError as error:
        raise told(error) from None


def race_of(least: int, most: int) -> Kind:
    """Return the kind of a list of optimisers, so many of them."""

    def check(value: Any) -> tuple[Optimizer, ...]:
        if isinstance(value, str):
            value = [part for part in value.replace("\n", ";").split(";") if part.strip()]
        out = tuple(_optimizer(part) if isinstance(part, str) else part for part in value)
        if not least <= len(out) <= most or not all(isinstance(one, Optimizer) for one in out):
            raise ValueError
        return out

    return Kind(f"{least} to {most} runs, as in descent 0.019; momentum 0.019 momentum=0.8", check)


def with_own(runs: Sequence[Optimizer], optimizer: Any, usual: Optimizer) -> list[Any]:
    """Return the optimisers of some runs; one that is not the usual one takes the first place."""
    return [*([runs[0]] if optimizer == usual else [optimizer]), *runs[1:]]


def name_of(method: Any) -> str:
    """Return a method's name within a sentence."""
    return NAMES.get(method.name, str(method.name))


def full_name_of(method: Any) -> str:
    """Return a method's name in full, for a table."""
    return FULL.get(method.name, name_of(method))


def extras_of(method: Any, *, betas: bool = False, briefly: bool = False) -> str:
    """Return the hyper-parameters worth a word beside the rate, such as `β = 0.8`.

    Parameters
    ----------
    method
        The optimiser.
    betas
        Whether those of Adam and its kin are told even where they have their usual values.
    briefly
        Whether they are told as a pair, `β = 0.9, 0.999`.
    """
    always = (*ALWAYS, *BETAS) if betas else ALWAYS
    told: dict[str, str] = {}
    for field in dataclasses.fields(method):
        value = getattr(method, field.name)
        if field.name in SYMBOLS and (field.name in always or value != field.default):
            told[SYMBOLS[field.name]] = number(value, 6)
    one, two = (SYMBOLS[name] for name in BETAS)
    if briefly and one in told and two in told:
        told = {"β": f"{told.pop(one)}, {told.pop(two)}"} | told
    return ", ".join(f"{symbol} = {value}" for symbol, value in told.items())


def rated(method: Any, factor: float) -> Any:
    """Return an optimiser with its rate multiplied."""
    return dataclasses.replace(method, learning_rate=method.learning_rate * factor)
