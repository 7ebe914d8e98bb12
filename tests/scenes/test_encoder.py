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
from manim import RIGHT, UP, Circle, Scene, Square, ThreeDScene, tempconfig
from manim.scene import scene_file_writer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder

from scenes import encoder
from scenes.camera import KeepingCamera
from scenes.encoder import FilmWriter, SegmentEncoder, install
from scenes.pixels import Converter, unmultiplied
from scenes.segments import is_sealed, join
from scenes.settings import CODEC_OPTIONS, COLOR_TAGS
from scenes.writing import HERE, STALE_AFTER, complete_or_absent

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


class Straight(VideoSegmentEncoder):
    """manim's own encoder, given full colours where a picture is transparent."""

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        super().write_frame(unmultiplied(pixels), repeat=repeat)


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
    return list(root.rglob("*.part*"))


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
        {"format": "mp4", "pixel_height": 854, "pixel_width": 480},
    ],
    ids=lambda settings: "-".join(map(str, settings.values())),
)
def test_frames_are_those_of_manims_own_writer(
    tmp_path: Path, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    if settings.get("transparent"):
        monkeypatch.setattr(scene_file_writer, "VideoSegmentEncoder", Straight)
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
        # MP4 keeps the length of the whole in milliseconds.
        assert abs(stream.duration * stream.time_base - stream.frames / exact) < 0.001


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
    plain = Converter.__call__

    def count(self: Converter, pixels: Any, rows: Any = None) -> Any:
        converted.append(pixels)
        return plain(self, pixels, rows)

    monkeypatch.setattr(Converter, "__call__", count)
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
    import os, signal, sys, time
    from manim import RIGHT, UP, Circle, Scene, Square, tempconfig
    from scenes import encoder

    media, moment = sys.argv[1:]

    def die(*_):
        time.sleep(0.3)  # the encoder, in its own thread, is to have begun
        os.kill(os.getpid(), signal.SIGKILL)

    class Small(Scene):
        def construct(self):
            square, circle = Square(color="#ff8800", fill_opacity=1), Circle(color="#3366ff")
            self.play(square.animate.shift(2 * RIGHT), run_time=0.5)
            self.wait(0.7 + 1e-9, frozen_frame=True)
            self.play(circle.animate.shift(UP), run_time=0.1)
            if moment == "drawing":
                drawn = iter(range(99))
                square.add_updater(lambda _: next(drawn) > 2 and die())
            if moment == "finishing":
                encoder.SegmentEncoder.finish = die
            self.play(circle.animate.shift(UP), run_time=0.4)

    if moment == "joining":
        join = encoder.join
        encoder.join = lambda *arguments: (join(*arguments), die())

    with tempconfig({settings} | {"media_dir": media}):
        scene = Small()
        encoder.install(scene)
        scene.render()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(("moment", "done"), [("drawing", 3), ("finishing", 3), ("joining", 4)])
def test_a_killed_render_leaves_nothing_half_made(tmp_path: Path, moment: str, done: int) -> None:
    media = tmp_path / "killed"
    # Without delay, so that the file has been begun when the end comes.
    settings = {"video_encoder_options": {"tune": "zerolatency"}}
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(KILLED).replace("{settings}", repr({**SMALL, **settings})))
    ended = subprocess.run([sys.executable, script, media, moment], capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr

    whole = segments(media)
    assert len(whole) == done
    assert all(is_sealed(path) for path in whole)
    assert not list(media.rglob("Small.mp4"))
    assert len(leftovers(media)) == 1  # or it was not killed in the middle

    ours = render(media_dir=str(media), **settings)
    untouched = render(media_dir=str(tmp_path / "untouched"), **settings)
    assert all(map(np.array_equal, frames(ours), frames(untouched)))
    assert len(frames(ours)) == FRAMES


@pytest.mark.parametrize("settings", [{"format": "mp4"}, {"format": "webm"}], ids=["mp4", "webm"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.8, 1.0])
def test_a_damaged_segment_is_drawn_again(
    tmp_path: Path, settings: dict[str, Any], share: float
) -> None:
    expected = frames(render(**settings))
    victims = segments(tmp_path)
    assert len(victims) == 4
    for victim in victims[:2]:
        content = bytearray(victim.read_bytes())
        if share == 1.0:
            # One bit, in the middle of the pictures: it can be read to the end all the same.
            content[len(content) // 2] ^= 16
        victim.write_bytes(content[: int(len(content) * share)])
        assert not is_sealed(victim)
    intact = {path: path.stat().st_mtime_ns for path in victims[2:]}
    assert all(map(np.array_equal, frames(render(**settings)), expected))
    assert all(is_sealed(victim) for victim in victims)
    assert intact == {path: path.stat().st_mtime_ns for path in victims[2:]}


def test_a_segment_of_one_frame_is_sealed(tmp_path: Path) -> None:
    for kind in ("mp4", "webm", "mov"):
        render(format=kind)
    found = segments(tmp_path)
    assert len(found) == 12
    assert all(is_sealed(path) for path in found)


def test_an_unchanged_scene_encodes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = frames(render())
    monkeypatch.setattr(Converter, "__call__", lambda *_: pytest.fail("drawn again"))
    assert all(map(np.array_equal, frames(render()), expected))


def test_a_scene_that_fails_leaves_only_whole_segments(tmp_path: Path) -> None:
    class Failing(Scene):
        def construct(self) -> None:
            square = Square()
            self.play(square.animate.shift(UP), run_time=0.4)
            drawn = iter(range(2))
            square.add_updater(lambda _: next(drawn))
            self.play(square.animate.shift(UP), run_time=1)

    with pytest.raises((StopIteration, RuntimeError)):
        render(Failing)
    assert len(segments(tmp_path)) == 1
    assert not leftovers(tmp_path)


def test_an_encoder_that_fails_leaves_only_whole_segments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(SegmentEncoder, "write_frame", fail)
    with pytest.raises(OSError, match="no space left"):
        render()
    assert not segments(tmp_path)
    assert not leftovers(tmp_path)


def test_a_seal_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, text: str) -> None:
        self.write_bytes(b"")
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="no space left"):
        render()
    assert not segments(tmp_path)
    assert not leftovers(tmp_path)


def test_a_join_that_fails_keeps_the_film_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = render()
    before = film.read_bytes()

    def fail(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(encoder, "join", fail)
    with pytest.raises(OSError, match="no space left"):
        render()
    assert film.read_bytes() == before
    assert not leftovers(tmp_path)


def test_what_killed_renders_left_is_cleared_away(tmp_path: Path) -> None:
    film = render()
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    dead, alive = (
        film.with_name(f".Small.{HERE}-{pid}.part.mp4") for pid in (ended.pid, os.getppid())
    )
    young, old = (film.with_name(f".Small.{'0' * 12}-{pid}.part.mp4") for pid in (1, 2))
    own = film.with_name(".my.part.of.it.mp4")
    for path in (dead, alive, young, old, own):
        path.write_bytes(b"unfinished")
    long_ago = time.time() - 2 * STALE_AFTER
    for path in (alive, old):
        os.utime(path, (long_ago, long_ago))
    render()
    # Another machine may be writing into a shared folder.
    assert sorted(leftovers(tmp_path)) == sorted([alive, young, own])


def test_complete_or_absent(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    with complete_or_absent(target) as partial:
        partial.write_text("one")
        assert not target.exists()
    with pytest.raises(KeyboardInterrupt), complete_or_absent(target) as partial:  # noqa: PT012
        partial.write_text("half a t")
        raise KeyboardInterrupt
    assert target.read_text() == "one"
    assert list(tmp_path.iterdir()) == [target]


def test_the_frame_must_fit() -> None:
    scene = Small()
    install(scene)
    writer = scene.renderer.file_writer
    assert isinstance(writer, FilmWriter)
    assert isinstance(writer, SceneFileWriter)
    writer.add_partial_movie_file("segment")
    writer.begin_animation(True, animation_index=0)
    with pytest.raises(ValueError, match="shape"):
        writer.write_frame(np.zeros((90, 100, 4), np.uint8))
    writer.abort_encode_jobs()


def test_a_camera_of_the_scenes_own_is_left_alone() -> None:
    flat, turning = Small(), ThreeDScene()
    own = turning.renderer.camera
    install(flat)
    install(turning)
    assert isinstance(flat.camera, KeepingCamera)
    assert turning.camera is own


def test_a_picture_that_stands_looks_the_same_and_has_the_headers_of_the_others(
    tmp_path: Path,
) -> None:
    """Less effort is spent on it; a film has one set of headers for all its segments."""
    options = {**CODEC_OPTIONS["libx264"], **COLOR_TAGS}
    exact = {**options, "qp": "0"}
    drawn = frames(render(media_dir=str(tmp_path / "exact"), video_encoder_options=exact))
    film = render(media_dir=str(tmp_path / "ours"), video_encoder_options=options)
    heads, settings = set(), set()
    for part in segments(tmp_path / "ours"):
        with av.open(part) as opened:
            heads.add(opened.streams.video[0].codec_context.extradata)
        settings.add(b"subme=0" in part.read_bytes())
    assert settings == {True, False}
    assert len(heads) == 1
    shown = frames(film)
    assert len(shown) == len(drawn) == FRAMES
    for one, other in zip(shown, drawn, strict=True):
        error = np.square(one.astype(float) - other).mean()
        assert 10 * np.log10(255**2 / max(error, 1e-9)) > 40


def test_who_chose_other_options_has_them_for_all() -> None:
    film = render(video_encoder_options={"preset": "slow", "crf": "20", "threads": "1"})
    parts = segments(Path(film).parent)
    assert len(parts) == 4
    assert not any(b"subme=0" in part.read_bytes() for part in parts)
