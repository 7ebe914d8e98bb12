"""The named stills of a scene, drawn without rendering its video."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from manim import tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from manim.typing import PixelArray
from PIL import Image

from scenes.base import DescentScene
from scenes.beats import Beat

REHEARSED_RATE = 60
"""Frames a second of a rehearsal, unless said otherwise."""


class Rehearsal(CairoRenderer):
    """A renderer that draws nothing until it is asked for a picture.

    manim draws the last frame of every animation even when animations are skipped.
    """

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """Draw nothing."""

    def save_static_frame_data(self, *args: Any, **kwargs: Any) -> None:
        """Keep nothing."""

    def get_frame(self) -> PixelArray:
        """Return the frame as it is, without a copy: nobody keeps it."""
        return self.camera.pixel_array

    def draw(self, scene: DescentScene) -> Image.Image:
        """Return the picture of a scene as it stands now."""
        self.static_image = None
        super().update_frame(scene, ignore_skipping=True)
        picture: Image.Image = self.camera.get_image()
        # A copy: the camera draws the next picture into the same buffer.
        return picture.copy()


def rehearse(
    scene_class: type[DescentScene],
    parameters: Mapping[str, Any] | None = None,
    *,
    height: int = 1080,
    frame_rate: int = REHEARSED_RATE,
    at_beat_end: Callable[[DescentScene, Beat], None] | None = None,
    at_pause: Callable[[DescentScene, Beat], None] | None = None,
) -> DescentScene:
    """Run a scene with its animations skipped: all that it would show is decided, nothing written.

    Parameters
    ----------
    scene_class, parameters
        What to run.
    height
        The shorter side, in pixels.
    frame_rate
        Frames a second on which the clock of the beats is counted.
    at_beat_end
        Called with scene and beat when a beat has ended and stands as it will be seen.
    at_pause
        Called with scene and beat where a deck waits within a beat.

    Returns
    -------
    DescentScene
        The scene after its run, with its beats.

    Raises
    ------
    UsageError
        For a parameter that is not allowed.
    """
    settings = {
        "dry_run": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "pixel_width": height * 16 // 9,
        "pixel_height": height,
        "frame_rate": frame_rate,
    }
    with tempconfig(settings):
        scene = scene_class(parameters, lambda: Rehearsal(skip_animations=True))
        if at_beat_end is not None:
            tell = at_beat_end
            scene.on_beat_end = lambda beat: tell(scene, beat)
        if at_pause is not None:
            wait = at_pause
            scene.on_pause = lambda beat: wait(scene, beat)
        scene.setup()
        scene.construct()
    scene.check_wording()
    return scene


def capture(
    scene_class: type[DescentScene],
    parameters: Mapping[str, Any] | None = None,
    *,
    height: int = 1080,
    frame_rate: int = REHEARSED_RATE,
    every_beat: bool = False,
) -> tuple[DescentScene, list[tuple[Beat, Image.Image]]]:
    """Return a scene after its run and the pictures at the ends of its named beats.

    `every_beat` keeps a picture of the other beats too; all else is as in `rehearse`.
    """
    pictures: list[tuple[Beat, Image.Image]] = []

    def keep(scene: DescentScene, beat: Beat) -> None:
        if every_beat or beat.still:
            pictures.append((beat, snapshot(scene)))

    scene = rehearse(
        scene_class, parameters, height=height, frame_rate=frame_rate, at_beat_end=keep
    )
    return scene, pictures


def snapshot(scene: DescentScene) -> Image.Image:
    """Return the picture of a rehearsed scene as it stands now."""
    renderer = scene.renderer
    assert isinstance(renderer, Rehearsal)
    return renderer.draw(scene)
