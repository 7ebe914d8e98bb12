"""A film: a title card and a scene for each part, in one file with chapters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from scenes.course.targets import Target
from scenes.digest import digest_of, file_digest
from scenes.export.captions import Cue, cues, srt, vtt
from scenes.export.card import TitleCard
from scenes.export.job import RenderJob
from scenes.export.naming import kebab
from scenes.export.render import Tell, render, render_all
from scenes.export.scheduler import Scheduler
from scenes.export.unchanged import CACHE
from scenes.manifest import Entry, Manifest, VideoEntry, manifest_path, probe, read
from scenes.parameters import UsageError
from scenes.segments import join
from scenes.writing import complete_or_absent, writable, write


class PartEntry(Entry):
    """A part of a film: its title, where it starts and ends, and the manifest of its video."""

    title: str
    start: float
    end: float
    start_frame: int
    end_frame: int
    card_frames: int
    manifest: str


class FilmManifest(Entry):
    """What a film consists of; `captions` is the file with its sentences as SubRip."""

    format: Literal["slopewise-film-1"] = "slopewise-film-1"
    title: str
    language: str
    video: VideoEntry
    parts: tuple[PartEntry, ...]
    captions: str
    digests: dict[str, str]


def film(
    targets: Sequence[Target],
    file: Path,
    title: str,
    *,
    quality: str = "h",
    cards: bool = True,
    language: str = "en",
    progress: Callable[[int], Tell] | None = None,
    scheduler: Scheduler | None = None,
    shared: Path | None = None,
) -> tuple[Path, list[Path]]:
    """Render what has changed, join all parts, and return the film and all that was written.

    Parameters
    ----------
    targets
        The scenes, in order.
    file
        The film; the videos of its parts are kept beside it.
    title
        Of the film, on each card.
    quality
        One of `scenes.export.job.QUALITIES`.
    cards
        Whether each part has a title card before it.
    language
        Of the film.
    progress, scheduler, shared
        As in `scenes.export.render.render_all`.

    Raises
    ------
    UsageError
        For a wrong parameter, parts that do not go together, or a folder that cannot be written.
    """
    jobs = [RenderJob.of(target, quality) for target in targets]
    _check(targets, jobs, file)
    folder = writable(file.parent)
    # What a terminal hands over may be no text at all.
    title = title.encode("utf-8", "replace").decode()
    shown: list[tuple[Path | None, Path]] = []
    videos = render_all(jobs, folder, progress=progress, scheduler=scheduler, shared=shared)
    for number, (target, video) in enumerate(zip(targets, videos, strict=True), 1):
        place = f"{number} / {len(targets)}"
        card = _card(target, read(video), folder, title, place, quality) if cards else None
        shown.append((card, video))
    parts = _parts(shown, folder)
    digest = digest_of(title, language, parts, [file_digest(path) for path in _all(shown)])
    track = all(read(video).captions == "track" for _, video in shown)
    before, subtitles, other = _known(file), _subtitles(file, track), _subtitles(file, not track)
    if before is not None and before.captions == other.name:
        # The captions were drawn then and are not now, or the other way round.
        other.unlink(missing_ok=True)
    if not _is_current(file, before, digest):
        rate = Fraction(read(shown[0][1]).video.frame_rate).limit_denominator(1001)
        with complete_or_absent(file) as partial:
            join(
                _all(shown),
                partial,
                rate,
                chapters=[(part.title, part.start_frame) for part in parts],
            )
        made = FilmManifest(
            title=title,
            language=language,
            video=probe(file),
            parts=tuple(parts),
            captions=subtitles.name,
            digests={"input": digest, "video": file_digest(file)},
        )
        write(manifest_path(file), made.model_dump_json(indent=2).encode() + b"\n")
    made_beside = _captions(file, subtitles, shown, parts, language)
    return file, [file, manifest_path(file), *made_beside]


def _check(targets: Sequence[Target], jobs: Sequence[RenderJob], file: Path) -> None:
    """Raise `UsageError` for parts that cannot be in one film, before any is rendered."""
    aspects = [target.scene.resolve(target.parameters)["aspect"] for target in targets]
    known: dict[str, str] = {}
    for target, job, aspect in zip(targets, jobs, aspects, strict=True):
        # Pictures of several sizes are no one video: players stop, or stretch them.
        if aspect != aspects[0]:
            raise UsageError(
                f"{target.label}: aspect = {aspect}: allowed: {aspects[0]}, as the film begins; "
                f"or --aspect {aspects[0]} for all"
            )
        name = job.file_name.casefold()
        if name == file.name.casefold():
            raise UsageError(
                f"-o {file}: allowed: another name, because the part {target.label} has this one"
            )
        if name in known:
            raise UsageError(
                f"{target.label}: allowed: another name than {known[name]}, "
                f"because both would be written to {job.file_name}"
            )
        known[name] = target.label


def _card(
    target: Target, manifest: Manifest, folder: Path, course: str, place: str, quality: str
) -> Path:
    """Render the title card of a part."""
    look = {
        name: target.parameters[name] for name in ("theme", "aspect") if name in target.parameters
    }
    words = {"title": manifest.title, "course": course, "place": place}
    job = RenderJob(
        TitleCard, tuple({**look, **words}.items()), quality, name=f"card-{kebab(manifest.name)}"
    )
    return render(job, folder / CACHE / "cards")


def _all(shown: Sequence[tuple[Path | None, Path]]) -> list[Path]:
    return [path for pair in shown for path in pair if path is not None]


def _parts(shown: Sequence[tuple[Path | None, Path]], folder: Path) -> list[PartEntry]:
    out, frame = [], 0
    for card, video in shown:
        manifest = read(video)
        rate = manifest.video.frame_rate
        before = read(card).video.frames if card else 0
        end = frame + before + manifest.video.frames
        out.append(
            PartEntry(
                title=manifest.title,
                start=round(frame / rate, 6),
                end=round(end / rate, 6),
                start_frame=frame,
                end_frame=end,
                card_frames=before,
                manifest=manifest_path(video).relative_to(folder).as_posix(),
            )
        )
        frame = end
    return out


def _known(file: Path) -> FilmManifest | None:
    """Return what is known of a film that is there already."""
    try:
        return FilmManifest.model_validate_json(manifest_path(file).read_bytes())
    except (OSError, ValidationError):
        return None


def _is_current(file: Path, known: FilmManifest | None, digest: str) -> bool:
    if known is None or known.digests.get("input") != digest or not file.is_file():
        return False
    return file_digest(file) == known.digests.get("video")


def _subtitles(file: Path, track: bool) -> Path:
    """Return where the sentences of a film go as SubRip; `track` if no part draws or hides its own.

    Players load what has the film's name by themselves: sentences that are in the picture would be
    there twice, and who wants none would get them.
    """
    return file.with_name(f"{file.stem}{'' if track else '.captions'}.srt")


def _captions(
    file: Path,
    subtitles: Path,
    shown: Sequence[tuple[Path | None, Path]],
    parts: Sequence[PartEntry],
    language: str,
) -> list[Path]:
    """Write captions and chapters of a film beside it."""
    said: list[Cue] = []
    for (_, video), part in zip(shown, parts, strict=True):
        manifest = read(video)
        said += cues(manifest, part.start + part.card_frames / manifest.video.frame_rate)
    chapters = [Cue(part.start, part.end, part.title) for part in parts]
    texts = {
        file.with_name(f"{file.stem}.vtt"): vtt(said, language=language),
        file.with_name(f"{file.stem}.chapters.vtt"): vtt(
            chapters, language=language, kind="chapters"
        ),
        subtitles: srt(said),
    }
    return [write(path, text.encode("utf-8", "replace")) for path, text in texts.items()]
