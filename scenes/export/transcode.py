"""Videos for other places: smaller files, moving pictures for a forum, a poster."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from PIL import Image

from scenes.encoder import complete_or_absent
from scenes.export.clips import frames_from, picture_at
from scenes.manifest import Manifest, read
from scenes.parameters import UsageError
from scenes.writing import write

HEIGHTS = (1080, 720, 540, 480, 360, 270)
"""The shorter sides that a smaller video may have, in pixels."""

BITS = 0.018
"""Bits for each pixel of a frame below which lines and letters of a flat drawing are smeared."""

LEAST_BITS = 0.004
"""Of the smallest size: less cannot be read."""

WIDTH, RATE = 640, 12.5
"""Pixels across and frames a second of a moving picture for a forum."""

Tell = Callable[[int, int], None]


# -- smaller -----------------------------------------------------------------------------------


def megabytes(text: str) -> float:
    """Return a size that somebody wrote.

    Raises
    ------
    UsageError
        For anything but a positive number.
    """
    try:
        size = float(text)
    except ValueError:
        size = 0.0
    if not 0 < size < 1e6:
        raise UsageError(f"--max-mb {text}: allowed: a positive number, as in 20")
    return size


def shrink(video: Path, target: Path, megabytes: float, progress: Tell | None = None) -> Path:
    """Write a video again so that it is no larger than an upload may be; return its path.

    The size of the picture goes down before it gets blurred.

    Parameters
    ----------
    video, target
        What is read, and what is written.
    megabytes
        The most, in millions of bytes.
    progress
        Is told frames done and their number.

    Raises
    ------
    UsageError
        If it would be too small to be read.
    """
    most = round(megabytes * 1e6)
    if video.stat().st_size <= most:
        return write(target, video.read_bytes()) if target != video else video
    wanted = 0.94 * most
    for _ in range(5):
        height, bits = _fitting(video, wanted)
        try:
            with complete_or_absent(target) as partial:
                _encode(video, partial, height, bits, progress)
                size = partial.stat().st_size
                if size > most:
                    raise _TooLargeError
        except _TooLargeError:
            wanted *= 0.97 * most / size
        else:
            return target
    raise _too_small(video, megabytes)


class _TooLargeError(Exception):
    """What is too large never gets the name."""


def _fitting(video: Path, wanted: float) -> tuple[int, float]:
    """Return the height, and the bits a second, of a video of so many bytes."""
    with av.open(str(video)) as source:
        stream = source.streams.video[0]
        rate = float(stream.average_rate or 60)
        seconds = stream.frames / rate
        short, long = sorted((stream.width, stream.height))
    a_second = 8 * wanted / seconds
    for height in (short, *(height for height in HEIGHTS if height < short)):
        pixels = height * height * long / short
        if a_second / (pixels * rate) >= BITS:
            return height, a_second
    if a_second / (pixels * rate) < LEAST_BITS:
        raise _too_small(video, wanted / 1e6)
    return height, a_second


def _too_small(video: Path, megabytes: float) -> UsageError:
    with av.open(str(video)) as source:
        seconds = (source.duration or 0) / av.time_base
    # At the smallest size, with the least that can be read.
    least = LEAST_BITS * HEIGHTS[-1] ** 2 * 16 / 9 * 60 * seconds / 8e6
    return UsageError(
        f"--max-mb {megabytes:.3g}: {video.name} lasts {seconds:.0f} s; "
        f"allowed: {max(least, 0.1):.1f} or more"
    )


def _encode(video: Path, file: Path, height: int, bits: float, progress: Tell | None) -> None:
    """Write a video at another height and of so many bits a second."""
    with av.open(str(video)) as source, av.open(str(file), "w", options=FAST) as out:
        stream = source.streams.video[0]
        scale = height / min(stream.width, stream.height)
        rate = Fraction(stream.average_rate or 60)
        options = {"preset": "slow", "maxrate": str(int(2 * bits)), "bufsize": str(int(4 * bits))}
        film = out.add_stream("libx264", rate=rate, options={**options, **TAGS})
        film.width, film.height = (2 * round(side * scale / 2) for side in _sides(stream))
        film.pix_fmt, film.bit_rate = "yuv420p", int(bits)
        for number, frame in enumerate(source.decode(stream)):
            smaller = frame.reformat(film.width, film.height, "yuv420p", interpolation="LANCZOS")
            smaller.pts, smaller.time_base = number, 1 / rate
            smaller.pict_type = 0
            out.mux(film.encode(smaller))
            if progress:
                progress(number + 1, stream.frames)
        out.mux(film.encode())


FAST = {"movflags": "faststart"}
TAGS = {
    "colorspace": "smpte170m",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}
"""As those of the videos that are made smaller."""


def _sides(stream: Any) -> tuple[int, int]:
    return stream.width, stream.height


# -- moving pictures ---------------------------------------------------------------------------


def animate(
    video: Path,
    target: Path,
    beats: tuple[int, int] | None = None,
    progress: Tell | None = None,
) -> Path:
    """Write some beats of a video as a GIF or an animated WebP; return its path.

    Parameters
    ----------
    video
        A video with its manifest.
    target
        Ends in `.gif` or `.webp`.
    beats
        The numbers of the first and the last beat; all if None.
    progress
        Is told frames done and their number.
    """
    manifest = read(video)
    first, last = chosen(manifest, beats)
    pictures, lengths = _pictures(video, manifest, first, last, progress)
    with complete_or_absent(target) as partial:
        if target.suffix == ".gif":
            palette = _palette(pictures)
            none = Image.Dither.NONE
            flat = [picture.quantize(palette=palette, dither=none) for picture in pictures]
            flat[0].save(
                partial, save_all=True, append_images=flat[1:], duration=lengths, loop=0, disposal=1
            )
        else:
            pictures[0].save(
                partial,
                save_all=True,
                append_images=pictures[1:],
                duration=lengths,
                loop=0,
                quality=90,
                method=3,
            )
    return target


def beats_of(text: str) -> tuple[int, int]:
    """Return the numbers of beats that somebody wrote, such as 2-3 or 4.

    Raises
    ------
    UsageError
        For anything else.
    """
    found = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", text.strip())
    if not found:
        raise UsageError(f"--beats {text}: allowed: the numbers of beats, as in 2-3")
    return int(found[1]), int(found[2] or found[1])


def chosen(manifest: Manifest, beats: tuple[int, int] | None) -> tuple[int, int]:
    """Return the first frame of some beats and the one after the last.

    Raises
    ------
    UsageError
        For a beat that does not exist.
    """
    count = len(manifest.beats)
    first, last = beats or (1, count)
    if not 1 <= first <= last <= count:
        raise UsageError(f"--beats {first}-{last}: allowed: 1 to {count}, as in 2-3")
    return manifest.beats[first - 1].start_frame, manifest.beats[last - 1].end_frame


def _pictures(
    video: Path, manifest: Manifest, first: int, last: int, progress: Tell | None
) -> tuple[list[Image.Image], list[int]]:
    """Return the pictures that differ from those before them, and how long each stands, in ms."""
    rate = manifest.video.frame_rate
    every = rate / min(RATE, rate)
    scale = min(1.0, WIDTH / manifest.video.width)
    size = round(manifest.video.width * scale), round(manifest.video.height * scale)
    pictures: list[Image.Image] = []
    lengths: list[int] = []
    wanted, tick = float(first), 10 * round(100 * every / rate)
    before = b""
    for number, frame in _decoded(video, first, last):
        if number + 1e-6 < wanted:
            continue
        wanted += every
        picture = frame.to_image().resize(size, Image.Resampling.LANCZOS)
        now = picture.tobytes()
        if now == before:
            lengths[-1] += tick
        else:
            pictures.append(picture)
            lengths.append(tick)
        before = now
        if progress:
            progress(number - first + 1, last - first)
    return pictures, lengths


def _decoded(video: Path, first: int, last: int) -> Iterator[tuple[int, Any]]:
    with av.open(str(video)) as source:
        stream = source.streams.video[0]
        rate = Fraction(stream.average_rate or 60)
        for number, frame in frames_from(source, stream, rate, first):
            if number >= last:
                return
            yield number, frame


def _palette(pictures: list[Image.Image]) -> Image.Image:
    """Return one palette for all pictures: one for each would let flat grounds flicker."""
    step = max(1, len(pictures) // 12)
    some = pictures[::step]
    width, height = some[0].size
    sheet = Image.new("RGB", (width, height * len(some)))
    for index, picture in enumerate(some):
        sheet.paste(picture, (0, index * height))
    return sheet.quantize(255, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


# -- one picture -------------------------------------------------------------------------------


def poster(video: Path, target: Path, still: str = "") -> Path:
    """Write the frame of a still, the last one unless named, as a PNG; return its path.

    Raises
    ------
    UsageError
        For a still that the video has not.
    """
    manifest = read(video)
    named = {beat.still: beat for beat in manifest.beats if beat.still}
    if still and still not in named:
        raise UsageError(f"--poster {still}: allowed: {', '.join(named)}")
    beat = named[still] if still else ([*named.values()] or [*manifest.beats])[-1]
    out = io.BytesIO()
    picture_at(video, beat.end_frame - 1).save(out, "PNG")
    return write(target, out.getvalue())
