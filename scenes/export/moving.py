"""Moving pictures for a forum: some beats of a video as a GIF or an animated WebP."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from scenes.export.reencode import Tell, frames
from scenes.manifest import Manifest, read
from scenes.parameters import UsageError
from scenes.writing import complete_or_absent

SIDE, RATE = 640, 12.5
"""Pixels of the longer side and frames a second."""

NOISE = 6
"""Of 255: how far a flat ground may be off in a video."""

Beats = tuple[int, int] | str
"""The numbers of the first and the last beat, or the name of a still."""


def animate(
    video: Path,
    target: Path,
    beats: Beats | None = None,
    progress: Tell | None = None,
) -> Path:
    """Write some beats of a video as a GIF or an animated WebP; return its path.

    Both have the same few colours. A drawing has not many, and WebP without loss is then smaller
    and truer than with it: no letter is smeared, and nothing crawls where nothing moves.

    Parameters
    ----------
    video
        A video with its manifest.
    target
        Ends in `.gif` or `.webp`.
    beats
        The numbers of the first and the last beat, or the name of one's still; all if None.
    progress
        Is told frames done and their number.
    """
    manifest = read(video)
    first, last = chosen(manifest, beats)
    shown = _flat(_merged(_pictures(video, manifest, first, last, progress)))
    pictures = [picture for picture, _ in shown]
    kept: dict[str, Any] = {
        "save_all": True,
        "append_images": pictures[1:],
        "duration": [length for _, length in shown],
        "loop": 0,
    }
    with complete_or_absent(target) as partial:
        if target.suffix == ".gif":
            pictures[0].save(partial, disposal=1, **kept)
        else:
            pictures[0].save(partial, lossless=True, quality=50, method=3, **kept)
    return target


def beats_of(text: str) -> Beats:
    """Return the numbers of beats that somebody wrote, such as 2-3 or 4, or the name of a still.

    Raises
    ------
    UsageError
        For anything else.
    """
    found = re.fullmatch(r"([0-9]{1,4})(?:-([0-9]{1,4}))?", text.strip())
    if found:
        return int(found[1]), int(found[2] or found[1])
    if re.fullmatch(r"[a-z][a-z0-9-]{0,59}", text.strip()):
        return text.strip()
    raise UsageError(f"--beats {text}: allowed: the numbers of beats, or a still, as in 2-3")


def chosen(manifest: Manifest, beats: Beats | None) -> tuple[int, int]:
    """Return the first frame of some beats and the one after the last.

    Raises
    ------
    UsageError
        For a beat that does not exist.
    """
    first, last = numbered([beat.still for beat in manifest.beats], beats)
    return manifest.beats[first - 1].start_frame, manifest.beats[last - 1].end_frame


def numbered(stills: Sequence[str | None], beats: Beats | None) -> tuple[int, int]:
    """Return the numbers of the first and the last beat of some, or of all.

    Parameters
    ----------
    stills
        For each beat the name of its still, if it has one.
    beats
        What somebody asked for.

    Raises
    ------
    UsageError
        For a beat that does not exist.

    Examples
    --------
    >>> numbered([None, "slope", "landed"], "slope"), numbered([None, "slope"], None)
    ((2, 2), (1, 2))
    """
    if isinstance(beats, str) and beats in stills:
        return (stills.index(beats) + 1,) * 2
    first, last = (0, 0) if isinstance(beats, str) else beats or (1, len(stills))
    if not 1 <= first <= last <= len(stills):
        asked = beats if isinstance(beats, str) else f"{first}-{last}"
        names = ", ".join(("", *filter(None, stills)))
        raise UsageError(f"--beats {asked}: allowed: 1 to {len(stills)}, as in 1-2{names}")
    return first, last


def _pictures(
    video: Path, manifest: Manifest, first: int, last: int, progress: Tell | None
) -> Iterator[tuple[Image.Image, int]]:
    """Yield the pictures that are shown, and how long each stands, in ms."""
    rate = manifest.video.frame_rate
    every = rate / min(RATE, rate)
    scale = min(1.0, SIDE / max(manifest.video.width, manifest.video.height))
    size = round(manifest.video.width * scale), round(manifest.video.height * scale)
    wanted, tick = float(first), 10 * round(100 * every / rate)
    for number, frame in frames(video, first, last):
        if number + 1e-6 < wanted:
            continue
        wanted += every
        yield frame.to_image().resize(size, Image.Resampling.LANCZOS), tick
        if progress:
            progress(number - first + 1, last - first)


def _merged(shown: Iterable[tuple[Image.Image, int]]) -> list[tuple[Image.Image, int]]:
    """Return pictures without those that are as the one before, which stands longer for them."""
    out: list[tuple[Image.Image, int]] = []
    before = b""
    for picture, length in shown:
        now = picture.tobytes()
        if now == before:
            out[-1] = out[-1][0], out[-1][1] + length
        else:
            out.append((picture, length))
        before = now
    return out


def _flat(shown: Sequence[tuple[Image.Image, int]]) -> list[tuple[Image.Image, int]]:
    """Return pictures in the colours of one palette: one for each would let grounds flicker."""
    palette = _palette([picture for picture, _ in shown])
    return _merged((_in_colours(picture, palette), length) for picture, length in shown)


def _in_colours(picture: Image.Image, palette: Image.Image) -> Image.Image:
    """Return a picture in the colours of a palette, the first of which is that of its ground.

    Pillow looks for the nearest colour in steps of four: it may miss the ground's own. What is
    nearly the ground is the ground.
    """
    out = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    ground = np.array((palette.getpalette() or [])[:3])
    off = np.abs(np.asarray(picture).astype(int) - ground).max(axis=2)
    out.paste(0, mask=Image.fromarray(np.where(off <= NOISE, 255, 0).astype(np.uint8)))
    return out


def _palette(pictures: Sequence[Image.Image]) -> Image.Image:
    """Return one palette for all pictures, the colour of their ground first.

    Nearly all of a drawing is its ground. Counted by its square root, it leaves enough colours to
    points, arrows and numbers, which would else wear their neighbours'. What differs from the
    ground by no more than a video's noise becomes the ground, so that it shows no patches.
    """
    some = pictures[:: max(1, len(pictures) // 24)]
    counted: Counter[Any] = Counter()
    for picture in some:
        found = picture.getcolors(picture.width * picture.height) or []
        counted.update({color: count for count, color in found})
    ground = max(counted, key=lambda color: counted[color])
    colors = [color for color, count in sorted(counted.items()) for _ in range(math.isqrt(count))]
    sheet = Image.new("RGB", (len(colors), 1))
    sheet.putdata(colors)
    made = sheet.quantize(255, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
    values = made.getpalette() or []
    kept = [
        color
        for color in zip(values[::3], values[1::3], values[2::3], strict=True)
        if max(abs(one - other) for one, other in zip(color, ground, strict=True)) > NOISE
    ]
    palette = Image.new("P", (1, 1))
    # A palette that is not full would be filled with black.
    full = [ground] * (256 - len(kept)) + kept
    palette.putpalette([value for color in full for value in color])
    return palette
