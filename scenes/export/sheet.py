"""A contact sheet: the stills of a scene on one picture."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from scenes.base import DescentScene
from scenes.export.naming import file_stem
from scenes.export.stills import capture
from scenes.writing import writable, write

GAP = 12
"""Pixels between two stills."""


def contact_sheet(
    scene: type[DescentScene],
    parameters: Mapping[str, Any],
    folder: Path,
    width: int = 1920,
    *,
    name: str = "",
) -> Path:
    """Draw the named stills of a scene side by side and return the path of the PNG.

    Parameters
    ----------
    scene, parameters
        What to draw.
    folder
        Where the file goes.
    width
        Of the sheet, in pixels.
    name
        What the name of the file starts with, if not with scene and parameters.
    """
    drawn, pictures = capture(scene, parameters, height=720)
    target = writable(folder) / f"{name or file_stem(scene, parameters)}-sheet.png"
    first = pictures[0][1]
    columns = 2 if first.width > first.height else 4
    columns = min(columns, len(pictures))
    cell = (width - GAP * (columns + 1)) // columns
    tall = round(cell * first.height / first.width)
    rows = math.ceil(len(pictures) / columns)
    sheet = Image.new("RGB", (width, rows * (tall + GAP) + GAP), drawn.theme.color("muted"))
    for index, (_, picture) in enumerate(pictures):
        row, column = divmod(index, columns)
        small = picture.convert("RGB").resize((cell, tall), Image.Resampling.LANCZOS)
        sheet.paste(small, (GAP + column * (cell + GAP), GAP + row * (tall + GAP)))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return write(target, out.getvalue())
