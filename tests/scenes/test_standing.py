"""A picture that stands is encoded once, and any decoder shows it as long as it was asked for."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from manim._config.video_encoder import VideoEncoderSpec

from scenes import standing
from scenes.encoder import SegmentEncoder
from scenes.segments import join
from scenes.settings import CODEC_OPTIONS, COLOR_TAGS, STANDING_OPTIONS
from scenes.standing import ROUND, SETTLED

SIZES = [(160, 90), (90, 160), (854, 480), (1920, 1080)]
RATES = [Fraction(60), Fraction(15), Fraction(30000, 1001)]


def spec(width: int, height: int, rate: Fraction, options: dict[str, str]) -> VideoEncoderSpec:
    given = tuple(sorted({**CODEC_OPTIONS["libx264"], **COLOR_TAGS, **options}.items()))
    return VideoEncoderSpec(
        container_format="mp4",
        codec="libx264",
        pixel_format="yuv420p",
        width=width,
        height=height,
        frame_rate=rate,
        options=given,
    )


def picture(width: int, height: int, seed: int = 3) -> av.VideoFrame:
    """A ground with some boxes and a slope of grey: edges, and something that is hard to encode."""
    draw = np.random.default_rng(seed)
    pixels = np.full((height, width, 3), 20, np.uint8)
    pixels[:, : width // 3] += np.linspace(0, 200, height).astype(np.uint8)[:, None, None]
    for x, y in draw.integers(0, (width - 12, height - 12), (40, 2)):
        pixels[y : y + 12, x : x + 9] = draw.integers(0, 256, 3)
    return av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")


def stand(target: Path, size: tuple[int, int], rate: Fraction, count: int, seed: int = 3) -> Path:
    """Write a segment in which a picture stands for some frames."""
    encoder = SegmentEncoder(target=target, spec=spec(*size, rate, STANDING_OPTIONS), stands=True)
    encoder.write_frame(picture(*size, seed), repeat=count)
    encoder.finish()
    return target


def shown(path: Path) -> list[np.ndarray]:
    """Every frame, by a decoder that does not look over a fault."""
    with av.open(path, options={"err_detect": "explode"}) as film:
        stream = film.streams.video[0]
        stream.codec_context.options = {"err_detect": "explode"}
        return [frame.to_ndarray() for frame in film.decode(stream)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("count", [1, SETTLED, SETTLED + 1, 2 * ROUND + 7])
def test_it_stays_as_it_was(tmp_path: Path, size: tuple[int, int], count: int) -> None:
    frames = shown(stand(tmp_path / "one.mp4", size, Fraction(60), count))
    assert len(frames) == count
    assert all(np.array_equal(frame, frames[SETTLED - 1]) for frame in frames[SETTLED:])
    drawn = picture(*size).to_ndarray().astype(float)
    error = np.square(frames[-1] - drawn).mean()
    assert 10 * np.log10(255**2 / error) > 35


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_times_are_even(tmp_path: Path, rate: Fraction) -> None:
    with av.open(stand(tmp_path / "one.mp4", SIZES[0], rate, 100)) as film:
        times = [frame.time for frame in film.decode(video=0)]
    assert times == pytest.approx([float(n / rate) for n in range(100)], abs=1e-4)


def test_it_can_be_joined_with_what_moves(tmp_path: Path) -> None:
    size, rate = SIZES[2], Fraction(60)
    parts = [stand(tmp_path / "one.mp4", size, rate, 70), tmp_path / "moving.mp4"]
    moving = SegmentEncoder(target=parts[1], spec=spec(*size, rate, {}))
    for seed in range(9):
        moving.write_frame(picture(*size, seed))
    moving.finish()
    parts.append(stand(tmp_path / "two.mp4", size, rate, 41, seed=8))
    join(parts, tmp_path / "film.mp4", rate)
    expected = [frame for part in parts for frame in shown(part)]
    frames = shown(tmp_path / "film.mp4")
    assert len(frames) == len(expected) == 120
    assert all(map(np.array_equal, frames, expected))


def test_a_player_that_jumps_into_the_middle_sees_the_same(tmp_path: Path) -> None:
    path = stand(tmp_path / "one.mp4", SIZES[1], Fraction(60), 400)
    whole = shown(path)
    with av.open(path) as film:
        film.seek(int(5.5 * av.time_base))
        frame = next(f for f in film.decode(video=0) if f.time is not None and f.time >= 5.5)
        assert np.array_equal(frame.to_ndarray(), whole[330])


def test_only_the_first_frames_cost_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[Any] = []
    plain = standing.settled
    monkeypatch.setattr(
        "scenes.encoder.settled", lambda *given: encoded.append(given) or plain(*given)
    )
    path = stand(tmp_path / "one.mp4", SIZES[2], Fraction(60), 600)
    assert len(encoded) == SETTLED
    with av.open(path) as film:
        sizes = [packet.size for packet in film.demux(video=0) if packet.size]
    assert len(sizes) == 600
    assert max(sizes[SETTLED:]) < 100


@pytest.mark.parametrize("fault", ["another header", "another round"])
def test_where_x264_counts_otherwise_all_frames_are_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    plain = standing._of_grey

    def other(spec: VideoEncoderSpec) -> tuple[bytes | None, list[bytes]]:
        header, packets = plain(spec)
        if fault == "another header":
            return b"another", packets
        return header, [*packets[:-1], packets[0][:-1] + b"?"]

    monkeypatch.setattr(standing, "_of_grey", other)
    frames = shown(stand(tmp_path / "one.mp4", SIZES[0], Fraction(60), 60))
    assert len(frames) == 60
    assert not np.array_equal(frames[SETTLED - 1], frames[-1])
