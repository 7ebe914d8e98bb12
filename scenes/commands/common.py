"""What commands have in common: reading options, naming scenes, printing tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenes.course.load import Kind
    from scenes.course.targets import Target
    from scenes.export.scheduler import Scheduler

MOST_WORKERS = 64

# Nothing here imports manim at once: a wrong option is answered without waiting for it.


def settings(options: argparse.Namespace) -> dict[str, str]:
    """Return the parameters given on the command line."""
    given = pairs(options.set)
    for name in ("theme", "aspect", "captions", "pace"):
        if getattr(options, name) is not None:
            given[name] = getattr(options, name)
    return given


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """Return the names and values of --set."""
    from scenes.parameters import UsageError

    out: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--set {text}: allowed: NAME=VALUE, as in learning_rate=0.7")
        out[name.strip().replace("-", "_")] = value.strip()
    return out


def tried_targets(
    words: Sequence[str], given: Mapping[str, Any], kind: Kind = "scenes"
) -> list[Target]:
    """Return what is named, after a trial of what stands in lesson files."""
    from scenes.course.targets import targets
    from scenes.export.progress import Progress

    with Progress("checking", "scenes") as progress:
        return targets(words, given, kind=kind, progress=progress.show)


def found_targets(
    words: Sequence[str], given: Mapping[str, Any], kind: Kind = "scenes"
) -> list[Target]:
    """Return what is to be drawn, with a warning of themes that are hard to read."""
    found = tried_targets(words, given, kind)
    for theme in sorted({one.scene.resolve(one.parameters)["theme"] for one in found}, key=str):
        for warning in theme.warnings():
            print(f"gd: warning: theme {theme.name}: {warning}", file=sys.stderr)
    return found


def lesson_of(words: Sequence[str]) -> Any:
    """Return the lesson file that is the only thing named, or None."""
    from scenes.course.load import load
    from scenes.course.targets import split

    files = [file[0] for word in words if (file := split(word))]
    return load(files[0]) if len(words) == 1 and files else None


@dataclass(frozen=True)
class Told:
    """What is told of a course, a film, a deck or a handout, by the options and the lesson file.

    Attributes
    ----------
    title
        The title, or nothing.
    author
        The author, or nothing.
    language
        As in HTML.
    stem
        What its file is called where nobody says, or nothing.
    """

    title: str
    author: str
    language: str
    stem: str

    @classmethod
    def of(cls, options: argparse.Namespace) -> Told:
        """Return what the options of a command tell."""
        lesson = lesson_of(options.scene)
        if lesson is None:
            return cls(options.title, "", "en", "")
        title = options.title or lesson.title
        return cls(title, lesson.author, lesson.language or "en", lesson.path.stem)


NO_WISH = {"run", "scene", "workers", "cluster", "shared", "json"}
"""What changes nothing in what is made: how a command is called, who draws, how it is told."""


def asked(options: argparse.Namespace) -> dict[str, Any]:
    """Return what the options of a command ask for."""
    return {name: value for name, value in vars(options).items() if name not in NO_WISH}


def workers(options: argparse.Namespace) -> int | None:
    """Return how many processes may draw, or None where nobody says."""
    from scenes.parameters import UsageError

    if options.workers is None:
        return None
    count = whole("workers", options.workers)
    if not 1 <= count <= MOST_WORKERS:
        raise UsageError(f"workers = {count}: allowed: 1 to {MOST_WORKERS}")
    return count


def scheduler_of(options: argparse.Namespace) -> Scheduler:
    """Return who draws: processes of this machine, or the workers of a cluster."""
    from scenes.parameters import UsageError

    count = workers(options)
    if options.cluster is None:
        if options.shared is not None:
            raise UsageError("--shared: allowed: with --cluster")
        from scenes.export.crew import Crew

        return Crew(count)
    from scenes.export.farm import Farm

    return Farm(options.cluster, count)


def whole(name: str, text: str) -> int:
    """Return a whole number that somebody wrote."""
    from scenes.parameters import UsageError

    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{name} = {text}: allowed: a whole number") from None


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: columns as wide as their text, the last one as it comes."""
    widths = [
        max(len(str(row[column])) for row in (heading, *rows)) for column in range(len(heading))
    ]
    lines = [heading, ["─" * width for width in widths], *rows]
    for row in lines:
        cells = (str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
