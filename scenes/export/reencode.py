"""Frames of a video, and frames made a video again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from scenes.segments import FASTSTART
from scenes.settings import COLOR_TAGS

Tell = Callable[[int, int], None]
"""Is told how many frames are done, and how many there are."""

Numbered = tuple[int, Any]
"""A frame with its number in the video that it is from."""


def rate_of(video: Path) -> Fraction:
    """Return the frames a second of a video."""
    with av.open(str(video)) as source:
        return Fraction(source.streams.video[0].average_rate or 60)


def size_of(video: Path) -> tuple[int, int]:
    """Return width and height of a video, in pixels."""
    with av.open(str(video)) as source:
        stream = source.streams.video[0]
        return stream.width, stream.height


def frames(video: Path, first: int = 0, end: int | None = None) -> Iterator[Numbered]:
    """Yield the frames of a video from one on, up to the one before `end`."""
    with av.open(str(video)) as source:
        stream = source.streams.video[0]
        rate, tick = Fraction(stream.average_rate or 60), stream.time_base or Fraction(1)
        source.seek(int(first / rate / tick), stream=stream)
        for frame in source.decode(stream):
            number = round((frame.pts or 0) * tick * rate)
            if end is not None and number >= end:
                return
            if number >= first:
                yield number, frame


def reencode(
    shown: Iterable[Numbered],
    file: Path,
    size: tuple[int, int],
    rate: Fraction,
    *,
    crf: float,
    preset: str = "medium",
    progress: Callable[[int], None] | None = None,
) -> None:
    """Encode frames as an mp4 that plays while it loads, with the colours of the others.

    Parameters
    ----------
    shown, file
        The frames, and what is written.
    size, rate
        Pixels across and down, even ones, and frames a second.
    crf, preset
        x264's measure of quality, where less is better, and how long it may take.
    progress
        Is told how many frames are done.
    """
    options = {"preset": preset, "crf": f"{crf:.2f}", **COLOR_TAGS}
    with av.open(str(file), "w", options=FASTSTART) as out:
        film = out.add_stream("libx264", rate=rate, options=options)
        film.width, film.height = size
        film.pix_fmt = "yuv420p"
        for done, (_, frame) in enumerate(shown):
            fitting = frame.reformat(*size, "yuv420p", interpolation="LANCZOS")
            fitting.pts, fitting.time_base = done, 1 / rate
            # As the encoder likes, not as it was.
            fitting.pict_type = 0
            out.mux(film.encode(fitting))
            if progress:
                progress(done + 1)
        out.mux(film.encode())
