"""A video in clips, each of which plays and waits: cut from the file by its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from PIL import Image

from scenes.export.reencode import frames, rate_of, reencode, size_of
from scenes.manifest import Manifest
from scenes.segments import FASTSTART
from scenes.writing import complete_or_absent


@dataclass(frozen=True)
class Clip:
    """A stretch of a video up to where a deck waits.

    Attributes
    ----------
    start, end
        Its first frame, and the one after its last.
    notes
        The captions that begin in it, or the one that goes on.
    loop
        Whether it is shown again and again while the deck waits.
    """

    start: int
    end: int
    notes: tuple[str, ...]
    loop: bool = False


def clips(manifest: Manifest) -> list[Clip]:
    """Return the clips of a video: it waits at the pauses of a beat, or else at its end."""
    ends = {manifest.beats[-1].end_frame} if manifest.beats else set()
    for beat in manifest.beats:
        ends |= set(beat.pauses) or {beat.end_frame}
    out, start = [], 0
    for end in sorted(ends):
        told = [beat for beat in manifest.beats if start <= beat.start_frame < end]
        going = [beat for beat in manifest.beats if beat.start_frame < start < beat.end_frame]
        notes = tuple(beat.caption for beat in (*going, *told))
        loop = len(told) == 1 and not going and told[0].loop and told[0].end_frame == end
        out.append(Clip(start, end, notes, loop))
        start = end
    return out


def cut(video: Path, clip: Clip, target: Path) -> Path:
    """Write a clip of a video to a file of its own and return its path.

    Where the clip starts with a frame that needs no other, nothing is encoded again: that is so
    where an animation starts, as each is encoded by itself.
    """
    with complete_or_absent(target) as partial:
        if not _copied(video, clip, partial):
            shown, size = frames(video, clip.start, clip.end), size_of(video)
            reencode(shown, partial, size, rate_of(video), crf=18, preset="veryfast")
    return target


def _copied(video: Path, clip: Clip, file: Path) -> bool:
    """Copy the packets of a clip to a file, and return whether it can be cut there."""
    with av.open(str(video)) as source:
        stream = source.streams.video[0]
        rate = Fraction(stream.average_rate or 60)
        packets = _packets(source, stream, rate, clip)
        if packets is None:
            return False
        with av.open(str(file), "w", options=FASTSTART) as out:
            copied = out.add_stream_from_template(stream)
            # A frame that others are predicted from is stored before them.
            ahead = max(stored - (shown - clip.start) for stored, (shown, _) in enumerate(packets))
            for stored, (shown, packet) in enumerate(packets):
                packet.pts, packet.dts, packet.duration = shown - clip.start, stored - ahead, 1
                packet.time_base = 1 / rate
                packet.stream = copied
                out.mux(packet)
    return True


def _packets(source: Any, stream: Any, rate: Fraction, clip: Clip) -> list[tuple[int, Any]] | None:
    """Return the packets of a clip with the numbers of their frames, None if it cannot be cut."""
    found: list[tuple[int, Any]] = []
    source.seek(int(clip.start / rate / stream.time_base), stream=stream)
    for packet in source.demux(stream):
        if packet.pts is None:
            continue
        number = round(packet.pts * stream.time_base * rate)
        if clip.start <= number < clip.end:
            found.append((number, packet))
        elif number >= clip.end and len(found) == clip.end - clip.start:
            break
    whole = sorted(number for number, _ in found) == list(range(clip.start, clip.end))
    return found if whole and found[0][0] == clip.start and found[0][1].is_keyframe else None


def picture_at(video: Path, number: int) -> Image.Image:
    """Return one frame of a video as a picture."""
    for _, frame in frames(video, number):
        picture: Image.Image = frame.to_image()
        return picture
    raise ValueError(f"{video} has no frame {number}")
