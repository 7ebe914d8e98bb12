"""Which scenes there are."""

from __future__ import annotations

import difflib
import functools
import importlib
import inspect
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

import scenes
import scenes.figures
from scenes.base import DescentScene
from scenes.figure import Figure
from scenes.parameters import UsageError

TUTORIAL = (
    "SecantToTangent",
    "OneStep",
    "FourRates",
    "Overshoot",
    "BounceAndDiverge",
    "TutorialRun",
    "FromScratch",
    "TwoMinima",
    "OptimiserRace",
)
"""The order of the tutorial; scenes that it does not name come last, by name."""


@dataclass(frozen=True)
class Entry:
    """A scene of the project."""

    name: str
    scene: type[DescentScene]

    @property
    def file(self) -> str:
        """The scene's file, from the project's root."""
        return f"{self.scene.__module__.replace('.', '/')}.py"

    @property
    def summary(self) -> str:
        """What the scene shows: the first line of its docstring."""
        return (inspect.getdoc(self.scene) or "").partition("\n")[0]


@functools.cache
def catalogue() -> dict[str, Entry]:
    """Return all scenes by name, in the order of the tutorial."""
    found = _found(scenes)
    rank = {name: index for index, name in enumerate(TUTORIAL)}
    return dict(sorted(found.items(), key=lambda item: (rank.get(item[0], len(rank)), item[0])))


@functools.cache
def figures() -> dict[str, Entry]:
    """Return all figures by name."""
    return dict(sorted(_found(scenes.figures).items()))


def _found(package: ModuleType) -> dict[str, Entry]:
    """Return the scenes that the modules of a package define."""
    found: dict[str, Entry] = {}
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if module.ispkg or module.name == "scenes.cli":
            continue
        for name, scene in vars(importlib.import_module(module.name)).items():
            if (
                isinstance(scene, type)
                and issubclass(scene, DescentScene)
                and scene.__module__ == module.name
                and scene not in (DescentScene, Figure)
            ):
                found[name] = Entry(name, scene)
    return found


def find(name: str) -> Entry:
    """Return a scene by its name, in any case.

    Raises
    ------
    UsageError
        If there is none; the nearest is suggested.
    """
    return _named(name, catalogue(), "scene", "gd list")


def find_figure(name: str) -> Entry:
    """Return a figure by its name, in any case.

    Raises
    ------
    UsageError
        If there is none; the nearest is suggested.
    """
    return _named(name, figures(), "figure", "gd list")


def _named(name: str, entries: Mapping[str, Entry], kind: str, where: str) -> Entry:
    known = {entry.name.lower(): entry for entry in entries.values()}
    plain = name.lower().replace("-", "").replace("_", "")
    if plain in known:
        return known[plain]
    near = difflib.get_close_matches(plain, known, 1, 0.5)
    hint = f"did you mean {known[near[0]].name}?" if near else f"see: {where}"
    raise UsageError(f"{name}: there is no such {kind}; {hint}")


def find_all(names: Sequence[str], *, drawn: bool = False) -> list[Entry]:
    """Return scenes, or figures if `drawn`, by their names, each once; "all" is every one.

    Raises
    ------
    UsageError
        If there is none of a name.
    """
    if any(name.lower() == "all" for name in names):
        return list((figures() if drawn else catalogue()).values())
    found = map(find_figure if drawn else find, names)
    return list({entry.name: entry for entry in found}.values())
