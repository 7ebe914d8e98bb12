"""What a command is about: scenes of the project, or those of a lesson file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenes.base import DescentScene
from scenes.course.load import Kind, Lesson, Part, load
from scenes.course.trial import tried
from scenes.export.catalogue import figures, find_all
from scenes.export.naming import file_stem, kebab
from scenes.parameters import UsageError

SHARED = frozenset({"theme", "aspect", "captions", "width"})
"""What a command line may say over all entries of a file: they have options of their own."""


@dataclass(frozen=True)
class Target:
    """A scene with parameters.

    Attributes
    ----------
    label
        What it is called in messages.
    scene
        Its class.
    parameters
        What replaces the class's own.
    name
        What its files are called; empty if scene and parameters say it.
    language
        Of its captions.
    """

    label: str
    scene: type[DescentScene]
    parameters: Mapping[str, Any]
    name: str = ""
    language: str = "en"

    @property
    def stem(self) -> str:
        """What files about it are called."""
        return self.name or file_stem(self.scene, self.parameters)


def split(word: str) -> tuple[Path, str] | None:
    """Return the path of a lesson file and what stands after `#`; None for any other word.

    Examples
    --------
    >>> path, name = split("lesson.toml#start")
    >>> path.name, name, split("Overshoot")
    ('lesson.toml', 'start', None)
    """
    found = re.fullmatch(r"(.+?\.toml)(?:#(.*))?", word, re.IGNORECASE | re.DOTALL)
    return (Path(found[1]), found[2] or "") if found else None


def kind_of(word: str) -> Kind:
    """Return whether a word of a command line means a figure."""
    file = split(word)
    if file is None:
        return "figures" if word.lower() in map(str.lower, figures()) else "scenes"
    lesson, labels = load(file[0]), (file[1], kebab(file[1]))
    scenes = [part for part in lesson.scenes if not file[1] or part.label in labels]
    drawn = [part for part in lesson.figures if not file[1] or part.label in labels]
    return "figures" if drawn and not scenes else "scenes"


def targets(
    words: Sequence[str],
    given: Mapping[str, Any],
    *,
    kind: Kind = "scenes",
    progress: Callable[[int, int], None] | None = None,
) -> list[Target]:
    """Return what words of a command line mean, in their order.

    Nothing has been drawn when a lesson file turns out to be wrong.

    Parameters
    ----------
    words
        Names of scenes, "all", lesson files, or entries of them as in ``lesson.toml#start``.
    given
        Parameters from the command line.
    kind
        Whether scenes are meant or figures.
    progress
        Is told how many entries of a lesson file are checked, and how many there are.

    Raises
    ------
    UsageError
        For a name that does not exist, and for each fault of a lesson file.
    """
    out: list[Target] = []
    for word in words:
        file = split(word)
        if file is None:
            found = find_all([word], drawn=kind == "figures")
            out += [Target(entry.name, entry.scene, given) for entry in found]
        else:
            out += _entries(*file, given, kind, progress)
    # The same twice would be drawn twice.
    return list({repr((one.scene, one.parameters, one.name)): one for one in out}.values())


def _entries(
    path: Path,
    name: str,
    given: Mapping[str, Any],
    kind: Kind,
    progress: Callable[[int, int], None] | None,
) -> list[Target]:
    lesson = load(path)
    parts = chosen(lesson, name, kind)
    if not name and set(given) - SHARED:
        name = next(name for name in given if name not in SHARED)
        raise UsageError(
            f"--set {name}: allowed: with one entry of the file, as in {path.name}#{parts[0].label}"
        )
    made = [_target(part, given, lesson.language or "en") for part in parts]
    tried(
        lesson,
        [(part, one.scene, one.parameters) for part, one in zip(parts, made, strict=True)],
        progress,
    )
    return made


def chosen(lesson: Lesson, name: str, kind: Kind) -> Sequence[Part]:
    """Return one entry of a lesson by its name, or all if there is no name."""
    if name:
        return [lesson.part(name, kind)]
    parts: Sequence[Part] = getattr(lesson, kind)
    if not parts:
        raise lesson.refusal((), f"there is no [[{kind}]] in it")
    return parts


def _target(part: Part, given: Mapping[str, Any], language: str) -> Target:
    """Return an entry with what the command line says over it."""
    parameters = {**part.parameters, **given}
    if part.name:
        stem = file_stem(part.scene, given, name=part.name, base=part.parameters)
    else:
        stem = file_stem(part.scene, parameters)
    return Target(part.label, part.scene, parameters, stem, language)
