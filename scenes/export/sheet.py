"""A contact sheet: the stills of a scene on one picture."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Any

from PIL import Image

from scenes.base import DescentScene
from scenes.export.drawing import Files, title_of, told
from scenes.export.naming import file_stem
from scenes.export.stills import capture

WIDTH, GAP = 1920, 12
"""Of a sheet, and between two stills, in pixels."""


@dataclass(frozen=True)
class SheetJob:
    """The contact sheet of a scene.

    Attributes
    ----------
    scene
        The scene's class.
    parameters
        What replaces the class's own.
    name
        What the name of the file starts with, if not with scene and parameters.
    """

    scene: type[DescentScene]
    parameters: tuple[tuple[str, Any], ...] = ()
    name: str = ""

    def check(self) -> None:
        """Raise `UsageError` for a parameter that is not allowed, before anything is drawn."""
        self.scene.resolve(dict(self.parameters))


def make(job: SheetJob) -> Files:
    """Draw the named stills of a scene side by side; `scenes.export.drawing.save` writes the PNG.

    Raises
    ------
    UsageError
        For a wrong parameter.
    """
    given = dict(job.parameters)
    drawn, pictures = capture(job.scene, given, height=720)
    first = pictures[0][1]
    columns = min(2 if first.width > first.height else 4, len(pictures))
    cell = (WIDTH - GAP * (columns + 1)) // columns
    tall = round(cell * first.height / first.width)
    rows = math.ceil(len(pictures) / columns)
    sheet = Image.new("RGB", (WIDTH, rows * (tall + GAP) + GAP), drawn.theme.color("muted"))
    for index, (_, picture) in enumerate(pictures):
        row, column = divmod(index, columns)
        small = picture.convert("RGB").resize((cell, tall), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * (cell + GAP), GAP + row * (tall + GAP)))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    entry = {
        "scene": job.scene.__name__,
        "title": title_of(drawn),
        "alt": " ".join(beat.caption.text for beat, _ in pictures),
        "parameters": told(job.parameters),
    }
    return {f"{job.name or file_stem(job.scene, given)}-sheet.png": (out.getvalue(), entry)}
