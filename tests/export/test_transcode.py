"""Smaller videos, moving pictures, posters: what is asked for, and true to the video."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

from scenes.cli import main
from scenes.export.transcode import animate, beats_of, poster, shrink
from scenes.manifest import Manifest, read
from scenes.parameters import UsageError


@pytest.fixture(scope="module")
def manifest(video: Path) -> Manifest:
    return read(video)


@pytest.mark.parametrize("share", [0.5, 0.25])
def test_a_video_gets_smaller_than_it_may_be(video, tmp_path, share):
    most = share * video.stat().st_size / 1e6
    small = shrink(video, tmp_path / "small.mp4", most)
    assert small.stat().st_size <= most * 1e6
    with av.open(str(small)) as made, av.open(str(video)) as given:
        one, other = made.streams.video[0], given.streams.video[0]
        assert one.frames == other.frames
        assert one.width / one.height == pytest.approx(other.width / other.height, rel=0.01)
        picture = next(iter(made.decode(video=0))).reformat(200, 112, "rgb24").to_ndarray()
        wanted = next(iter(given.decode(video=0))).reformat(200, 112, "rgb24").to_ndarray()
    assert np.abs(picture.astype(int) - wanted).mean() < 4


def test_a_video_that_is_small_enough_is_kept(video, tmp_path):
    assert shrink(video, tmp_path / "same.mp4", 500).read_bytes() == video.read_bytes()


def test_what_cannot_be_reached_is_refused(video, tmp_path):
    with pytest.raises(UsageError, match=r"--max-mb 0\.0\d+: .* allowed: 0\.\d or more"):
        shrink(video, tmp_path / "tiny.mp4", 0.02)
    assert not list(tmp_path.iterdir())


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


def test_a_poster_is_the_picture_of_the_still(video, manifest, tmp_path):
    file = poster(video, tmp_path / "poster.png", "scaled")
    beat = next(beat for beat in manifest.beats if beat.still == "scaled")
    with av.open(str(video)) as opened:
        wanted = [frame.to_image() for frame in opened.decode(video=0)][beat.end_frame - 1]
    with Image.open(file) as made:
        assert np.array_equal(np.asarray(made.convert("RGB")), np.asarray(wanted))
    with pytest.raises(UsageError, match="allowed: slope, scaled"):
        poster(video, tmp_path / "poster.png", "sclaed")


def test_beats_are_numbers():
    assert beats_of("2-3") == (2, 3)
    assert beats_of("4") == (4, 4)
    for text in ("", "3-", "two", "1-2-3", "-1"):
        with pytest.raises(UsageError, match="--beats"):
            beats_of(text)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--beats", "2-3"], "with --format gif"),
        (["--transparent"], "with --format webm"),
        (["--format", "webm", "--max-mb", "3"], "with --format mp4"),
        (["--max-mb", "many"], "a positive number"),
        (["--pace", "9"], "pace = 9"),
    ],
)
def test_wrong_options_are_one_line(tmp_path, capsys, options, says):
    given = ["render", "OneStep", "-q", "l", "-o", str(tmp_path), *options]
    assert main(given) == 2
    error = capsys.readouterr().err.strip()
    assert says in error
    assert "\n" not in error
    assert not list(tmp_path.glob("*.mp4"))


@pytest.mark.slow
def test_a_transparent_webm_has_alpha(tmp_path, capsys):
    given = ["render", "OneStep", "-q", "l", "--format", "webm", "--transparent"]
    assert main([*given, "-o", str(tmp_path)]) == 0
    (film,) = tmp_path.glob("*-transparent.webm")
    assert read(film).video.transparent
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        frame = next(frame for packet in opened.demux(stream) for frame in decoder.decode(packet))
        alpha = frame.to_ndarray(format="rgba")[..., 3]
    assert alpha.min() == 0
    assert alpha.max() > 200
