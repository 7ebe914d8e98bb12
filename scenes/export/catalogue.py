"""Which scenes there are."""

from __future__ import annotations

import difflib
import functools
import importlib
import inspect
import pkgutil
from dataclasses import dataclass

import scenes
from scenes.base import DescentScene
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
    found: dict[str, Entry] = {}
    for module in pkgutil.iter_modules(scenes.__path__, "scenes."):
        if module.ispkg or module.name == "scenes.cli":
            continue
        for name, scene in vars(importlib.import_module(module.name)).items():
            if (
                isinstance(scene, type)
                and issubclass(scene, DescentScene)
                and scene.__module__ == module.name
                and scene is not DescentScene
            ):
                found[name] = Entry(name, scene)
    rank = {name: index for index, name in enumerate(TUTORIAL)}
    return dict(sorted(found.items(), key=lambda item: (rank.get(item[0], len(rank)), item[0])))


def find(name: str) -> Entry:
    """Return a scene by its name, in any case.

    Raises
    ------
    UsageError
        If there is none; the nearest is suggested.
    """
    known = {entry.name.lower(): entry for entry in catalogue().values()}
    plain = name.lower().replace("-", "").replace("_", "")
    if plain in known:
        return known[plain]
    near = difflib.get_close_matches(plain, known, 1, 0.5)
    hint = f"did you mean {known[near[0]].name}?" if near else "see: gd list"
    raise UsageError(f"{name}: there is no such scene; {hint}")
