"""The `gd` command: thin; what it does is in `scenes.export`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.options import parser

if TYPE_CHECKING:
    from scenes.course.load import Kind
    from scenes.course.targets import Target

# Nothing here imports manim: `gd trace` and a wrong option answer at once.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 2 for a mistake of the user's."""
    options = parser(COMMANDS).parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except ValueError as error:
        if not _is_usage_error(error):
            raise
        print(f"gd: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # As in `gd list | head`: whoever reads has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("gd: stopped; what was rendered so far is kept for the next time", file=sys.stderr)
        return 130


def _is_usage_error(error: ValueError) -> bool:
    from gdcore import ExpressionError, ParameterError

    return type(error).__name__ == "UsageError" or isinstance(
        error, ParameterError | ExpressionError
    )


def _settings(options: argparse.Namespace) -> dict[str, str]:
    """Return the parameters given on the command line."""
    given = _pairs(options.set)
    for name in ("theme", "aspect", "captions", "pace"):
        if getattr(options, name) is not None:
            given[name] = getattr(options, name)
    return given


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    from scenes.parameters import UsageError

    out: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--set {text}: allowed: NAME=VALUE, as in learning_rate=0.7")
        out[name.strip().replace("-", "_")] = value.strip()
    return out


# -- commands ------------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> None:
    from scenes.export.catalogue import catalogue, figures

    rows = [
        (entry.name, entry.summary, entry.file, f"{entry.scene.seconds or ''}")
        for entry in (*catalogue().values(), *figures().values())
    ]
    _table(("scene", "what it shows", "file", "seconds"), rows)


def _show(options: argparse.Namespace) -> None:
    from scenes.course.targets import kind_of, split, targets
    from scenes.export.catalogue import Entry
    from scenes.export.describe import beats, parameters

    file = split(options.scene)
    if file is not None and not file[1]:
        _show_file(options)
        return
    found = targets([options.scene], _settings(options), kind=kind_of(options.scene))
    for target in found:
        entry, given = Entry(target.scene.__name__, target.scene), target.parameters
        # Both first: a mistake is said alone, not under half a description.
        allowed, told = parameters(entry.scene, given), beats(entry.scene, given)
        print(f"{entry.name} ({entry.file}): {entry.summary}\n")
        _table(("parameter", "value", "allowed"), allowed)
        print()
        _table(("from", "to", "still", "caption"), told)
        if target is not found[-1]:
            print()


def _show_file(options: argparse.Namespace) -> None:
    from scenes.course.describe import about, rows
    from scenes.course.load import load

    lesson, given = load(Path(options.scene)), _settings(options)
    if lesson.scenes:
        _tried([options.scene], given)
    if lesson.figures:
        _tried([options.scene], given, "figures")
    print(f"{about(lesson)}\n")
    _table(("line", "name", "scene", "parameters"), rows(lesson))


def _tried(words: Sequence[str], given: Mapping[str, Any], kind: Kind = "scenes") -> list[Target]:
    """Return what is named, after a trial of what stands in lesson files."""
    from scenes.course.targets import targets
    from scenes.export.progress import Progress

    with Progress("checking", "scenes") as progress:
        return targets(words, given, kind=kind, progress=progress.show)


def _targets(words: Sequence[str], given: Mapping[str, Any], kind: Kind = "scenes") -> list[Target]:
    """Return what is to be drawn, with a warning of themes that are hard to read."""
    found = _tried(words, given, kind)
    for theme in sorted({one.scene.resolve(one.parameters)["theme"] for one in found}, key=str):
        for warning in theme.warnings():
            print(f"gd: warning: theme {theme.name}: {warning}", file=sys.stderr)
    return found


def _render(options: argparse.Namespace) -> None:
    from scenes.export.progress import Progress
    from scenes.export.render import RenderJob, render

    _check_render(options)
    found = _targets([options.scene], _settings(options))
    moving = options.format in ("gif", "webp")
    for target in found:
        job = RenderJob.of(
            target, options.quality, "mp4" if moving else options.format, options.transparent
        )
        with Progress(target.label) as progress:
            path = render(job, options.output, force=options.force, progress=progress.show)
            made = list(_also(options, path, progress))
        if not moving:
            print(path, flush=True)
        for other in made:
            print(other, flush=True)


def _check_render(options: argparse.Namespace) -> None:
    """Raise `UsageError` for options that do not go together."""
    from scenes.export.transcode import beats_of, megabytes
    from scenes.parameters import UsageError

    if options.beats and options.format not in ("gif", "webp"):
        raise UsageError("--beats: allowed: with --format gif or webp")
    if options.transparent and options.format != "webm":
        raise UsageError("--transparent: allowed: with --format webm")
    if options.max_mb is not None:
        if options.format != "mp4":
            raise UsageError("--max-mb: allowed: with --format mp4")
        megabytes(options.max_mb)
    if options.beats:
        beats_of(options.beats)


def _also(options: argparse.Namespace, path: Path, progress: Any) -> Iterator[Path]:
    """Make of a video what else is asked for."""
    from scenes.export.captions import write_beside
    from scenes.export.manifest import read
    from scenes.export.transcode import animate, beats_of, megabytes, poster, shrink

    if options.format in ("gif", "webp"):
        beats = beats_of(options.beats) if options.beats else None
        part = f"-beats-{options.beats}" if options.beats else ""
        target = path.with_name(f"{path.stem}{part}.{options.format}")
        yield animate(path, target, beats, progress.named(f"{path.stem}.{options.format}"))
    if options.max_mb is not None:
        most = megabytes(options.max_mb)
        target = path.with_name(f"{path.stem}-{options.max_mb}mb.mp4")
        yield shrink(path, target, most, progress.named(target.name))
    if options.poster is not None:
        yield poster(path, path.with_suffix(".png"), options.poster)
    yield from write_beside(read(path), path)


def _sheet(options: argparse.Namespace) -> None:
    from scenes.export.sheet import contact_sheet

    for target in _targets([options.scene], _settings(options)):
        print(
            contact_sheet(target.scene, target.parameters, options.output, name=target.name),
            flush=True,
        )


def _stills(options: argparse.Namespace) -> None:
    from scenes.export.stillfiles import StillJob, export
    from scenes.parameters import UsageError

    width, only = _whole("width", options.width), tuple(options.only)
    hide = tuple(name.strip() for text in options.hide for name in text.split(",") if name.strip())
    look = "pdf" if options.build else options.format, width, options.transparent, only
    found = _targets(options.scene, _settings(options))
    jobs = [
        StillJob(
            target.scene,
            tuple(target.parameters.items()),
            *look,
            bare=options.bare,
            build=options.build,
            hide=hide,
            name=target.name,
        )
        for target in found
    ]
    if options.only and len(jobs) > 1:
        raise UsageError("--only: allowed: with one scene")
    _draw(export, jobs, options.output, "stills")


def _figure(options: argparse.Namespace) -> None:
    from scenes.export.figurefiles import FigureJob, export

    given, dpi = _settings(options), _whole("dpi", options.dpi)
    if options.width is not None:
        given["width"] = options.width
    found = _targets(options.scene, given, "figures")
    look = options.format, dpi, options.transparent
    jobs = [
        FigureJob(target.scene, tuple(target.parameters.items()), *look, target.name)
        for target in found
    ]
    _draw(export, jobs, options.output, "figures")


def _draw(export: Any, jobs: Sequence[Any], folder: Path, unit: str) -> None:
    """Draw jobs side by side and print the files in order."""
    from scenes.export.pool import each
    from scenes.export.progress import Progress

    for job in jobs:
        job.check()
    paths: list[Path] = []
    with Progress(unit, "scenes" if unit == "stills" else unit) as progress:
        for done, (_, files) in enumerate(each(export, jobs, folder), 1):
            paths += files
            progress.show(done, len(jobs))
    for path in sorted(paths):
        print(path)


def _handout(options: argparse.Namespace) -> None:
    from scenes.export.handout import Handout, Part, export, name_of
    from scenes.export.progress import Progress

    lesson = _lesson(options.scene)
    found = _targets(options.scene, _settings(options))
    parts = tuple(Part(one.scene, tuple(one.parameters.items())) for one in found)
    handout = Handout(
        parts,
        name_of(parts, lesson.path.stem if lesson else found[0].name),
        title=options.title or (lesson.title if lesson else ""),
        author=lesson.author if lesson else "",
        language=(lesson.language if lesson else "") or "en",
        paper=options.paper,
        each=int(options.each),
    )
    with Progress("handout", "scenes") as progress:
        path = export(handout, options.output, progress.show)
    print(path)


def _publish(options: argparse.Namespace) -> None:
    from scenes.export.unchanged import is_done, note_done, wish

    folder = options.output
    wished = wish("publish", options.scene, _asked(options))
    if not options.lms and is_done(folder, wished):
        print(folder / "index.html")
        return

    from scenes.export.pages import Course
    from scenes.export.progress import Progress
    from scenes.export.publish import Publication, package, publish

    lesson = _lesson(options.scene)
    found = _targets(options.scene, _settings(options))
    course = Course(
        options.title or (lesson.title if lesson else "") or "Gradient descent",
        lesson.author if lesson else "",
        (lesson.language if lesson else "") or "en",
        options.url,
    )
    work = Publication(course, found, options.videos, options.quality)
    if options.lms:
        print(package(work, options.lms))
        return
    with Progress("publishing") as progress:
        print(publish(work, folder, progress=progress.named))
    note_done(folder, wished, work.made)


def _film(options: argparse.Namespace) -> None:
    from scenes.export.unchanged import is_done, note_done, wish
    from scenes.parameters import UsageError

    file = options.output
    if file.suffix != ".mp4":
        raise UsageError(f"-o {file}: allowed: a file, as in -o output/film.mp4")
    note, wished = f".{file.name}.made.json", wish("film", options.scene, _asked(options))
    if is_done(file.parent, wished, note):
        print(file)
        return

    from scenes.export.film import film
    from scenes.export.progress import Progress

    lesson, found = _lesson(options.scene), _targets(options.scene, _settings(options))
    title = options.title or (lesson.title if lesson else "") or "Gradient descent"
    with Progress("film") as progress:
        _, made = film(
            found,
            file,
            title,
            quality=options.quality,
            cards=not options.no_cards,
            language=(lesson.language if lesson else "") or "en",
            progress=progress.named,
        )
    note_done(file.parent, wished, made, note)
    print(file)


def _asked(options: argparse.Namespace) -> dict[str, Any]:
    """Return the options of a command, without what it is called with."""
    return {name: value for name, value in vars(options).items() if name not in ("run", "scene")}


def _slides(options: argparse.Namespace) -> None:
    from scenes.export.progress import Progress
    from scenes.export.render import RenderJob, render
    from scenes.export.slides import pages, slides

    lesson, found = _lesson(options.scene), _targets(options.scene, _settings(options))
    title = options.title or (lesson.title if lesson else "")
    stem = lesson.path.stem if lesson else f"{found[0].stem}{'-and-more' * (len(found) > 1)}"
    file = options.output / f"{stem}-slides.{options.to}"
    with Progress("slides", "clips") as progress:
        if options.to == "pdf":
            print(pages(found, file, title, progress.show))
            return
        videos = [
            render(RenderJob.of(target, options.quality), options.output, progress=progress.show)
            for target in found
        ]
        language = (lesson.language if lesson else "") or "en"
        print(slides(videos, file, title or found[0].label, language, progress.show))


def _lesson(words: Sequence[str]) -> Any:
    """Return the lesson file that is the only thing named, or None."""
    from scenes.course.load import load
    from scenes.course.targets import split

    files = [file[0] for word in words if (file := split(word))]
    return load(files[0]) if len(words) == 1 and files else None


def _new(options: argparse.Namespace) -> None:
    from scenes.course.example import write_example

    print(write_example(options.file))


def _whole(name: str, text: str) -> int:
    from scenes.parameters import UsageError

    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{name} = {text}: allowed: a whole number") from None


def _trace(options: argparse.Namespace) -> None:
    from scenes.export.tracing import rows, run

    given = _pairs(options.set)
    if options.learning_rate is not None:
        given["learning_rate"] = options.learning_rate
    trace = run(options.objective, options.start, options.optimizer, given, options.steps)
    heading, body = rows(trace)
    _table(heading, body)
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


def _doctor(options: argparse.Namespace) -> int:
    from scenes.export.doctor import checks

    rows = checks()
    _table(("what", "found", "what mends it"), [row[1:] for row in rows])
    return 0 if all(row[0] for row in rows) else 1


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: columns as wide as their text, the last one as it comes."""
    widths = [
        max(len(str(row[column])) for row in (heading, *rows)) for column in range(len(heading))
    ]
    lines = [heading, ["─" * width for width in widths], *rows]
    for row in lines:
        cells = (str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


COMMANDS = {
    "list": _list,
    "show": _show,
    "render": _render,
    "sheet": _sheet,
    "stills": _stills,
    "figure": _figure,
    "handout": _handout,
    "publish": _publish,
    "film": _film,
    "slides": _slides,
    "new": _new,
    "trace": _trace,
    "doctor": _doctor,
}

if __name__ == "__main__":
    sys.exit(main())
