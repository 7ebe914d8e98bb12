"""A course as a static site: it works offline, from any folder of any server."""

from __future__ import annotations

import io
import itertools
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gdcore import Trace
from scenes.course.targets import Target
from scenes.export.captions import write_captions
from scenes.export.clips import picture_at
from scenes.export.drawing import Files, save
from scenes.export.job import RenderJob
from scenes.export.pages import KINDS, THUMBS, Course, Published, pages, run_name
from scenes.export.render import Tell, render_all
from scenes.export.scheduler import Scheduler
from scenes.export.stillfiles import StillJob, last_frame, make
from scenes.export.transcode import shrink
from scenes.manifest import Manifest, manifest_path, read
from scenes.writing import complete_or_absent, writable, write

POSTER = "poster.png"
MANIFEST = "manifest.json"

THUMB_WIDTH = 320
"""Pixels of the pictures in the list of chapters."""


@dataclass(frozen=True)
class Publication:
    """What is published.

    Attributes
    ----------
    course
        Title, author, language and address.
    targets
        The scenes.
    videos
        The folder where videos are rendered to, and found when they are there already.
    quality
        One of `scenes.export.job.QUALITIES`.
    webm
        Whether each lesson has a WebM too.
    megabytes
        The most that a video may have, in millions of bytes, or None.
    """

    course: Course
    targets: Sequence[Target]
    videos: Path
    quality: str = "h"
    webm: bool = False
    megabytes: float | None = None
    made: list[Path] = field(default_factory=list, compare=False)


def publish(
    work: Publication,
    folder: Path,
    *,
    flat: bool = False,
    progress: Callable[[int], Tell] | None = None,
    scheduler: Scheduler | None = None,
    shared: Path | None = None,
) -> Path:
    """Write the site of a course and return the path of its first page.

    Parameters
    ----------
    work
        What is published; `made` then lists all files.
    folder
        Where the site goes.
    flat
        Whether the one lesson lies in the site's own folder.
    progress, scheduler, shared
        As in `scenes.export.render.render_all`; stills are drawn by the same workers.

    Raises
    ------
    UsageError
        For a wrong parameter, or a folder that cannot be written.
    """
    writable(folder)
    formats = ("mp4", "webm") if work.webm else ("mp4",)
    jobs = [RenderJob.of(target, work.quality, kind) for target in work.targets for kind in formats]
    videos = render_all(jobs, work.videos, progress=progress, scheduler=scheduler, shared=shared)
    parts: list[tuple[Part, Callable[[], Files]]] = []
    for target in work.targets:
        part = Part.of(target, list(itertools.islice(videos, len(formats))), folder, flat=flat)
        parts.append((part, _begun(part, work, scheduler)))
    lessons = [_lesson(part, stills, work) for part, stills in parts]
    for name, text in pages(work.course, lessons, flat=flat).items():
        work.made.append(write(folder / name, text.encode("utf-8", "replace")))
    return folder / "index.html"


def package(
    work: Publication,
    file: Path,
    *,
    progress: Callable[[int], Tell] | None = None,
    scheduler: Scheduler | None = None,
    shared: Path | None = None,
) -> Path:
    """Write the site of a course as one ZIP archive, for a learning platform; return its path."""
    writable(file.parent)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "site"
        publish(
            work,
            folder,
            flat=len(work.targets) == 1,
            progress=progress,
            scheduler=scheduler,
            shared=shared,
        )
        with complete_or_absent(file) as partial, zipfile.ZipFile(partial, "w") as archive:
            for path in sorted(work.made):
                # The date is the same each time, and so is the archive.
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                packed = path.suffix in {".mp4", ".webm", ".png", ".pdf"}
                entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())
    work.made[:] = [file]
    return file


@dataclass(frozen=True)
class Part:
    """A lesson of the site: its videos, the one that is described first, and its folder."""

    target: Target
    videos: Sequence[Path]
    manifest: Manifest
    folder: Path

    @classmethod
    def of(cls, target: Target, videos: Sequence[Path], site: Path, *, flat: bool) -> Part:
        """Return a lesson whose videos have been rendered."""
        folder = site if flat else site / videos[0].stem
        return cls(target, videos, read(videos[0]), folder)


def _begun(part: Part, work: Publication, scheduler: Scheduler | None) -> Callable[[], Files]:
    """Let a worker draw the stills of a lesson that has to be filled, and return what waits."""
    job = StillJob(
        part.target.scene,
        tuple(part.target.parameters.items()),
        KINDS[0],
        also=KINDS[1:],
        name=part.manifest.name,
    )
    if scheduler is None or _is_current(part.folder, part.manifest, work.megabytes):
        return lambda: make(job)
    future = scheduler.submit(make, job)
    return lambda: scheduler.gather(make, [job], [future])[0]


def _lesson(part: Part, stills: Callable[[], Files], work: Publication) -> Published:
    """Fill the folder of a lesson and return what a page tells of it."""
    (video, *others), manifest, folder = part.videos, part.manifest, part.folder
    writable(folder)
    if not _is_current(folder, manifest, work.megabytes):
        _pictures(part, stills())
        _thumbs(video, manifest, folder)
        write_captions(manifest, folder)
        for number, entry in enumerate(manifest.runs, 1):
            trace = Trace.from_json(video.with_name(entry.file))
            trace.to_json(folder / f"{run_name(number)}.json")
            trace.to_csv(folder / f"{run_name(number)}.csv")
        if work.megabytes is None:
            _copy(video, folder / video.name)
        else:
            shrink(video, folder / video.name, work.megabytes)
        # Last: with it the folder counts as complete.
        write(folder / MANIFEST, manifest_path(video).read_bytes())
    for other in others:
        _copy(other, folder / other.name)
    names = [*_names(manifest), *(other.name for other in others)]
    work.made.extend(folder / name for name in names)
    # Browsers take the first that they can play.
    return Published(manifest, folder, tuple(path.name for path in (*others, video)))


def _names(manifest: Manifest) -> list[str]:
    """Return the names of all files of a lesson but its pages."""
    name = manifest.name
    stills = [beat.still for beat in manifest.beats if beat.still]
    runs = range(1, len(manifest.runs) + 1)
    return [
        manifest.video.file,
        POSTER,
        MANIFEST,
        *(f"{THUMBS}/{beat.number}.jpg" for beat in manifest.beats),
        *(f"{name}.{suffix}" for suffix in ("srt", "vtt", "chapters.vtt")),
        *(f"{name}.transcript.{suffix}" for suffix in ("md", "html")),
        *(f"{run_name(number)}.{suffix}" for number in runs for suffix in ("json", "csv")),
        *(f"stills/{name}-{still}.{kind}" for still in stills for kind in KINDS),
        *(["stills/index.json"] if stills else []),
    ]


def _is_current(folder: Path, manifest: Manifest, megabytes: float | None) -> bool:
    """Whether a folder has been filled from the same video, and nothing is missing."""
    try:
        same = Manifest.model_validate_json((folder / MANIFEST).read_bytes()) == manifest
        size = (folder / manifest.video.file).stat().st_size
    except (OSError, ValueError):
        return False
    most = manifest.video.bytes if megabytes is None else megabytes * 1e6
    same &= size <= most and (megabytes is not None or size == manifest.video.bytes)
    return same and all((folder / name).is_file() for name in _names(manifest))


def _pictures(part: Part, stills: Files) -> None:
    """Write the stills of a lesson in all formats, and its poster."""
    files = save(stills, part.folder / "stills")
    poster = [path for path in files if path.suffix == ".png"][-1:]
    if poster:
        _copy(poster[0], part.folder / POSTER)
    else:
        write(part.folder / POSTER, last_frame(part.target.scene, part.target.parameters))


def _thumbs(video: Path, manifest: Manifest, folder: Path) -> None:
    """Write a small picture of the end of each beat, for the list of chapters."""
    writable(folder / THUMBS)
    for beat in manifest.beats:
        picture = picture_at(video, beat.end_frame - 1)
        picture.thumbnail((THUMB_WIDTH, THUMB_WIDTH))
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=88)
        write(folder / THUMBS / f"{beat.number}.jpg", out.getvalue())


def _copy(source: Path, target: Path) -> None:
    """Put a file at another place too, whole or not at all; without a copy where that can be."""
    if target.exists() and target.samefile(source):
        return
    with complete_or_absent(target) as partial:
        try:
            os.link(source, partial)
        except OSError:
            shutil.copyfile(source, partial)
