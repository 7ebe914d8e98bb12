"""Moving pictures for a forum: the beats that are asked for, in the video's own colours."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

from scenes.export.moving import animate, beats_of
from scenes.manifest import Manifest, read
from scenes.parameters import UsageError


@pytest.fixture(scope="module")
def manifest(video: Path) -> Manifest:
    return read(video)


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_moving_pictures_show_the_beats(video, manifest, tmp_path, kind):
    target = animate(video, tmp_path / f"some.{kind}", (2, 3))
    seconds = manifest.beats[2].end - manifest.beats[1].start
    with Image.open(target) as moving:
        assert moving.is_animated
        assert moving.width == 640
        if kind == "gif":
            length = sum(frame.info["duration"] for frame in ImageSequence.Iterator(moving))
        else:
            # Pillow tells a WebP's times only as the frames are decoded.
            length = sum(_durations(target))
        assert length / 1000 == pytest.approx(seconds, rel=0.08)
        moving.seek(moving.n_frames - 1)
        last = np.asarray(moving.convert("RGB")).astype(int)
    with av.open(str(video)) as opened:
        wanted = [frame.to_image() for frame in opened.decode(video=0)]
    end = wanted[manifest.beats[2].end_frame - 1].resize((last.shape[1], last.shape[0]))
    assert np.abs(last - np.asarray(end)).mean() < 3


def _durations(webp: Path) -> list[int]:
    """Return how long the frames stand, from the chunks of the file."""
    content, at, found = webp.read_bytes(), 12, []
    while at < len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if name == b"ANMF":
            found.append(int.from_bytes(content[at + 20 : at + 23], "little"))
        at += 8 + size + size % 2
    return found


def test_the_ground_of_a_gif_never_flickers(video, manifest, tmp_path):
    target = animate(video, tmp_path / "some.gif", (2, 3))
    with Image.open(target) as moving:
        corners = {
            frame.convert("RGB").getpixel((3, 3)) for frame in ImageSequence.Iterator(moving)
        }
    assert len(corners) == 1


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_every_colour_stays_what_it_means(video, manifest, tmp_path, kind):
    # A point must not wear the slope's colour: what is bright in the video is as bright here.
    target = animate(video, tmp_path / f"some.{kind}", "scaled")
    with Image.open(target) as moving:
        moving.seek(moving.n_frames - 1)
        made = np.asarray(moving.convert("RGB")).astype(int)
    beat = next(beat for beat in manifest.beats if beat.still == "scaled")
    with av.open(str(video)) as opened:
        frame = [frame.to_image() for frame in opened.decode(video=0)][beat.end_frame - 1]
    given = np.asarray(frame.resize(made.shape[1::-1], Image.Resampling.LANCZOS)).astype(int)
    colored = np.ptp(given, axis=2) > 60
    assert colored.sum() > 500
    assert np.percentile(np.abs(made - given).max(axis=2)[colored], 95) < 20
    # The ground is the very same, and has no patches of another dark.
    ground = np.median(given.reshape(-1, 3), axis=0)
    near = np.abs(given - ground).max(axis=2) <= 2
    assert near.mean() > 0.8
    assert (made[near] == ground).all()


def test_beats_are_numbers_or_a_still(video, manifest, tmp_path):
    assert beats_of("2-3") == (2, 3)
    assert beats_of("4") == (4, 4)
    assert beats_of("jump-3") == "jump-3"
    for text in ("", "3-", "../x", "1-2-3", "-1", "٣"):
        with pytest.raises(UsageError, match="--beats"):
            beats_of(text)
    for beats in ((0, 1), (3, 2), (1, 99), "sclaed"):
        with pytest.raises(UsageError, match=r"--beats .*: allowed: 1 to \d+, as in 1-2, slope, "):
            animate(video, tmp_path / "some.gif", beats)
