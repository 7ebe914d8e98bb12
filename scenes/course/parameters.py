"""Parameters of a scene in a lesson file: each wrong one is told, not only the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scenes.base import DescentScene
from scenes.course.faults import Fault, Key, shown
from scenes.course.schema import nearest
from scenes.parameters import HYPERPARAMETERS, UsageError, with_hyperparameters
from scenes.theme import BUILT_IN, Theme, ThemeError


def faults_of(
    scene: type[DescentScene],
    given: Mapping[str, Any],
    key: Key,
    fields: Iterable[str],
    is_known: Callable[[Key], bool],
) -> Iterator[Fault]:
    """Find parameters that do not exist and values that are not allowed, each by itself.

    Parameters
    ----------
    scene
        Whose parameters they are.
    given
        Names and values.
    key
        Where they stand.
    fields
        The other keys of an entry, which a misspelt one may be.
    is_known
        Whether something is wrong with a key already.
    """
    kinds = {**scene.all_kinds(), **HYPERPARAMETERS}
    values: dict[str, Any] = {}
    for name, value in given.items():
        at = (*key, name)
        if is_known(at):
            continue
        if name not in kinds:
            near = nearest(name, [*kinds, *fields])
            hint = f"did you mean {near}?" if near else f"allowed: {', '.join(scene.all_kinds())}"
            yield Fault(at, f"{scene.__name__} has no such parameter; {hint}")
            continue
        try:
            values[name] = kinds[name](name, value)
        except UsageError as error:
            yield _fault(error, key, kinds, at)
    yield from _unfit(scene, values, key, given)


def _unfit(
    scene: type[DescentScene], values: Mapping[str, Any], key: Key, given: Mapping[str, Any]
) -> Iterator[Fault]:
    """Find hyper-parameters that the optimiser has not, or not with this value."""
    if "optimizer" in given and "optimizer" not in values:
        return
    try:
        optimizer = values.get("optimizer", scene.resolve()["optimizer"])
    except UsageError:
        return
    for name in HYPERPARAMETERS:
        if name in values:
            try:
                with_hyperparameters(optimizer, {name: values[name]})
            except UsageError as error:
                yield _fault(error, key, {name: None}, (*key, name))


def scene_faults(scene: type[DescentScene], given: Mapping[str, Any], key: Key) -> list[Fault]:
    """Find what does not fit together, where each parameter by itself is allowed."""
    try:
        scene.resolve(given)
    except UsageError as error:
        return [_fault(error, key, given, key)]
    return []


def _fault(error: UsageError, key: Key, names: Iterable[str], otherwise: Key) -> Fault:
    """Return the fault that an error is, at the parameter that it names."""
    words = str(error)
    found = re.match(r"(\w+)(?= = )", words)
    if found and found[0] in names:
        return Fault((*key, found[0]), words[found.end() :])
    return Fault(otherwise, words)


def themed(folder: Path, name: str) -> str | Theme:
    """Return a theme: the name of a built-in one, or what a file beside the lesson says.

    Raises
    ------
    ThemeError
        If it cannot be used.
    """
    if name in BUILT_IN:
        return name
    try:
        return Theme.load(folder / Path(name).expanduser())
    except RuntimeError:
        raise ThemeError("no such file") from None


def theme_fault(folder: Path, key: Key, name: Any) -> Fault | None:
    """Return what is wrong with a theme, if it is the name of one."""
    try:
        if isinstance(name, str):
            themed(folder, name)
    except ThemeError as error:
        return Fault(key, f" = {shown(name)}: {error}")
    return None
