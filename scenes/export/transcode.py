"""Videos for other places: smaller files, and a poster."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from pathlib import Path

from scenes.export.clips import picture_at
from scenes.export.reencode import Tell, frames, rate_of, reencode, size_of
from scenes.manifest import read
from scenes.parameters import UsageError
from scenes.writing import complete_or_absent, write

HEIGHTS = (1080, 720, 540, 480, 360, 270)
"""The shorter sides that a smaller video may have, in pixels."""

OWN_CRF, GOOD_CRF, LEAST_CRF, LAST_CRF = 18.0, 30.0, 37.0, 42.0
"""x264's measure of quality, where less is better: what videos are rendered with; up to where
nobody sees a difference; what is tried at most; and what is tried when that was too large."""

SHARE, HALVED, SHRINKING = 0.47, 12.0, 0.9
"""How large a video gets, measured: its share of the given one's bytes at `OWN_CRF`, after how much
more crf it is half of that, and the power of the height with which it falls."""

TRIES = 6


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

    It is packed tighter as far as nobody sees it; from there on the picture gets smaller, because
    small letters can be read and smeared ones cannot.

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
    most = max(1, round(megabytes * 1e6))
    if video.stat().st_size <= most:
        return write(target, video.read_bytes()) if target != video else video
    wanted, worst = 0.92 * most, LEAST_CRF
    size = 0
    for _ in range(TRIES):
        height, crf = _fitting(video, wanted)
        if crf > worst:
            break
        try:
            with complete_or_absent(target) as partial:
                _encode(video, partial, height, crf, progress)
                size = partial.stat().st_size
                if size > most:
                    raise _TooLargeError
        except _TooLargeError:
            wanted *= 0.97 * most / size
            worst = LAST_CRF
        else:
            return target
    least = max(_least(video), size) / 1e6
    raise UsageError(
        f"--max-mb {megabytes:g}: {video.name} would be too blurred to read; "
        f"allowed: {_rounded_up(least)} or more"
    )


class _TooLargeError(Exception):
    """What is too large never gets the name."""


def _fitting(video: Path, wanted: float) -> tuple[int, float]:
    """Return the height and the crf with which a video should have so many bytes."""
    given, short = video.stat().st_size, min(size_of(video))
    for height in (short, *(height for height in HEIGHTS if height < short)):
        expected = SHARE * given * (height / short) ** SHRINKING
        crf = max(OWN_CRF, OWN_CRF + HALVED * math.log2(expected / wanted))
        if crf <= GOOD_CRF:
            break
    return height, crf


def _least(video: Path) -> float:
    """Return the bytes down to which a video can be read."""
    short = min(size_of(video))
    ratio = min(1.0, HEIGHTS[-1] / short) ** SHRINKING
    smallest: float = SHARE * video.stat().st_size * ratio * 2 ** ((OWN_CRF - LEAST_CRF) / HALVED)
    return smallest / 0.92


def _rounded_up(number: float) -> str:
    """Return a number with two digits that is not less.

    >>> _rounded_up(0.1234), _rounded_up(12.1)
    ('0.13', '13')
    """
    digits = 1 - math.floor(math.log10(number))
    return f"{math.ceil(number * 10**digits) / 10**digits:g}"


def _encode(video: Path, file: Path, height: int, crf: float, progress: Tell | None) -> None:
    """Write a video at another height and quality."""
    given, total = size_of(video), read(video).video.frames
    across, down = (2 * round(side * height / min(given) / 2) for side in given)

    def tell(done: int) -> None:
        if progress:
            progress(done, total)

    reencode(frames(video), file, (across, down), rate_of(video), crf=crf, progress=tell)


def poster(video: Path, target: Path, still: str = "") -> Path:
    """Write the frame of a still, the last one unless named, as a PNG; return its path.

    Raises
    ------
    UsageError
        For a still that the video has not.
    """
    manifest = read(video)
    beat = manifest.beats[pictured([beat.still for beat in manifest.beats], still)]
    out = io.BytesIO()
    picture_at(video, beat.end_frame - 1).save(out, "PNG")
    return write(target, out.getvalue())


def pictured(stills: Sequence[str | None], still: str = "") -> int:
    """Return the index of the beat that has a still: of the last one that has any, unless named.

    Raises
    ------
    UsageError
        For a still that there is not.

    Examples
    --------
    >>> pictured([None, "slope", "landed", None]), pictured([None, "slope"], "slope")
    (2, 1)
    """
    if still and still not in stills:
        raise UsageError(f"--poster {still}: allowed: {', '.join(filter(None, stills))}")
    named = [index for index, name in enumerate(stills) if name and still in ("", name)]
    return (named or [len(stills) - 1])[-1]
