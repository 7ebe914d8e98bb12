"""A lesson file, checked: all its faults at once, or its scenes and figures with parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from scenes.base import DescentScene
from scenes.course.faults import Fault, Key, harmless, refusal, written
from scenes.course.lines import Lines
from scenes.course.parameters import faults_of, scene_faults, theme_fault, themed
from scenes.course.reading import read
from scenes.course.schema import (
    Entry,
    FigureEntry,
    NotationTable,
    SceneEntry,
    check,
    nearest,
)
from scenes.export.catalogue import find, find_figure
from scenes.export.naming import file_stem, kebab
from scenes.parameters import UsageError

Kind = Literal["scenes", "figures"]


@dataclass(frozen=True)
class Part:
    """A scene or a figure of a lesson file.

    Attributes
    ----------
    key
        Where it stands in the file.
    scene
        Its class.
    asked
        The class's name, as in the file.
    name
        What its files are called, if the file says so.
    parameters
        What replaces the class's own.
    """

    key: Key
    scene: type[DescentScene]
    asked: str
    name: str
    parameters: Mapping[str, Any]

    @property
    def stem(self) -> str:
        """The name of its files."""
        return self.name or file_stem(self.scene, self.parameters)

    @property
    def label(self) -> str:
        """What it is called after `#`."""
        return self.name or kebab(self.asked)


@dataclass(frozen=True)
class Lesson:
    """A lesson file in which nothing is wrong.

    Attributes
    ----------
    path
        The file.
    title, author, language
        What it says about itself.
    scenes, figures
        What is shown, in the file's order.
    lines
        Where what stands.
    """

    path: Path
    title: str
    author: str
    language: str
    scenes: tuple[Part, ...]
    figures: tuple[Part, ...]
    lines: Lines

    def part(self, name: str, kind: Kind = "scenes") -> Part:
        """Return a scene, or a figure, by its name in the file.

        Parameters
        ----------
        name
            The entry's own name, or its scene's where that stands there once.
        kind
            Whether a scene is meant or a figure.

        Raises
        ------
        UsageError
            If there is none, or more than one.
        """
        parts: tuple[Part, ...] = getattr(self, kind)
        own = [part for part in parts if part.name == name]
        found = own or [part for part in parts if kebab(part.asked) == kebab(name)]
        if not found:
            labels = list(dict.fromkeys(part.label for part in parts))
            near = nearest(name, labels)
            hint = f"did you mean {near}?" if near else f"allowed: {', '.join(labels) or 'none'}"
            raise self.refusal((), f"{name}: there is no such entry in [[{kind}]]; {hint}")
        if len(found) > 1:
            raise self.ambiguous(name, found)
        return found[0]

    def ambiguous(self, name: str, found: list[Part]) -> UsageError:
        """Return the error for a scene that stands in the file more than once."""
        at = " and ".join(str(self.lines.of(part.key)) for part in found)
        named = [f"{self.path.name}#{part.name}" for part in found if part.name]
        hint = f"allowed: {', '.join(named)}" if named else "give each a name"
        return self.refusal((), f"{name} stands there {len(found)} times, in lines {at}; {hint}")

    def refusal(self, key: Key, words: str) -> UsageError:
        """Return an error about one place of the file, or about all of it."""
        if not key:
            return UsageError(harmless(f"{self.path}: {words}"))
        return refusal(self.path, [(self.lines.of(key), words)])


def load(path: Path, more: Mapping[str, type[DescentScene]] | None = None) -> Lesson:
    """Read and check a lesson file.

    Parameters
    ----------
    path
        The file.
    more
        Scenes that the file may name beside those of the project.

    Raises
    ------
    UsageError
        With a line for each fault: file, line, key, value, and what is allowed.
    """
    data, lines = read(path)
    return checked(path, data, lines, more or {})


def checked(
    path: Path, data: dict[str, Any], lines: Lines, more: Mapping[str, type[DescentScene]]
) -> Lesson:
    """Return the lesson that a file's data are."""
    table, faults = check(data)
    known = {fault.key for fault in faults}
    reader = _Reader(path, data, known, more)
    scenes, figures = list(reader.parts("scenes")), list(reader.parts("figures"))
    faults += reader.faults
    parts = [*scenes, *figures]
    faults += _same_files(parts, lines, {fault.key[:2] for fault in faults})
    if not faults and not parts:
        faults.append(Fault((), 'nothing to show; allowed: [[scenes]] and scene = "OneStep"'))
    if faults or table is None:
        raise refusal(path, [(lines.of(fault.key), _told(fault)) for fault in faults])
    about = table.title, table.author, table.language
    return Lesson(path, *about, tuple(scenes), tuple(figures), lines)


def _told(fault: Fault) -> str:
    key = written(fault.key)
    return (
        f"{key}{fault.words}"
        if fault.words.startswith(" = ") or not key
        else (f"{key}: {fault.words}")
    )


def _same_files(parts: list[Part], lines: Lines, faulty: set[Key]) -> Iterator[Fault]:
    """Find parts whose files would have the same name."""
    taken: dict[str, Part] = {}
    for part in parts:
        if part.key in faulty and not part.name:
            continue
        first = taken.setdefault(part.stem, part)
        if first is part:
            continue
        place = f"{written(first.key)} in line {lines.of(first.key)}"
        words = f"allowed: names that differ; {place} has files of that name too"
        if part.name:
            yield Fault((*part.key, "name"), f" = {part.name}: {words}")
        else:
            hint = f'give one of them a name, as in name = "{kebab(part.asked)}-2"'
            yield Fault(part.key, f"the same as {place}; {hint}")


class _Reader:
    """Reads the entries of a file, also where something else is wrong in it."""

    def __init__(
        self,
        path: Path,
        data: dict[str, Any],
        known: set[Key],
        more: Mapping[str, type[DescentScene]],
    ) -> None:
        self.faults: list[Fault] = []
        self._data, self._known, self._more = data, known, more
        self._folder = path.parent
        self._shared = {
            name: data[name]
            for name in ("theme", "aspect", "captions")
            if name in data and (name,) not in known
        }
        fault = theme_fault(self._folder, ("theme",), self._shared.get("theme"))
        if fault:
            self.faults.append(fault)
            del self._shared["theme"]
        self._notation = self._notation_of(data, ())

    def _notation_of(self, table: Mapping[str, Any], key: Key) -> dict[str, str]:
        value = table.get("notation")
        if not isinstance(value, dict) or self._is_known((*key, "notation")):
            return {}
        return NotationTable.model_validate(value).given()

    def _is_known(self, key: Key) -> bool:
        """Whether something is wrong at a key, or in it."""
        return any(fault[: len(key)] == key for fault in self._known)

    def parts(self, kind: Kind) -> Iterator[Part]:
        """Read the scenes, or the figures."""
        entries = self._data.get(kind)
        if not isinstance(entries, list) or (kind,) in self._known:
            return
        for index, entry in enumerate(entries):
            if isinstance(entry, dict):
                part = self._part(kind, (kind, index), entry)
                if part is not None:
                    yield part

    def _part(self, kind: Kind, key: Key, entry: dict[str, Any]) -> Part | None:
        model: type[Entry] = SceneEntry if kind == "scenes" else FigureEntry
        field = kind.removesuffix("s")
        asked = entry.get(field)
        if asked is None and (near := nearest(field, entry)):
            self.faults.append(Fault((*key, near), f"there is no such key; did you mean {field}?"))
        if not isinstance(asked, str) or (*key, field) in self._known:
            return None
        try:
            scene = self._scene(kind, asked)
        except UsageError as error:
            self.faults.append(Fault((*key, field), f" = {error}"))
            return None
        own = {name: value for name, value in entry.items() if name not in model.model_fields}
        faults = list(faults_of(scene, own, key, model.model_fields, self._is_known))
        fault = theme_fault(self._folder, (*key, "theme"), entry.get("theme"))
        if fault and not self._is_known(fault.key):
            faults.append(fault)
        given = own if faults or self._is_known(key) else self._given(kind, key, entry, own)
        if not faults and not self._is_known(key):
            faults += scene_faults(scene, given, key)
        self.faults += faults
        name = entry.get("name", "") if not self._is_known((*key, "name")) else ""
        return Part(key, scene, asked, name, given)

    def _scene(self, kind: Kind, asked: str) -> type[DescentScene]:
        if asked in self._more:
            return self._more[asked]
        return (find if kind == "scenes" else find_figure)(asked).scene

    def _given(
        self, kind: Kind, key: Key, entry: dict[str, Any], own: dict[str, Any]
    ) -> dict[str, Any]:
        """Return all parameters: the entry's own, then what the whole file says."""
        given = dict(own)
        for name, value in self._shared.items():
            # A figure has no captions, and its shape is the width's.
            if kind == "scenes" or name == "theme":
                given.setdefault(name, value)
        given |= {name: entry[name] for name in ("title", "theme") if name in entry}
        if "theme" in given:
            given["theme"] = themed(self._folder, given["theme"])
        notation = {**self._notation, **self._notation_of(entry, key)}
        if notation:
            given["notation"] = " ".join(f"{name}={value}" for name, value in notation.items())
        if entry.get("wording"):
            given["wording"] = entry["wording"]
        return given
