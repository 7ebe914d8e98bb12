"""The file writer against manim's own, and against sudden ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from manim import RIGHT, UP, Circle, Scene, Square, tempconfig
from manim.scene.scene_file_writer import SceneFileWriter

from scenes import encoder
from scenes.encoder import FilmWriter, SegmentEncoder, complete_or_absent, install, is_whole, join
from scenes.settings import COLOR_TAGS

FPS = 10
SMALL = {
    "pixel_width": 160,
    "pixel_height": 90,
    "frame_rate": FPS,
    "progress_bar": "none",
    "verbosity": "ERROR",
    "max_files_cached": -1,
}


class Small(Scene):
    """A play, a frozen wait, another play: 5 + 7 + 1 + 4 frames."""

    def construct(self) -> None:
        square, circle = Square(color="#ff8800", fill_opacity=1), Circle(color="#3366ff")
        self.play(square.animate.shift(2 * RIGHT), run_time=0.5)
        self.wait(0.7 + 1e-9, frozen_frame=True)
        self.play(circle.animate.shift(UP), run_time=0.1)
        self.play(circle.animate.shift(UP), run_time=0.4)


FRAMES = 17


@pytest.fixture(autouse=True)
def small(tmp_path: Path) -> Iterator[None]:
    with tempconfig({**SMALL, "media_dir": str(tmp_path)}):
        yield


def render(scene_class: type[Scene] = Small, *, ours: bool = True, **settings: Any) -> Path:
    with tempconfig(settings):
        scene = scene_class()
        if ours:
            install(scene)
        scene.render()
        return Path(scene.renderer.file_writer.final_file_path)


def frames(path: Path) -> list[np.ndarray]:
    with av.open(path) as film:
        return [frame.to_ndarray() for frame in film.decode(video=0)]


def times(path: Path) -> list[float]:
    with av.open(path) as film:
        return [float(frame.time) for frame in film.decode(video=0)]


def segments(root: Path) -> list[Path]:
    """Every file that manim's cache could take for a segment."""
    return sorted(
        path
        for path in root.rglob("partial_movie_files/*/*")
        if path.suffix in {".mp4", ".mov", ".webm"} and not path.name.startswith(".")
    )


def leftovers(root: Path) -> list[Path]:
    return [path for path in root.rglob("*.part*")]


# -- the same film as manim's ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    [
        {"format": "mp4"},
        {"format": "webm"},
        {"format": "webm", "transparent": True},
        {"format": "mov", "transparent": True},
        {"format": "gif"},
        {"format": "mp4", "pixel_format": "yuv444p"},
        {"format": "mp4", "max_inflight_encoders": 3},
    ],
    ids=lambda settings: "-".join(map(str, settings.values())),
)
def test_frames_are_those_of_manims_own_writer(tmp_path: Path, settings: dict[str, Any]) -> None:
    ours = render(media_dir=str(tmp_path / "ours"), **settings)
    theirs = render(media_dir=str(tmp_path / "theirs"), ours=False, **settings)
    assert ours.name == theirs.name
    shown, expected = frames(ours), frames(theirs)
    assert len(shown) == len(expected) == FRAMES
    assert all(np.array_equal(a, b) for a, b in zip(shown, expected, strict=True))
    assert not leftovers(tmp_path)


def test_transparency_survives_the_join(tmp_path: Path) -> None:
    film = render(format="webm", transparent=True)
    with av.open(film) as container:
        assert container.streams.video[0].metadata["alpha_mode"] == "1"


@pytest.mark.parametrize("rate", [10, 15, 29.97, 60])
def test_times_are_even(rate: float) -> None:
    film = render(frame_rate=rate)
    exact = Fraction(30000, 1001) if rate == 29.97 else Fraction(rate)
    assert times(film) == [float(n / exact) for n in range(len(frames(film)))]
    with av.open(film) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == exact
        assert stream.start_time == 0
        assert stream.duration * stream.time_base == stream.frames / exact


def test_times_are_even_up_to_the_milliseconds_of_webm() -> None:
    film = render(format="webm")
    assert times(film) == [n / FPS for n in range(FRAMES)]


def test_colour_tags_survive_the_join() -> None:
    film = render(video_encoder_options=COLOR_TAGS)
    with av.open(film) as container:
        codec = container.streams.video[0].codec_context
        tags = codec.colorspace, codec.color_primaries, codec.color_trc, codec.color_range
    # SMPTE 170M, BT.709, BT.709, limited range, in the numbers of ITU-T H.273
    assert tags == (6, 1, 1, 1)


def test_the_index_stands_before_the_pictures() -> None:
    content = render().read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_a_film_can_be_joined_from_films(tmp_path: Path) -> None:
    film, double = render(), tmp_path / "double.mp4"
    join([film, film], double, Fraction(FPS))
    assert times(double) == [n / FPS for n in range(2 * FRAMES)]
    assert all(map(np.array_equal, frames(double), 2 * frames(film)))


def test_a_held_frame_is_converted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    converted = []
    plain = SegmentEncoder.convert

    def count(self: SegmentEncoder, pixels: Any) -> Any:
        converted.append(pixels)
        return plain(self, pixels)

    monkeypatch.setattr(SegmentEncoder, "convert", count)
    assert len(frames(render())) == FRAMES
    assert len(converted) == FRAMES - 7 + 1


def test_sections_are_written_like_the_film(tmp_path: Path) -> None:
    class Told(Scene):
        def construct(self) -> None:
            for name in ("first", "second"):
                self.next_section(name)
                self.play(Square().animate.shift(UP), run_time=0.4)

    render(Told, save_sections=True)
    parts = sorted(tmp_path.rglob("sections/*.mp4"))
    assert [len(frames(part)) for part in parts] == [4, 4]


def test_a_still_needs_no_encoder() -> None:
    assert render(format="png").suffix == ".png"


# -- sudden ends -----------------------------------------------------------------------------------

KILLED = """
    import os, signal, sys
    from manim import RIGHT, UP, Circle, Scene, Square, tempconfig
    from scenes import encoder

    media, moment = sys.argv[1:]

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    class Small(Scene):
        def construct(self):
            square, circle = Square(color="#ff8800", fill_opacity=1), Circle(color="#3366ff")
            self.play(square.animate.shift(2 * RIGHT), run_time=0.5)
            self.wait(0.7 + 1e-9, frozen_frame=True)
            if moment == "drawing":
                frames = iter(range(99))
                circle.add_updater(lambda _: next(frames) > 3 and die())
            self.play(circle.animate.shift(UP), run_time=0.1)
            if moment == "finishing":
                encoder.SegmentEncoder.finish = die
            self.play(circle.animate.shift(UP), run_time=0.4)

    if moment == "joining":
        encoder.Path.replace_ = encoder.Path.replace
        plain = encoder.join
        def join(segments, film, rate):
            plain(segments, film, rate)
            die()
        encoder.join = join

    with tempconfig({settings} | {{"media_dir": media}}):
        scene = Small()
        encoder.install(scene)
        scene.render()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(("moment", "done"), [("drawing", 2), ("finishing", 3), ("joining", 4)])
def test_a_killed_render_leaves_nothing_half_made(tmp_path: Path, moment: str, done: int) -> None:
    media = tmp_path / "killed"
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(KILLED).replace("{settings}", repr(SMALL)))
    ended = subprocess.run([sys.executable, script, media, moment], capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr

    whole = segments(media)
    assert len(whole) == done
    assert all(is_whole(path, Fraction(FPS)) for path in whole)
    assert not list(media.rglob("Small.mp4"))

    ours = render(media_dir=str(media))
    untouched = render(media_dir=str(tmp_path / "untouched"))
    assert all(map(np.array_equal, frames(ours), frames(untouched)))
    assert len(frames(ours)) == FRAMES
