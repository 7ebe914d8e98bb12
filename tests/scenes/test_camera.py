"""The camera that remembers outlines draws what manim's own draws, pixel for pixel."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from manim import (
    BLUE,
    LEFT,
    RIGHT,
    UP,
    Camera,
    Circle,
    Create,
    FadeOut,
    ImageMobject,
    PointCloudDot,
    Rotate,
    Scene,
    Square,
    Star,
    Text,
    Transform,
    VMobject,
    tempconfig,
)

from scenes.camera import KeepingCamera


@pytest.fixture(autouse=True)
def small(tmp_path: Path) -> Iterator[None]:
    with tempconfig(
        {
            "pixel_width": 320,
            "pixel_height": 180,
            "frame_rate": 10,
            "progress_bar": "none",
            "verbosity": "ERROR",
            "media_dir": str(tmp_path),
            "format": "png-sequence",
        }
    ):
        yield


class Everything(Scene):
    """Things that rest, move, change in place, vanish, come back and have no points."""

    def construct(self) -> None:
        letters = Text("slope −6.4", font_size=40).to_corner(UP + LEFT)
        square = Square(color=BLUE, fill_opacity=0.5).shift(LEFT)
        hidden = VMobject(fill_opacity=1)
        self.add(square, hidden, letters, Star(color="#ff8800").shift(2 * RIGHT))
        self.play(square.animate.shift(RIGHT), run_time=0.5)
        letters[3].points += 0.05 * UP  # in place: the array stays the same object
        self.play(Rotate(square), run_time=0.5)
        hidden.points = Circle().points
        self.play(Transform(square, Circle(radius=0.7)), run_time=0.5)
        letters.set_color("#66ddbb")
        self.play(FadeOut(letters), Create(Circle(radius=2)), run_time=0.5)
        hidden.points = np.zeros((0, 3))
        self.add(letters)
        self.play(square.animate.shift(UP), run_time=0.5)


class Pictures(Scene):
    """Dots and a picture, of which no outline tells where they are, between things that move."""

    def construct(self) -> None:
        square, cloud = Square(), PointCloudDot(radius=0.4).shift(2 * LEFT)
        self.add(square, cloud)
        self.play(cloud.animate.shift(UP), square.animate.shift(RIGHT), run_time=0.5)
        shade = ImageMobject(np.uint8([[0, 90], [180, 255]]))
        self.add(shade)
        self.play(shade.animate.shift(UP), square.animate.shift(LEFT), run_time=0.5)
        self.remove(shade)
        self.play(square.animate.scale(9).set_stroke(width=80), run_time=0.5)


def pictures(camera_class: type[Camera], scene_class: type[Scene] = Everything) -> list[np.ndarray]:
    scene = scene_class(camera_class=camera_class)
    drawn: list[np.ndarray] = []
    scene.renderer.file_writer.write_frame = lambda pixels, repeat=1: drawn.append(pixels)
    scene.render()
    return drawn


def test_pictures_are_those_of_manims_own_camera() -> None:
    ours, expected = pictures(KeepingCamera), pictures(Camera)
    assert len(ours) == len(expected) == 25
    assert all(map(np.array_equal, ours, expected))


def test_pictures_of_dots_and_images_too() -> None:
    ours, expected = pictures(KeepingCamera, Pictures), pictures(Camera, Pictures)
    assert len(ours) == len(expected) == 15
    assert all(map(np.array_equal, ours, expected))


@pytest.mark.parametrize("scene_class", [Everything, Pictures])
def test_rows_that_change_are_told(scene_class: type[Scene]) -> None:
    told, seen = list[np.ndarray](), list[tuple[np.ndarray, np.ndarray]]()
    scene = scene_class(camera_class=KeepingCamera)
    lens = scene.renderer.camera

    def note(pixels: np.ndarray, repeat: int = 1) -> None:
        # Every fifth frame is drawn, and nobody sees it.
        if len(told) % 5 == 4:
            told.append(np.zeros(len(pixels), dtype=bool))
            return
        told.append(lens.rows.changed())
        lens.rows.settle()
        seen.append((pixels.copy(), told[-1]))

    scene.renderer.file_writer.write_frame = note
    scene.render()
    for (before, _), (now, rows) in itertools.pairwise(seen):
        assert not (before != now).any(axis=(1, 2))[~rows].any()
    # It is no use to be told that all may have.
    assert scene_class is Pictures or np.mean(told) < 0.95


def test_a_line_s_corner_reaches_no_farther_than_is_told() -> None:
    for angle in np.linspace(0.02, 1.5, 40):
        lens = KeepingCamera()
        lens.reset()
        lens.rows.settle()
        before = lens.pixel_array.copy()
        spike = VMobject(stroke_width=30).set_points_as_corners(
            [(-np.sin(angle), -1, 0), (0, 0, 0), (np.sin(angle), -1, 0)]
        )
        lens.capture_mobjects([spike])
        rows = (lens.pixel_array != before).any(axis=(1, 2))
        assert rows.any()
        assert not rows[~lens.rows.changed()].any()


def test_what_rests_is_traced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    traced: list[VMobject] = []
    plain = Camera.set_cairo_context_path

    def count(self: Camera, ctx: object, vmobject: VMobject) -> Camera:
        traced.append(vmobject)
        return plain(self, ctx, vmobject)

    monkeypatch.setattr(Camera, "set_cairo_context_path", count)
    lens, square = KeepingCamera(), Square()
    for _ in range(9):
        lens.capture_mobjects([square])
    assert len(traced) == 2  # once to see it, once to see that it rests
    square.shift(RIGHT)
    lens.capture_mobjects([square])
    assert len(traced) == 3


def test_manim_does_not_hash_what_a_camera_remembers() -> None:
    assert "memory" not in vars(KeepingCamera())


def test_nothing_is_kept_of_what_is_gone() -> None:
    square = Square()
    lens = KeepingCamera()
    for _ in range(3):
        lens.capture_mobjects([square])
    assert square in lens.memory.outlines
    del square
    gc.collect()
    assert not lens.memory.outlines
