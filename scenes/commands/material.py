"""Commands that make course material: publish, film, slides."""

from __future__ import annotations

import argparse

from scenes.commands.common import Told, asked, found_targets, settings, workers

UNTITLED = "Gradient descent"
"""The title of a course that has none."""


def publish(options: argparse.Namespace) -> None:
    """Write a site, or the archive of one."""
    from scenes.export.unchanged import is_done, note_done, wish

    folder = options.output
    wished = wish("publish", options.scene, asked(options))
    if not options.lms and is_done(folder, wished):
        print(folder / "index.html")
        return

    from scenes.export.crew import Crew
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
    with Crew(workers(options)) as crew, Progress("publishing") as progress:
        if options.lms:
            print(package(work, options.lms, progress=progress.named, crew=crew))
            return
        print(publish(work, folder, progress=progress.named, crew=crew))
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
        print(file)
        return

    from scenes.export.crew import Crew
    from scenes.export.film import film
    from scenes.export.progress import Progress

    told, found = Told.of(options), found_targets(options.scene, settings(options))
    with Crew(workers(options)) as crew, Progress("film") as progress:
        _, made = film(
            found,
            file,
            told.title or UNTITLED,
            quality=options.quality,
            cards=not options.no_cards,
            language=told.language,
            progress=progress.named,
            crew=crew,
        )
    note_done(file.parent, wished, made, note)
    print(file)


def slides(options: argparse.Namespace) -> None:
    """Write a deck of slides."""
    from scenes.export.crew import Crew
    from scenes.export.progress import Progress
    from scenes.export.render import RenderJob, render
    from scenes.export.slides import pages, slides

    told, found = Told.of(options), found_targets(options.scene, settings(options))
    stem = told.stem or f"{found[0].stem}{'-and-more' * (len(found) > 1)}"
    file = options.output / f"{stem}-slides.{options.to}"
    with Crew(workers(options)) as crew, Progress("slides", "clips") as progress:
        if options.to == "pdf":
            print(pages(found, file, told.title, progress.show))
            return
        videos = [
            render(
                RenderJob.of(target, options.quality),
                options.output,
                progress=progress.named(target.label, "frames"),
                crew=crew,
            )
            for target in found
        ]
        title, tell = told.title or found[0].label, progress.named("slides", "clips")
        print(slides(videos, file, title, told.language, tell))
