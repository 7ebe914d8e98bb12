"""Commands that draw: render, sheet, stills, figure, handout."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.commands.common import Told, asked, found_targets, scheduler_of, settings, whole

if TYPE_CHECKING:
    from scenes.course.targets import Target
    from scenes.export.drawing import Files
    from scenes.export.moving import Beats
    from scenes.export.progress import Progress


@dataclass(frozen=True)
class Extras:
    """What is made of a video besides itself.

    Attributes
    ----------
    format
        Of the moving picture: `gif` or `webp`, or nothing.
    beats
        The beats that it shows, as they were written, or nothing.
    max_mb
        The size of a smaller video, as it was written, or nothing.
    poster
        The still of the poster, nothing for the last one, or None for no poster.
    """

    format: str
    beats: str
    max_mb: str
    poster: str | None

    @classmethod
    def of(cls, options: argparse.Namespace) -> Extras:
        """Return what the options ask for; raise `UsageError` where they do not go together."""
        from scenes.parameters import UsageError

        moving = options.format in ("gif", "webp")
        if options.beats and not moving:
            raise UsageError("--beats: allowed: with --format gif or webp")
        if options.transparent and options.format != "webm":
            raise UsageError("--transparent: allowed: with --format webm")
        if options.max_mb is not None and options.format != "mp4":
            raise UsageError("--max-mb: allowed: with --format mp4")
        extras = cls(
            options.format if moving else "",
            (options.beats or "").strip(),
            options.max_mb or "",
            options.poster,
        )
        # Read at once: a mistake is told before anything is drawn.
        _ = extras.span, extras.most
        return extras

    @property
    def span(self) -> Beats | None:
        """The beats that are shown."""
        if not self.beats:
            return None
        from scenes.export.moving import beats_of

        return beats_of(self.beats)

    @property
    def most(self) -> float | None:
        """The millions of bytes that the smaller video may have."""
        if not self.max_mb:
            return None
        from scenes.export.transcode import megabytes

        return megabytes(self.max_mb)

    def check(self, target: Target) -> None:
        """Raise `UsageError` for a beat or a still that a scene has not, before it is rendered."""
        if not self.beats and self.poster is None:
            return
        from scenes.export.moving import numbered
        from scenes.export.stills import rehearse
        from scenes.export.transcode import pictured

        stills = [beat.still for beat in rehearse(target.scene, target.parameters).beats]
        numbered(stills, self.span)
        pictured(stills, self.poster or "")

    def made(self, path: Path, progress: Progress) -> Iterator[Path]:
        """Make of a video what else is asked for."""
        from scenes.export.captions import write_beside
        from scenes.export.moving import animate
        from scenes.export.transcode import poster, shrink
        from scenes.manifest import read

        if self.format:
            part = f"-beats-{self.beats}" if self.beats else ""
            target = path.with_name(f"{path.stem}{part}.{self.format}")
            yield animate(path, target, self.span, progress.named(target.name, "frames"))
        if self.most is not None:
            target = path.with_name(f"{path.stem}-{self.max_mb}mb.mp4")
            yield shrink(path, target, self.most, progress.named(target.name, "frames"))
        if self.poster is not None:
            yield poster(path, path.with_suffix(".png"), self.poster)
        yield from write_beside(read(path), path)


def render(options: argparse.Namespace) -> None:
    """Render scenes as videos, and what else is asked for of them."""
    from scenes.export.unchanged import CACHE, made_before, note_done, wish

    extras = Extras.of(options)
    folder, wished = options.output, wish("render", [options.scene], asked(options))
    note = f"{CACHE}/{wished[:16]}.made.json"
    from scenes.export.events import tell_files

    if not options.force and (before := made_before(folder, wished, note)):
        tell_files(before, as_json=options.json)
        return

    done: list[Path] = []
    with scheduler_of(options) as scheduler:
        scheduler.warm()
        from scenes.export.job import RenderJob
        from scenes.export.progress import Progress
        from scenes.export.render import render_all

        kind = "mp4" if extras.format else options.format
        found = found_targets([options.scene], settings(options))
        for target in found:
            extras.check(target)
        look = options.quality, kind, options.transparent
        with Progress("rendering", as_json=options.json) as progress:
            for path in render_all(
                [RenderJob.of(target, *look) for target in found],
                folder,
                force=options.force,
                progress=lambda number: progress.video(found[number].label, len(found)),
                scheduler=scheduler,
                shared=options.shared,
            ):
                extra = list(extras.made(path, progress))
                made = [*([] if extras.format else [path]), *extra]
                tell_files(made, as_json=options.json)
                done += made
    note_done(folder, wished, done, note)


def sheet(options: argparse.Namespace) -> None:
    """Draw contact sheets."""
    from scenes.export.sheet import SheetJob, make

    found = found_targets([options.scene], settings(options))
    jobs = [SheetJob(one.scene, tuple(one.parameters.items()), one.name) for one in found]
    _draw(make, jobs, options, "sheets")


def stills(options: argparse.Namespace) -> None:
    """Draw stills."""
    from scenes.export.stillfiles import StillJob, make
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
    _draw(make, jobs, options, "stills")


def figure(options: argparse.Namespace) -> None:
    """Draw figures."""
    from scenes.export.figurefiles import FigureJob, make

    given, dpi = settings(options), whole("dpi", options.dpi)
    if options.width is not None:
        given["width"] = options.width
    found = found_targets(options.scene, given, "figures")
    look = options.format, dpi, options.transparent
    jobs = [
        FigureJob(target.scene, tuple(target.parameters.items()), *look, target.name)
        for target in found
    ]
    _draw(make, jobs, options, "figures")


def _draw(
    make: Callable[[Any], Files], jobs: Sequence[Any], options: argparse.Namespace, unit: str
) -> None:
    """Draw jobs side by side and print the files in order."""
    from scenes.export.drawing import save
    from scenes.export.events import tell_files
    from scenes.export.progress import Progress

    for job in jobs:
        job.check()
    paths: list[Path] = []
    counted = "scenes" if unit == "stills" else unit
    with scheduler_of(options) as scheduler, Progress(unit, counted, as_json=options.json) as told:
        # One job alone is done here, without the start of a worker.
        alone = len(jobs) == 1 and not scheduler.is_far
        drawn = ((job, make(job)) for job in jobs) if alone else scheduler.each(make, jobs)
        for done, (_, files) in enumerate(drawn, 1):
            paths += save(files, options.output)
            told.show(done, len(jobs))
    tell_files(sorted(paths), as_json=options.json)


def handout(options: argparse.Namespace) -> None:
    """Lay out a handout."""
    from scenes.export.events import tell_files
    from scenes.export.handout import Handout, Part, export, name_of
    from scenes.export.progress import Progress

    told, found = Told.of(options), found_targets(options.scene, settings(options))
    parts = tuple(Part(one.scene, tuple(one.parameters.items())) for one in found)
    handout = Handout(
        parts,
        name_of(parts, told.stem or found[0].name),
        title=told.title,
        author=told.author,
        language=told.language,
        paper=options.paper,
        each=int(options.each),
    )
    with (
        scheduler_of(options) as scheduler,
        Progress("handout", "scenes", as_json=options.json) as progress,
    ):
        path = export(handout, options.output, progress.show, scheduler)
    tell_files([path], as_json=options.json)
