"""Commands that draw: render, sheet, stills, figure, handout."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.commands.common import found_targets, lesson_of, settings, whole

if TYPE_CHECKING:
    from scenes.course.targets import Target


def render(options: argparse.Namespace) -> None:
    """Render scenes as videos, and what else is asked for of them."""
    from scenes.export.progress import Progress
    from scenes.export.render import RenderJob, render

    _check_render(options)
    found = found_targets([options.scene], settings(options))
    moving = options.format in ("gif", "webp")
    for target in found:
        _check_beats(options, target)
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
    from scenes.export.moving import beats_of
    from scenes.export.transcode import megabytes
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


def _check_beats(options: argparse.Namespace, target: Target) -> None:
    """Raise `UsageError` for a beat or a still that a scene has not, before it is rendered."""
    if not (options.beats or options.poster):
        return
    from scenes.export.moving import beats_of, numbered
    from scenes.export.stills import rehearse
    from scenes.export.transcode import pictured

    stills = [beat.still for beat in rehearse(target.scene, target.parameters).beats]
    numbered(stills, beats_of(options.beats) if options.beats else None)
    pictured(stills, options.poster or "")


def _also(options: argparse.Namespace, path: Path, progress: Any) -> Iterator[Path]:
    """Make of a video what else is asked for."""
    from scenes.export.captions import write_beside
    from scenes.export.moving import animate, beats_of
    from scenes.export.transcode import megabytes, poster, shrink
    from scenes.manifest import read

    if options.format in ("gif", "webp"):
        beats = beats_of(options.beats) if options.beats else None
        part = f"-beats-{options.beats.strip()}" if options.beats else ""
        target = path.with_name(f"{path.stem}{part}.{options.format}")
        yield animate(path, target, beats, progress.named(f"{path.stem}.{options.format}"))
    if options.max_mb is not None:
        most = megabytes(options.max_mb)
        target = path.with_name(f"{path.stem}-{options.max_mb}mb.mp4")
        yield shrink(path, target, most, progress.named(target.name))
    if options.poster is not None:
        yield poster(path, path.with_suffix(".png"), options.poster)
    yield from write_beside(read(path), path)


def sheet(options: argparse.Namespace) -> None:
    """Draw contact sheets."""
    from scenes.export.sheet import contact_sheet

    for target in found_targets([options.scene], settings(options)):
        print(
            contact_sheet(target.scene, target.parameters, options.output, name=target.name),
            flush=True,
        )


def stills(options: argparse.Namespace) -> None:
    """Draw stills."""
    from scenes.export.stillfiles import StillJob, export
    from scenes.parameters import UsageError

    width, only = whole("width", options.width), tuple(options.only)
    hide = tuple(name.strip() for text in options.hide for name in text.split(",") if name.strip())
    look = "pdf" if options.build else options.format, width, options.transparent, only
    found = found_targets(options.scene, settings(options))
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


def figure(options: argparse.Namespace) -> None:
    """Draw figures."""
    from scenes.export.figurefiles import FigureJob, export

    given, dpi = settings(options), whole("dpi", options.dpi)
    if options.width is not None:
        given["width"] = options.width
    found = found_targets(options.scene, given, "figures")
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


def handout(options: argparse.Namespace) -> None:
    """Lay out a handout."""
    from scenes.export.handout import Handout, Part, export, name_of
    from scenes.export.progress import Progress

    lesson = lesson_of(options.scene)
    found = found_targets(options.scene, settings(options))
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
