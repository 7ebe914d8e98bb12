"""GD_LESSON: the plain manim command takes the parameters of a lesson file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from scenes.base import DescentScene
from scenes.course.faults import harmless
from scenes.course.load import Lesson, Part, load
from scenes.course.targets import split
from scenes.course.trial import tried
from scenes.figure import Figure
from scenes.parameters import UsageError

VARIABLE: Final = "GD_LESSON"


def parameters_for(scene: type[DescentScene]) -> Mapping[str, Any]:
    """Return what the file that `GD_LESSON` names says about a scene.

    The entry is the one of the scene, or of the scene that it is a subclass of. A file may name a
    class that is not of this project: then it is meant for this command only.

    Raises
    ------
    UsageError
        If something is wrong with the file, or the scene is not in it, or more than once.
    """
    word = os.environ[VARIABLE]
    found = split(word)
    if found is None:
        raise UsageError(
            harmless(f"{VARIABLE} = {word[:200]}: allowed: a lesson file, as in lesson.toml")
        )
    path, name = found
    lesson = load(path, {scene.__name__: scene})
    part = _part(lesson, scene, name)
    if part.parameters.get("wording"):
        tried(lesson, [(replace(part, scene=scene), scene, part.parameters)])
    return part.parameters


def _part(lesson: Lesson, scene: type[DescentScene], name: str) -> Part:
    family = [kind.__name__ for kind in scene.__mro__ if issubclass(kind, DescentScene)]
    parts = [*lesson.scenes, *lesson.figures]
    if name:
        part = lesson.part(name, "figures" if issubclass(scene, Figure) else "scenes")
        if part.scene.__name__ not in family:
            words = f"{name} is {part.scene.__name__}, not {scene.__name__}"
            raise lesson.refusal(part.key, words)
        return part
    for kind in family:
        found = [part for part in parts if part.scene.__name__ == kind]
        if len(found) > 1:
            raise lesson.ambiguous(kind, found)
        if found:
            return found[0]
    there = ", ".join(dict.fromkeys(part.scene.__name__ for part in parts))
    raise lesson.refusal((), f"{scene.__name__} is not in it; there are: {there}")
