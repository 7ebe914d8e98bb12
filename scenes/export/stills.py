"""The named stills of a scene, drawn without rendering its video."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from manim import tempconfig
from PIL import Image

from scenes.base import Beat, DescentScene


def capture(
    scene_class: type[DescentScene],
    parameters: Mapping[str, Any] | None = None,
    *,
    height: int = 1080,
    frame_rate: int = 60,
    every_beat: bool = False,
) -> tuple[DescentScene, list[tuple[Beat, Image.Image]]]:
    """Run a scene with its animations skipped and keep the picture at the end of each named beat.

    Parameters
    ----------
    scene_class, parameters
        What to draw.
    height
        The shorter side, in pixels.
    frame_rate
        Frames a second on which the clock of the beats is counted.
    every_beat
        Keep a picture at the end of every beat, named or not.

    Returns
    -------
    tuple
        The scene after its run, and the pictures with their beats.
    """
    pictures: list[tuple[Beat, Image.Image]] = []
    settings = {
        "dry_run": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "pixel_width": height * 16 // 9,
        "pixel_height": height,
        "frame_rate": frame_rate,
    }
    with tempconfig(settings):
        scene = scene_class(parameters, skip_animations=True)
        if scene.problem:
            raise scene.problem

        def keep(beat: Beat) -> None:
            pictures.append((beat, snapshot(scene)))

        scene.on_beat_end = keep if every_beat else lambda beat: keep(beat) if beat.still else None
        scene.setup()
        scene.construct()
    return scene, pictures


def snapshot(scene: DescentScene) -> Image.Image:
    """Return the picture as it stands now."""
    scene.renderer.static_image = None
    scene.renderer.update_frame(scene, ignore_skipping=True)
    return scene.camera.get_image().copy()
