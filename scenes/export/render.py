"""One video: a scene with its parameters, rendered to a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import tempconfig

from scenes.base import DescentScene
from scenes.course.targets import Target
from scenes.export.naming import file_stem
from scenes.export.stills import rehearse
from scenes.manifest import input_digest, is_current, record
from scenes.writing import writable

QUALITIES = {
    "l": (480, 15),
    "m": (720, 30),
    "h": (1080, 60),
    "p": (1440, 60),
    "k": (2160, 60),
}
"""The shorter side in pixels and frames a second, by manim's letters."""

FORMATS = ("mp4", "webm")

CACHE = ".cache"
"""The folder in the output folder where segments wait for the next render."""


@dataclass(frozen=True)
class RenderJob:
    """What is rendered.

    Attributes
    ----------
    scene
        The scene's class.
    parameters
        What replaces the class's own.
    quality
        One of `QUALITIES`.
    format
        One of `FORMATS`.
    name
        What the file is called, if not after scene and parameters.
    language
        Of the captions.
    transparent
        Leave the background out; in a webm.
    """

    scene: type[DescentScene]
    parameters: Mapping[str, Any]
    quality: str = "h"
    format: str = "mp4"
    name: str = ""
    language: str = "en"
    transparent: bool = False

    @classmethod
    def of(
        cls, target: Target, quality: str = "h", format: str = "mp4", transparent: bool = False
    ) -> RenderJob:
        """Return the job of a scene that a command names."""
        told = target.name, target.language, transparent
        return cls(target.scene, target.parameters, quality, format, *told)

    @property
    def file_name(self) -> str:
        """The name of the file, with a part for each setting that is not the default."""
        height = QUALITIES[self.quality][0]
        quality = "" if self.quality == "h" else f"{height}p"
        ground = "transparent" if self.transparent else ""
        stem = self.name or file_stem(self.scene, self.parameters)
        return f"{'-'.join(filter(None, (stem, quality, ground)))}.{self.format}"


def render(
    job: RenderJob,
    folder: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Render a job, write its manifest beside it, and return the path of the file.

    Parameters
    ----------
    job
        What to render.
    folder
        Where the file goes. Segments are kept beside it, so that the next render of the same
        scene draws only what has changed. Where nothing has, nothing is done.
    force
        Draw everything again.
    progress
        Is told the frames that are done and their number.

    Raises
    ------
    UsageError
        For a wrong parameter, or a folder that cannot be written.
    """
    parameters = job.scene.resolve(job.parameters)
    target = writable(folder) / job.file_name
    look = job.quality, job.format, job.language, job.transparent
    digest = input_digest(job.scene, parameters, *look)
    if not force and is_current(target, digest):
        return target
    media = folder / CACHE / target.name
    if force:
        shutil.rmtree(media, ignore_errors=True)
    height, frame_rate = QUALITIES[job.quality]
    settings = {
        "pixel_height": height,
        "pixel_width": height * 16 // 9 // 2 * 2,
        "frame_rate": frame_rate,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "media_dir": str(media),
        "format": job.format,
        "transparent": job.transparent,
        "output_file": target.stem,
    }
    # A rehearsal costs a second: it counts the frames, and finds what is wrong before it is drawn.
    total = rehearse(job.scene, job.parameters, height=height, frame_rate=frame_rate).frames
    with tempconfig(settings):
        scene = job.scene(job.parameters)
        if progress:
            tell = progress
            scene.on_frames = lambda frames: tell(frames, total)
        scene.on_film = lambda made: os.replace(made, target)
        scene.render()
    record(scene, target, given=job.parameters, language=job.language, digest=digest)
    return target
