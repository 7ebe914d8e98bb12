"""Commands that make course material: publish, film, slides."""

from __future__ import annotations

import argparse

from scenes.commands.common import asked, found_targets, lesson_of, settings


def publish(options: argparse.Namespace) -> None:
    """Write a site, or the archive of one."""
    from scenes.export.unchanged import is_done, note_done, wish

    folder = options.output
    wished = wish("publish", options.scene, asked(options))
    if not options.lms and is_done(folder, wished):
        print(folder / "index.html")
        return

    from scenes.export.pages import Course
    from scenes.export.progress import Progress
    from scenes.export.publish import Publication, package, publish
    from scenes.export.transcode import megabytes

    lesson = lesson_of(options.scene)
    found = found_targets(options.scene, settings(options))
    course = Course(
        options.title or (lesson.title if lesson else "") or "Gradient descent",
        lesson.author if lesson else "",
        (lesson.language if lesson else "") or "en",
        options.url,
    )
    work = Publication(
        course,
        found,
        options.videos,
        options.quality,
        options.webm,
        None if options.max_mb is None else megabytes(options.max_mb),
    )
    if options.lms:
        print(package(work, options.lms))
        return
    with Progress("publishing") as progress:
        print(publish(work, folder, progress=progress.named))
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

    from scenes.export.film import film
    from scenes.export.progress import Progress

    lesson, found = lesson_of(options.scene), found_targets(options.scene, settings(options))
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


def slides(options: argparse.Namespace) -> None:
    """Write a deck of slides."""
    from scenes.export.progress import Progress
    from scenes.export.render import RenderJob, render
    from scenes.export.slides import pages, slides

    lesson, found = lesson_of(options.scene), found_targets(options.scene, settings(options))
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
