"""Commands that tell something: list, show, new, trace, doctor, cache."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.commands.common import pairs, settings, table, tried_targets

if TYPE_CHECKING:
    from scenes.export.cache import Segment


def list_scenes(options: argparse.Namespace) -> None:
    """Print the scenes and figures."""
    from scenes.export.catalogue import catalogue, figures

    rows = [
        (entry.name, entry.summary, entry.file, f"{entry.scene.seconds or ''}")
        for entry in (*catalogue().values(), *figures().values())
    ]
    table(("scene", "what it shows", "file", "seconds"), rows)


def show(options: argparse.Namespace) -> None:
    """Print the parameters and beats of a scene, or what is in a lesson file."""
    from scenes.course.targets import kind_of, split, targets
    from scenes.export.catalogue import Entry
    from scenes.export.describe import beats, parameters

    file = split(options.scene)
    if file is not None and not file[1]:
        show_file(options)
        return
    found = targets([options.scene], settings(options), kind=kind_of(options.scene))
    for target in found:
        entry, given = Entry(target.scene.__name__, target.scene), target.parameters
        # Both first: a mistake is said alone, not under half a description.
        allowed, told = parameters(entry.scene, given), beats(entry.scene, given)
        print(f"{entry.name} ({entry.file}): {entry.summary}\n")
        table(("parameter", "value", "allowed"), allowed)
        print()
        table(("from", "to", "still", "caption"), told)
        if target is not found[-1]:
            print()


def show_file(options: argparse.Namespace) -> None:
    """Print what is in a lesson file."""
    from scenes.course.describe import about, rows
    from scenes.course.load import load

    lesson, given = load(Path(options.scene)), settings(options)
    if lesson.scenes:
        tried_targets([options.scene], given)
    if lesson.figures:
        tried_targets([options.scene], given, "figures")
    print(f"{about(lesson)}\n")
    table(("line", "name", "scene", "parameters"), rows(lesson))


def new(options: argparse.Namespace) -> None:
    """Write a lesson file to begin with."""
    from scenes.course.example import write_example

    print(write_example(options.file))


def trace(options: argparse.Namespace) -> None:
    """Print the steps of a run, and write them to files."""
    from scenes.export.tracing import rows, run

    given = pairs(options.set)
    if options.learning_rate is not None:
        given["learning_rate"] = options.learning_rate
    trace = run(options.objective, options.start, options.optimizer, given, options.steps)
    heading, body = rows(trace)
    table(heading, body)
    print(f"\n{trace.stop.sentence}")
    for path, write in ((options.csv, trace.to_csv), (options.json, trace.to_json)):
        if path is not None:
            _written(path, write)


def _written(path: Path, write: Any) -> None:
    from scenes.parameters import UsageError

    try:
        write(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    print(path)


def doctor(options: argparse.Namespace) -> int:
    """Print what is installed and what is missing."""
    from scenes.export.doctor import checks

    rows = checks()
    table(("what", "found", "what mends it"), [row[1:] for row in rows])
    return 0 if all(row[0] for row in rows) else 1


def cache(options: argparse.Namespace) -> None:
    """Tell what is in the cache of an output folder, make room in it, or check it."""
    from scenes.export.cache import LIMIT, prune, stock, verify
    from scenes.export.unchanged import CACHE

    folder = options.output / CACHE
    limit = LIMIT if options.max_gb is None else gigabytes(options.max_gb)
    if options.what == "prune":
        gone = prune(folder, limit)
        print(f"{told(gone)} removed, {told(stock(folder))} kept")
    elif options.what == "verify":
        damaged = verify(folder)
        print(f"{told(damaged)} damaged and removed, {told(stock(folder))} as they were made")
    else:
        found = stock(folder)
        unused = f", the longest unused since {day(found[0].used)}" if found else ""
        print(f"{folder}: {told(found)}{unused}; at most {limit / 1e9:g} GB are kept")


def told(segments: Sequence[Segment]) -> str:
    """Return how many segments there are, and how large they are together."""
    size = sum(segment.bytes for segment in segments)
    return f"{len(segments)} segment{'' if len(segments) == 1 else 's'} ({size / 1e6:.1f} MB)"


def day(seconds: float) -> str:
    """Return the day of a time."""
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def gigabytes(text: str) -> float:
    """Return the bytes of a size that somebody wrote."""
    from scenes.parameters import UsageError

    try:
        size = float(text)
    except ValueError:
        size = -1.0
    if not 0 <= size <= 1e6:
        raise UsageError(f"max-gb = {text}: allowed: a number of gigabytes from 0 on, such as 2.5")
    return size * 1e9
