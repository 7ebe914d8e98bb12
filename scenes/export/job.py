"""What is rendered: a scene with its parameters, as a small description that can be sent about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenes.base import DescentScene
from scenes.course.targets import Target
from scenes.export.naming import file_stem

QUALITIES = {
    "l": (480, 15),
    "m": (720, 30),
    "h": (1080, 60),
    "p": (1440, 60),
    "k": (2160, 60),
}
"""The shorter side in pixels and frames a second, by manim's letters."""

FORMATS = ("mp4", "webm")


@dataclass(frozen=True)
class RenderJob:
    """What is rendered.

    Attributes
    ----------
    scene
        The scene's class.
    parameters
        Names and values that replace the class's own.
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
    parameters: tuple[tuple[str, Any], ...] = ()
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
        given = tuple(target.parameters.items())
        told = target.name, target.language, transparent
        return cls(target.scene, given, quality, format, *told)

    @property
    def given(self) -> dict[str, Any]:
        """The parameters by name."""
        return dict(self.parameters)

    @property
    def pixels(self) -> tuple[int, int]:
        """Pixels across and down, before an aspect is asked for."""
        height = QUALITIES[self.quality][0]
        return height * 16 // 9 // 2 * 2, height

    @property
    def file_name(self) -> str:
        """The name of the file, with a part for each setting that is not the default."""
        height = QUALITIES[self.quality][0]
        quality = "" if self.quality == "h" else f"{height}p"
        ground = "transparent" if self.transparent else ""
        stem = self.name or file_stem(self.scene, self.given)
        return f"{'-'.join(filter(None, (stem, quality, ground)))}.{self.format}"

    def settings(self, cache: Path) -> dict[str, Any]:
        """Return manim's settings, with segments kept in a folder."""
        width, height = self.pixels
        frame_rate = QUALITIES[self.quality][1]
        return {
            "pixel_height": height,
            "pixel_width": width,
            "frame_rate": frame_rate,
            "progress_bar": "none",
            "verbosity": "ERROR",
            "media_dir": str(cache),
            # Their names are digests of all that they show: those of all scenes stand together.
            "partial_movie_dir": str(cache / f"segments-{height}p{frame_rate}"),
            "format": self.format,
            "transparent": self.transparent,
        }
