"""The segments of a film: sealed, so that a damaged one is known, and joined without encoding."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from manim import __version__

FASTSTART = {"movflags": "faststart+use_metadata_tags"}
"""An mp4 with its index first plays while it loads; named tags survive on request only."""

UNSEEN: Any = [{"skip_frame": "all"}]
"""Else a frame of each segment would be decoded, just to learn what its header says."""


def seal_path(segment: Path) -> Path:
    """Return where the checksum of a segment is."""
    return segment.with_name(segment.name + ".sum")


def checksum(segment: Path) -> str:
    """Return the checksum of a file's content."""
    with segment.open("rb") as opened:
        return hashlib.file_digest(opened, "blake2b").hexdigest()


def is_sealed(segment: Path) -> bool:
    """Whether a segment is, to the last bit, as it was made."""
    try:
        return seal_path(segment).read_text() == checksum(segment)
    except (OSError, ValueError):
        return False


def note_use(segment: Path) -> None:
    """Note that a segment has been used, for whoever makes room in the cache."""
    with contextlib.suppress(OSError):
        os.utime(seal_path(segment))


def join(
    segments: Iterable[str | Path],
    film: Path,
    frame_rate: Fraction,
    chapters: Sequence[tuple[str, int]] = (),
) -> None:
    """Put segments one after the other without encoding them again.

    Parameters
    ----------
    segments
        Video files that were encoded with the same settings.
    film
        The file to write. Frame n is shown at n / `frame_rate`, up to the container's own rounding.
    frame_rate
        Frames a second in the segments and in the film.
    chapters
        Titles, and the frames at which they start.
    """
    sources = [str(path) for path in segments]
    # A frame that others are predicted from is stored before them. How far ahead differs from
    # segment to segment, so the times of storing are counted over the whole film.
    counted = (_packets(path, frame_rate) for path in sources)
    ahead = max((n - shown for packets in counted for n, shown, _ in packets), default=0)
    # Only the MP4 family has an index to move.
    flags = FASTSTART if film.suffix in {".mp4", ".mov"} else {}
    with av.open(str(film), "w", options=flags) as out:
        out.metadata["comment"] = f"Rendered with Manim Community v{__version__}"
        stream, start = None, 0
        for path in sources:
            n = -1
            for n, shown, packet in _packets(path, frame_rate):
                if stream is None:
                    stream = out.add_stream_from_template(packet.stream)
                    if "alpha_mode" in packet.stream.metadata:
                        # WebM keeps alpha beside the pictures, where it is seen only if announced.
                        stream.pix_fmt = "yuva420p"
                    if chapters:
                        out.set_chapters(_chapters(chapters, sources, frame_rate))
                packet.pts, packet.dts, packet.duration = start + shown, start + n - ahead, 1
                packet.time_base = 1 / frame_rate
                packet.stream = stream
                out.mux(packet)
            start += n + 1


def _chapters(
    chapters: Sequence[tuple[str, int]], sources: Sequence[str], frame_rate: Fraction
) -> list[Any]:
    """Return chapters as the container has them, the last one up to the end."""
    frames = sum(1 for path in sources for _ in _packets(path, frame_rate))
    ends = [start for _, start in chapters[1:]] + [frames]
    return [
        {
            "id": number,
            "start": start,
            "end": end,
            "time_base": 1 / frame_rate,
            "metadata": {"title": title},
        }
        for number, ((title, start), end) in enumerate(zip(chapters, ends, strict=True), 1)
    ]


def _packets(path: str, frame_rate: Fraction) -> Iterator[tuple[int, int, Any]]:
    """Yield a segment's frames as they are stored: running number, number when shown, packet."""
    with av.open(path, stream_options=UNSEEN) as segment:
        stored = (packet for packet in segment.demux(video=0) if packet.pts is not None)
        for n, packet in enumerate(stored):
            yield n, round((packet.pts or 0) * packet.time_base * frame_rate), packet
