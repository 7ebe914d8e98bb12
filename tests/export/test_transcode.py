"""Smaller videos, posters, transparent ones: what is asked for, and true to the video."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from scenes.cli import main
from scenes.export.transcode import poster, shrink
from scenes.manifest import Manifest, read
from scenes.parameters import UsageError


@pytest.fixture(scope="module")
def manifest(video: Path) -> Manifest:
    return read(video)


@pytest.mark.parametrize(("share", "height"), [(0.5, 480), (0.17, 270)])
def test_a_video_gets_smaller_than_it_may_be(video, tmp_path, share, height):
    most = share * video.stat().st_size / 1e6
    small = shrink(video, tmp_path / "small.mp4", most)
    assert small.stat().st_size <= most * 1e6
    with av.open(str(small)) as made, av.open(str(video)) as given:
        one, other = made.streams.video[0], given.streams.video[0]
        assert one.frames == other.frames
        # What can be packed tighter unseen keeps its size.
        assert one.height == height
        for name in ("colorspace", "color_primaries", "color_trc", "color_range"):
            assert getattr(one.codec_context, name) == getattr(other.codec_context, name)
        assert one.width / one.height == pytest.approx(other.width / other.height, rel=0.01)
        picture = next(iter(made.decode(video=0))).reformat(200, 112, "rgb24").to_ndarray()
        wanted = next(iter(given.decode(video=0))).reformat(200, 112, "rgb24").to_ndarray()
    assert np.abs(picture.astype(int) - wanted).mean() < 4
    content = small.read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_a_video_that_is_small_enough_is_kept(video, tmp_path):
    assert shrink(video, tmp_path / "same.mp4", 500).read_bytes() == video.read_bytes()


def test_what_cannot_be_reached_is_refused(video, tmp_path):
    with pytest.raises(UsageError, match=r"--max-mb 0\.02: .* allowed: 0\.\d+ or more") as refused:
        shrink(video, tmp_path / "tiny.mp4", 0.02)
    assert not list(tmp_path.iterdir())
    # What is said to be allowed is.
    least = float(str(refused.value).split()[-3])
    assert shrink(video, tmp_path / "tiny.mp4", least).stat().st_size <= least * 1e6


def test_a_poster_is_the_picture_of_the_still(video, manifest, tmp_path):
    file = poster(video, tmp_path / "poster.png", "scaled")
    beat = next(beat for beat in manifest.beats if beat.still == "scaled")
    with av.open(str(video)) as opened:
        wanted = [frame.to_image() for frame in opened.decode(video=0)][beat.end_frame - 1]
    with Image.open(file) as made:
        assert np.array_equal(np.asarray(made.convert("RGB")), np.asarray(wanted))
    with pytest.raises(UsageError, match="allowed: slope, scaled"):
        poster(video, tmp_path / "poster.png", "sclaed")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--beats", "2-3"], "with --format gif"),
        (["--transparent"], "with --format webm"),
        (["--format", "webm", "--max-mb", "3"], "with --format mp4"),
        (["--max-mb", "many"], "a positive number"),
        (["--pace", "9"], "pace = 9"),
        (["--format", "gif", "--beats", "sclaed"], "as in 1-2, slope, scaled"),
        (["--poster", "sclaed"], "allowed: slope, scaled"),
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
