"""A film: a title card and a scene for each part, in one file with chapters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from scenes.course.targets import Target
from scenes.digest import digest_of, file_digest
from scenes.encoder import complete_or_absent, join
from scenes.export.captions import Cue, cues, srt, vtt
from scenes.export.card import TitleCard
from scenes.export.naming import kebab
from scenes.export.render import CACHE, RenderJob, render
from scenes.manifest import Entry, Manifest, VideoEntry, manifest_path, probe, read
from scenes.writing import writable, write


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
    """What a film consists of."""

    format: Literal["slopewise-film-1"] = "slopewise-film-1"
    title: str
    language: str
    video: VideoEntry
    parts: tuple[PartEntry, ...]
    digests: dict[str, str]


Tell = Callable[[str], Callable[[int, int], None]]
"""Returns for a label what is told frames done and their number."""


def film(
    targets: Sequence[Target],
    file: Path,
    title: str,
    *,
    quality: str = "h",
    cards: bool = True,
    language: str = "en",
    progress: Tell | None = None,
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
        One of `scenes.export.render.QUALITIES`.
    cards
        Whether each part has a title card before it.
    language
        Of the film.
    progress
        Is asked for what to tell of each part.

    Raises
    ------
    UsageError
        For a wrong parameter, or a folder that cannot be written.
    """
    folder = writable(file.parent)
    shown: list[tuple[Path | None, Path]] = []
    for number, target in enumerate(targets, 1):
        tell = progress and progress(target.label)
        video = render(RenderJob.of(target, quality), folder, progress=tell)
        place = f"{number} of {len(targets)}"
        card = _card(target, read(video), folder, title, place, quality) if cards else None
        shown.append((card, video))
    parts = _parts(shown, folder)
    digest = digest_of(title, language, parts, [file_digest(path) for path in _all(shown)])
    if not _is_current(file, digest):
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
            digests={"input": digest, "video": file_digest(file)},
        )
        write(manifest_path(file), made.model_dump_json(indent=2).encode() + b"\n")
    return file, [file, manifest_path(file), *_captions(file, shown, parts, language)]


def _card(
    target: Target, manifest: Manifest, folder: Path, course: str, place: str, quality: str
) -> Path:
    """Render the title card of a part."""
    look = {
        name: target.parameters[name] for name in ("theme", "aspect") if name in target.parameters
    }
    words = {"title": manifest.title, "course": course, "place": place}
    job = RenderJob(TitleCard, {**look, **words}, quality, name=f"card-{kebab(manifest.name)}")
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


def _is_current(file: Path, digest: str) -> bool:
    try:
        known = FilmManifest.model_validate_json(manifest_path(file).read_bytes()).digests
        return known["input"] == digest and file_digest(file) == known["video"]
    except (OSError, ValidationError, KeyError):
        return False


def _captions(
    file: Path,
    shown: Sequence[tuple[Path | None, Path]],
    parts: Sequence[PartEntry],
    language: str,
) -> list[Path]:
    """Write captions and chapters of a film beside it."""
    said: list[Cue] = []
    drawn = False
    for (_, video), part in zip(shown, parts, strict=True):
        manifest = read(video)
        drawn |= manifest.captions == "drawn"
        said += cues(manifest, part.start + part.card_frames / manifest.video.frame_rate)
    chapters = [Cue(part.start, part.end, part.title) for part in parts]
    texts = {
        ".vtt": vtt(said, language=language),
        ".chapters.vtt": vtt(chapters, language=language, kind="chapters"),
        # Players load an .srt of the same name by themselves: a sentence that is in the picture
        # would be there twice.
        ".captions.srt" if drawn else ".srt": srt(said),
    }
    return [
        write(file.with_name(f"{file.stem}{suffix}"), text.encode("utf-8", "replace"))
        for suffix, text in texts.items()
    ]
