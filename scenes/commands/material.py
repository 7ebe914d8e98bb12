"""Commands that make course material: publish, film, slides."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from scenes.commands.common import Told, asked, found_targets, scheduler_of, settings
from scenes.export.events import tell_files

if TYPE_CHECKING:
    from scenes.export.progress import Progress
    from scenes.export.scheduler import Done

UNTITLED = "Gradient descent"
"""The title of a course that has none."""


def publish(options: argparse.Namespace) -> None:
    """Write a site, or the archive of one."""
    from scenes.export.unchanged import is_done, note_done, wish

    folder = options.output
    wished = wish("publish", options.scene, asked(options))
    if not options.lms and is_done(folder, wished):
        tell_files([folder / "index.html"], as_json=options.json)
        return

    from scenes.export.pages import Course
    from scenes.export.progress import Progress
    from scenes.export.publish import Publication, package, publish
    from scenes.export.transcode import megabytes
    from scenes.parameters import UsageError

    if options.webm and options.max_mb is not None:
        raise UsageError("--webm: allowed: without --max-mb, which makes mp4 videos smaller")
    most = None if options.max_mb is None else megabytes(options.max_mb)
    told, found = Told.of(options), found_targets(options.scene, settings(options))
    course = Course(told.title or UNTITLED, told.author, told.language, options.url)
    work = Publication(
        course,
        found,
        options.videos,
        options.quality,
        options.webm,
        most,
    )
    with scheduler_of(options) as scheduler, Progress("site", as_json=options.json) as progress:
        told_of = videos_of(progress, [one.label for one in found], 1 + options.webm)
        how: dict[str, Any] = {
            "progress": told_of,
            "scheduler": scheduler,
            "shared": options.shared,
        }
        made = package(work, options.lms, **how) if options.lms else publish(work, folder, **how)
    tell_files([made], as_json=options.json)
    if not options.lms:
        note_done(folder, wished, work.made)


def film(options: argparse.Namespace) -> None:
    """Join scenes to a film."""
    from scenes.export.unchanged import is_done, note_done, wish
    from scenes.parameters import UsageError

    file = options.output
    if file.suffix != ".mp4":
        raise UsageError(f"-o {file}: allowed: a file, as in -o output/film.mp4")
    note, wished = f".{file.name}.made.json", wish("film", options.scene, asked(options))
    if is_done(file.parent, wished, note):
        tell_files([file], as_json=options.json)
        return

    from scenes.export.film import film
    from scenes.export.progress import Progress

    told, found = Told.of(options), found_targets(options.scene, settings(options))
    with scheduler_of(options) as scheduler, Progress("film", as_json=options.json) as progress:
        _, made = film(
            found,
            file,
            told.title or UNTITLED,
            quality=options.quality,
            cards=not options.no_cards,
            language=told.language,
            progress=videos_of(progress, [one.label for one in found]),
            scheduler=scheduler,
            shared=options.shared,
        )
    note_done(file.parent, wished, made, note)
    tell_files([file], as_json=options.json)


def batch(options: argparse.Namespace) -> int:
    """Render a video for each row of a table."""
    from scenes.export.batch import Report, render_rows, rows
    from scenes.export.events import emit
    from scenes.export.progress import Progress

    given, table = settings(options), rows(options.table)
    report = Report(options.output / f"{options.table.stem}-report.csv")
    with (
        scheduler_of(options) as scheduler,
        Progress("batch", "rows", as_json=options.json) as progress,
    ):
        scheduler.warm()
        look = {"quality": options.quality, "format": options.format, "shared": options.shared}
        try:
            for outcome in render_rows(table, options.output, scheduler, given=given, **look):
                report.add(outcome)
                progress.show(len(report.outcomes), len(table))
                if options.json:
                    told = {"file": outcome.file, "message": outcome.message}
                    emit("row", line=outcome.row.line, status=outcome.status, **told)
        finally:
            # Also where somebody stops it: the next time goes on from there.
            if report.outcomes:
                report.write()
    failed = report.count("failed")
    if failed:
        print(f"gd: {failed} of {len(table)} rows failed; the report says why", file=sys.stderr)
    tell_files([report.path], as_json=options.json)
    return 1 if failed else 0


def slides(options: argparse.Namespace) -> None:
    """Write a deck of slides."""
    from scenes.export.job import RenderJob
    from scenes.export.progress import Progress
    from scenes.export.render import render_all
    from scenes.export.slides import pages, slides

    told, found = Told.of(options), found_targets(options.scene, settings(options))
    stem = told.stem or f"{found[0].stem}{'-and-more' * (len(found) > 1)}"
    file = options.output / f"{stem}-slides.{options.to}"
    with Progress("slides", "clips", as_json=options.json) as progress:
        if options.to == "pdf":
            made = pages(found, file, told.title, progress.show)
        else:
            with scheduler_of(options) as scheduler:
                videos = render_all(
                    [RenderJob.of(target, options.quality) for target in found],
                    options.output,
                    progress=videos_of(progress, [one.label for one in found]),
                    scheduler=scheduler,
                    shared=options.shared,
                )
                rendered = list(videos)
            title, tell = told.title or found[0].label, progress.named("slides", "clips")
            made = slides(rendered, file, title, told.language, tell)
    tell_files([made], as_json=options.json)


def videos_of(
    progress: Progress, labels: Sequence[str], formats: int = 1
) -> Callable[[int], Callable[[Done, int], None]]:
    """Return what says of a video by its number how far it is, where each label has so many."""
    return lambda number: progress.video(labels[number // formats], len(labels) * formats)
