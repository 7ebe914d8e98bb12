"""The manifest: what a video shows and when, in JSON beside it.

Whatever is made of a video, such as a page, a deck or a film, reads its manifest and never the
scene.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import av
from pydantic import BaseModel, ConfigDict, ValidationError

from gdcore import Optimizer
from scenes.digest import code_digest, digest_of, file_digest, versions
from scenes.parameters import UsageError
from scenes.theme import Theme
from scenes.writing import write

if TYPE_CHECKING:
    from gdcore import Trace
    from scenes.base import DescentScene

SUFFIX = ".json"
"""The manifest of `overshoot.mp4` is `overshoot.mp4.json`."""


class Entry(BaseModel):
    """A part of a manifest: unchangeable, and strict about what it has."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class VideoEntry(Entry):
    """The video file: name, pixels, frames a second, length, bytes, and whether it has alpha."""

    file: str
    width: int
    height: int
    frame_rate: float
    frames: int
    seconds: float
    bytes: int
    transparent: bool


class BeatEntry(Entry):
    """A beat: frames and seconds, caption, and what else it was given.

    Attributes
    ----------
    number
        1 for the first.
    start, end, start_frame, end_frame
        The frame at `end` belongs to the next beat.
    pauses
        Frames before which a deck waits, instead of at the end of the beat.
    loop
        Whether a deck shows the beat again and again while it waits.
    template, fields
        What the caption was made of.
    """

    number: int
    start: float
    end: float
    start_frame: int
    end_frame: int
    caption: str
    still: str | None
    section: str
    pauses: tuple[int, ...]
    loop: bool
    template: str
    fields: dict[str, float | int | str | None]


class RunEntry(Entry):
    """A run that the video draws: the file with its numbers, and what a reader needs to know."""

    file: str
    objective: str
    variables: tuple[str, ...]
    optimizer: str
    start: tuple[float, ...]
    steps: int
    ending: str


class Manifest(Entry):
    """What a video shows.

    Attributes
    ----------
    name
        What files about the video are called; without a suffix.
    captions
        Whether the captions are `drawn` in the picture, only a `track`, or left out (`none`).
    parameters, given
        All parameters as text, and those that were given over the scene's own.
    versions, digests
        What it was made with; `input` is the digest of all that the pictures depend on, `video`
        that of the file.
    """

    format: Literal["slopewise-manifest-1"] = "slopewise-manifest-1"
    scene: str
    name: str
    title: str
    summary: str
    language: str
    captions: str
    theme: str
    aspect: str
    video: VideoEntry
    beats: tuple[BeatEntry, ...]
    parameters: dict[str, str]
    given: dict[str, str]
    runs: tuple[RunEntry, ...]
    versions: dict[str, str]
    digests: dict[str, str]


def manifest_path(video: Path) -> Path:
    """Return where the manifest of a video is."""
    return video.with_name(video.name + SUFFIX)


def read(path: Path) -> Manifest:
    """Return the manifest at a path, or of the video at a path.

    Raises
    ------
    UsageError
        If there is none, or it is not a manifest of this version.
    """
    where = path if path.suffix == SUFFIX else manifest_path(path)
    try:
        return Manifest.model_validate_json(where.read_bytes())
    except OSError as error:
        raise UsageError(f"{where}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "file"
        raise UsageError(f"{where}: not a manifest: {place}: {first['msg']}") from None


def is_current(video: Path, digest: str) -> bool:
    """Whether a video is there, undamaged, and was made of the input with this digest."""
    try:
        known = read(video).digests
    except UsageError:
        return False
    return known["input"] == digest and video.is_file() and file_digest(video) == known["video"]


def record(
    scene: DescentScene,
    video: Path,
    *,
    given: Mapping[str, Any] | None = None,
    language: str = "en",
    digest: str = "",
) -> Path:
    """Write the manifest of a video, and the runs that it draws, beside it; return its path.

    Parameters
    ----------
    scene
        The scene after its run.
    video
        The finished file.
    given
        What was given over the scene's own parameters, where that was not the lesson file's.
    language
        Of the captions, as in the `lang` of HTML.
    digest
        Of the input, where it was known before.
    """
    shown = probe(video)
    sizes = shown.width, shown.height, shown.frame_rate, video.suffix
    digest = digest or input_digest(type(scene), scene.parameters, *sizes)
    told = {name: as_text(value) for name, value in (given or {}).items()}
    runs = [_run(trace, index, video) for index, trace in enumerate(scene.traces, 1)]
    manifest = Manifest(
        scene=type(scene).__name__,
        name=video.stem,
        title=str(scene.title or type(scene).title or type(scene).__name__),
        summary=(inspect.getdoc(type(scene)) or "").partition("\n")[0],
        language=language,
        captions=scene.captions,
        theme=scene.theme.name,
        aspect=scene.aspect,
        video=shown,
        beats=tuple(_beats(scene, shown.frame_rate)),
        parameters={name: as_text(value) for name, value in scene.parameters.items()},
        given=told,
        runs=tuple(entry for entry, _ in runs),
        versions=versions(),
        digests={"input": digest, "video": file_digest(video)},
    )
    for entry, trace in runs:
        trace.to_json(video.with_name(entry.file))
    # Last: a manifest stands for files that are there.
    return write(manifest_path(video), manifest.model_dump_json(indent=2).encode() + b"\n")


def input_digest(
    scene: type[DescentScene], parameters: Mapping[str, Any], *encoding: object
) -> str:
    """Return the digest of all that a video depends on.

    Parameters
    ----------
    scene, parameters
        The scene's class, and all its parameters, checked.
    *encoding
        Pixels, frames a second, format, and whatever else decides how it is encoded.
    """
    values = sorted((name, repr(value)) for name, value in parameters.items())
    # A lecturer's own file is not among the project's.
    own = file_digest(Path(inspect.getfile(scene)))
    return digest_of(scene.__name__, values, encoding, code_digest(), own)


def probe(video: Path) -> VideoEntry:
    """Return what a video file says of itself."""
    with av.open(str(video)) as opened:
        stream = opened.streams.video[0]
        rate = Fraction(stream.average_rate or stream.guessed_rate or 60)
        frames = stream.frames or sum(packet.size > 0 for packet in opened.demux(stream))
        alpha = (stream.pix_fmt or "").startswith(("rgba", "argb", "yuva"))
        return VideoEntry(
            file=video.name,
            width=stream.width,
            height=stream.height,
            frame_rate=float(rate),
            frames=frames,
            seconds=round(float(frames / rate), 6),
            bytes=video.stat().st_size,
            transparent=alpha or "alpha_mode" in stream.metadata,
        )


def as_text(value: Any) -> str:
    """Return a parameter as it would be written on a command line.

    >>> as_text(0.9), as_text((4.0, 2.0)), as_text("dark")
    ('0.9', '4, 2', 'dark')
    """
    if isinstance(value, tuple):
        return ", ".join(as_text(part) for part in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {as_text(part)}" for name, part in value.items())
    if isinstance(value, Theme):
        return value.name
    if isinstance(getattr(value, "text", None), str):
        return str(value.text)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return _settings(value) if isinstance(value, Optimizer) else str(value)


def _settings(optimizer: Optimizer) -> str:
    """Return an optimiser with its rate and whatever else is not its default.

    >>> from gdcore import Adam
    >>> _settings(Adam(beta1=0.8))
    'Adam(learning_rate=0.001, beta1=0.8)'
    """
    told = [
        f"{field.name}={as_text(getattr(optimizer, field.name))}"
        for field in fields(optimizer)
        if field.init
        and (field.name == "learning_rate" or getattr(optimizer, field.name) != field.default)
    ]
    return f"{type(optimizer).__name__}({', '.join(told)})"


def _beats(scene: DescentScene, rate: float) -> list[BeatEntry]:
    return [
        BeatEntry(
            number=beat.index + 1,
            start=round(beat.start / rate, 6),
            end=round(beat.end / rate, 6),
            start_frame=beat.start,
            end_frame=beat.end,
            caption=beat.caption.text,
            still=beat.still,
            section=beat.section,
            pauses=tuple(beat.pauses),
            loop=beat.loop,
            template=beat.caption.template,
            fields={name: _plain(value) for name, value in beat.caption.fields.items()},
        )
        for beat in scene.beats
    ]


def _run(trace: Trace, index: int, video: Path) -> tuple[RunEntry, Trace]:
    entry = RunEntry(
        file=f"{video.name}.run-{index}.json",
        objective=trace.objective_text,
        variables=trace.variables,
        optimizer=as_text(trace.optimizer),
        start=trace.start,
        steps=len(trace.steps),
        ending=trace.stop.sentence,
    )
    return entry, trace


def _plain(value: Any) -> float | int | str | None:
    """Return the value of a field as JSON has it; what is not finite is none."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, int | str) or value is None else str(value)
