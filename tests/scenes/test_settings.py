"""What scenes set in manim's configuration, and what they leave to the user."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest
from manim import Scene, config, tempconfig
from manim.__main__ import main as manim
from manim._config import parser
from PIL import Image

from scenes import settings
from scenes.settings import CODEC_OPTIONS, COLOR_TAGS, apply_settings

X264 = {**CODEC_OPTIONS["libx264"], **COLOR_TAGS}
VP9 = {**CODEC_OPTIONS["libvpx-vp9"], **COLOR_TAGS, "crf": "23"}


@pytest.fixture(autouse=True)
def untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "_changed", {})
    with tempconfig({"media_dir": str(tmp_path / "media"), "verbosity": "ERROR"}):
        yield


class Shaped(Scene):
    def __init__(self, aspect: str | None = None) -> None:
        apply_settings(aspect)
        super().__init__()

    @property
    def encoder(self) -> dict[str, str]:
        spec = self.session_spec.video_encoder
        return dict(spec.options) if spec else {}


@pytest.mark.parametrize(
    ("aspect", "quality", "pixels"),
    [
        ("16:9", "high_quality", (1920, 1080)),
        ("4:3", "high_quality", (1440, 1080)),
        ("1:1", "high_quality", (1080, 1080)),
        ("9:16", "high_quality", (1080, 1920)),
        ("16:9", "low_quality", (854, 480)),
        ("9:16", "low_quality", (480, 854)),
        ("4:3", "fourk_quality", (2880, 2160)),
        (None, "medium_quality", (1280, 720)),
    ],
)
def test_the_frame_has_the_aspect(
    aspect: str | None, quality: str, pixels: tuple[int, int]
) -> None:
    with tempconfig({"quality": quality}):
        camera = Shaped(aspect).renderer.camera
        assert (camera.pixel_width, camera.pixel_height) == pixels
        assert min(camera.frame_width, camera.frame_height) == 8
        # A unit has as many pixels across as it has upwards.
        upwards = camera.pixel_height / camera.frame_height
        assert camera.pixel_width / camera.frame_width == pytest.approx(upwards)


def test_each_aspect_has_its_own_folders() -> None:
    with tempconfig({"quality": "high_quality"}):
        plans = [Shaped(aspect).output_plan for aspect in settings.ASPECTS]
    assert len({plan.primary_artifact for plan in plans}) == 4
    assert len({plan.segment_cache_dir for plan in plans}) == 4
    assert len({plan.fallback_image for plan in plans}) == 4
    folders = [plan.primary_artifact.parent.name for plan in plans if plan.primary_artifact]
    assert folders == ["1080p60", "1080p60_4x3", "1080p60_1x1", "1920p60_9x16"]


def test_nothing_leaks_into_the_next_scene() -> None:
    before = dict(config)
    first = Shaped("9:16")
    second = Shaped("16:9")
    assert first.renderer.camera.pixel_width < second.renderer.camera.pixel_width
    assert second.output_plan.primary_artifact.parent.name == "1080p60"
    apply_settings()
    changed = {key for key, value in config.items() if value != before[key]}
    assert changed == {*settings.LIMITS, "video_encoder_options"}


def test_what_someone_changes_between_two_scenes_stays() -> None:
    Shaped("1:1")
    config.frame_size = 640, 360
    assert Shaped("16:9").renderer.camera.pixel_width == 640


def test_a_resolution_of_the_users_own_is_kept() -> None:
    with tempconfig({"pixel_width": 600, "pixel_height": 500}):
        scene = Shaped("9:16")
        assert (scene.camera.pixel_width, scene.camera.pixel_height) == (600, 500)
        assert scene.camera.frame_width == pytest.approx(8 * 600 / 500)
        assert scene.output_plan.primary_artifact.parent.name == "500p60_600x500"


def test_an_aspect_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="aspect is '2:1', but must be one of 16:9, 4:3"):
        apply_settings("2:1")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, X264),
        ({"format": "gif"}, X264),
        ({"format": "webm"}, VP9),
        ({"format": "webm", "transparent": True}, VP9),
        ({"transparent": True}, {}),
        ({"format": "png"}, {}),
        ({"video_codec": "libx264rgb", "pixel_format": "rgb24"}, {}),
        (
            {"video_encoder_options": {"crf": "30", "tune": "animation"}},
            {**X264, "crf": "30", "tune": "animation"},
        ),
    ],
    ids=lambda value: "-".join(f"{key}={value[key]}" for key in value)[:40],
)
def test_options_fit_the_encoder(chosen: dict[str, Any], expected: dict[str, str]) -> None:
    with tempconfig(chosen):
        assert Shaped().encoder == expected


def test_manims_defaults_are_what_we_take_them_for() -> None:
    """Otherwise a value of manim's would be taken for the user's choice."""
    given = parser["CLI"]
    assert given.get("video_dir", raw=True) == settings.VIDEO_DIR
    assert given.get("images_dir", raw=True) == settings.IMAGES_DIR
    for key, (default, _) in settings.LIMITS.items():
        assert given.getint(key) == default
    assert not parser.items("video_encoder.options")


def test_the_users_own_folders_and_limits_stay() -> None:
    with tempconfig({"video_dir": "films", "max_files_cached": 7}):
        scene = Shaped("1:1")
        assert scene.output_plan.primary_artifact.parent.name == "films"
        assert scene.file_writer_settings.max_files_cached == 7


LESSON = """
from manim import Scene, Square, UP
from scenes.encoder import install
from scenes.settings import apply_settings


class Base(Scene):
    aspect = "16:9"

    def __init__(self):
        apply_settings(self.aspect)
        super().__init__()
        install(self)

    def construct(self):
        self.play(Square(color="#ff8800", fill_opacity=1).animate.shift(UP), run_time=0.2)


class Tall(Base):
    aspect = "9:16"


class Wide(Base):
    pass
"""


@pytest.fixture
def lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.py"
    path.write_text(LESSON)
    return path


def command(*arguments: str) -> None:
    with tempconfig({}):  # in a process of its own it would have nothing to keep
        manim(["--progress_bar", "none", "-v", "ERROR", *arguments], standalone_mode=False)


def the_one(pattern: str) -> Path:
    (found,) = (path for path in Path("media").rglob(pattern) if "partial" not in str(path))
    return found


@pytest.mark.parametrize(
    ("flags", "file", "size"),
    [
        (["-ql"], "Wide.mp4", (854, 480)),
        (["-qh"], "Wide.mp4", (1920, 1080)),
        (["-ql", "-s"], "Wide*.png", (854, 480)),
        (["-ql", "--format", "gif"], "Wide*.gif", (854, 480)),
        (["-ql", "--format", "webm"], "Wide.webm", (854, 480)),
        (["-ql", "--format", "png"], "Wide*.png", (854, 480)),
        (["-r", "1080,1080", "--fps", "10"], "Wide.mp4", (1080, 1080)),
        (["-r", "300,200", "-s"], "Wide*.png", (300, 200)),
    ],
    ids=lambda value: "".join(value) if isinstance(value, list) else None,
)
def test_manims_command(lesson: Path, flags: list[str], file: str, size: tuple[int, int]) -> None:
    command(*flags, str(lesson), "Wide")
    path = the_one(file)
    if path.suffix == ".png":
        assert Image.open(path).size == size
        return
    with av.open(path) as film:
        codec = film.streams.video[0].codec_context
        assert (codec.width, codec.height) == size
        if path.suffix != ".gif":
            assert (codec.colorspace, codec.color_primaries, codec.color_trc) == (6, 1, 1)


def test_manims_command_with_two_scenes_of_different_shape(lesson: Path) -> None:
    command("-ql", str(lesson), "Tall", "Wide")
    assert the_one("Tall.mp4").parent.name == "854p15_9x16"
    assert the_one("Wide.mp4").parent.name == "480p15"


def test_options_from_the_command_line_win(lesson: Path) -> None:
    command("-ql", "--encoder-option", "crf=51", "-o", "worse", str(lesson), "Wide")
    command("-ql", "-o", "better", str(lesson), "Wide")
    assert the_one("worse.mp4").stat().st_size < the_one("better.mp4").stat().st_size


@pytest.mark.parametrize(
    ("flags", "asked"), [([], False), (["--notify_outdated_version"], True), (["--silent"], False)]
)
def test_pypi_is_asked_only_on_request(lesson: Path, flags: list[str], asked: bool) -> None:
    """In a process of its own, because the answer depends on the command line."""
    spy = lesson.with_name("spy.py")
    spy.write_text(
        "import sys, urllib.request\n"
        "urllib.request.urlopen = lambda *_, **__: sys.exit('PyPI was asked')\n"
        "from manim.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, spy, *flags, "-ql", "-s", lesson, "Wide"],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert ("PyPI was asked" in done.stderr) == asked
    assert (done.returncode == 0) != asked, done.stdout + done.stderr
