"""The camera that remembers outlines draws what manim's own draws, pixel for pixel."""

from __future__ import annotations

import gc
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
    Rotate,
    Scene,
    Square,
    Star,
    Text,
    Transform,
    VMobject,
    tempconfig,
)

from scenes import camera
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


def pictures(camera_class: type[Camera]) -> list[np.ndarray]:
    scene = Everything(camera_class=camera_class)
    drawn: list[np.ndarray] = []
    scene.renderer.file_writer.write_frame = lambda pixels, repeat=1: drawn.append(pixels)
    scene.render()
    return drawn


def test_pictures_are_those_of_manims_own_camera() -> None:
    ours, expected = pictures(KeepingCamera), pictures(Camera)
    assert len(ours) == len(expected) == 25
    assert all(map(np.array_equal, ours, expected))


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


def test_nothing_is_kept_of_what_is_gone() -> None:
    square = Square()
    lens = KeepingCamera()
    for _ in range(3):
        lens.capture_mobjects([square])
    assert square in camera._kept[lens]
    del square
    gc.collect()
    assert not camera._kept[lens]
    before = len(camera._kept)
    del lens
    gc.collect()
    assert len(camera._kept) < before
