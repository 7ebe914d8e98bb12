"""One picture of a scene as the content of a file, and what an index says of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import Mobject

from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export import vectors
from scenes.export.stills import snapshot
from scenes.writing import writable, write

FORMATS = ("png", "svg", "pdf")

POINTS_PER_PIXEL = 0.5
"""A page of a PDF is half as many points wide as a still has pixels: 1920 pixels are 34 cm."""

INDEX, ANSWERS = "index.json", "answers.json"

Files = dict[str, tuple[bytes, dict[str, Any]]]
"""Contents of files and their entries in the index, by name."""


@dataclass(frozen=True)
class Drawing:
    """How one picture is drawn: format, pixels across, millimetres across, background or not."""

    format: str
    width: int
    millimetres: float | None = None
    transparent: bool = False


def drawn(
    drawing: Drawing, scene: DescentScene, alt: str, frame: Sequence[Mobject] | None = None
) -> bytes:
    """Return the picture of a scene as it stands now, as the content of a file.

    Parameters, as of `prepared`.
    """
    return prepared(drawing, scene, alt, frame)()


def prepared(
    drawing: Drawing, scene: DescentScene, alt: str, frame: Sequence[Mobject] | None = None
) -> Callable[[], bytes]:
    """Draw a scene as it stands now, and return what makes the content of a file of it.

    That may happen later, and in another thread: compressing a PNG takes as long as drawing it.

    Parameters
    ----------
    drawing, scene
        How it is drawn, and what.
    alt
        What the picture shows, for those who do not see it.
    frame
        What is drawn instead of the scene's own mobjects.
    """
    camera, frame = scene.camera, scene.mobjects if frame is None else frame
    ground = None if drawing.transparent else scene.theme.background
    title = title_of(scene)
    if drawing.format == "svg":
        document = vectors.svg(
            camera,
            frame,
            drawing.width,
            drawing.millimetres,
            background=ground,
            title=title,
            description=alt,
        )
        return lambda: document
    if drawing.format == "pdf":
        pages = vectors.Pages(points_of(drawing.width, drawing.millimetres), f"{title}: {alt}")
        pages.add(camera, frame, ground)
        return pages.document
    if vectors.made_of_pixels(frame) and ground is not None:
        picture = snapshot(scene).convert("RGB")
    else:
        picture = vectors.pixels(camera, frame, drawing.width, ground)
    info = vectors.chunks((("Title", title), ("Description", alt)))
    inches = drawing.millimetres and drawing.millimetres / 25.4
    dots = {"dpi": (drawing.width / inches,) * 2} if inches else {}

    def compressed() -> bytes:
        out = io.BytesIO()
        picture.save(out, "PNG", pnginfo=info, **dots)
        return out.getvalue()

    return compressed


def save(files: Files, folder: Path) -> list[Path]:
    """Write files and tell the indexes of the folder of them; return their paths.

    Raises
    ------
    UsageError
        If the folder cannot be written.
    """
    writable(folder)
    for name, (content, _) in files.items():
        write(folder / name, content)
    entries = {name: entry for name, (_, entry) in files.items()}
    add_to_index(folder, entries)
    answers = {name: entry["answers"] for name, entry in entries.items() if "answers" in entry}
    if answers:
        add_to_index(folder, answers, ANSWERS)
    return [folder / name for name in files]


def points_of(pixels: int, millimetres: float | None) -> float:
    """Return the width of a page, in points."""
    return pixels * POINTS_PER_PIXEL if millimetres is None else millimetres / 25.4 * 72


def title_of(scene: DescentScene) -> str:
    """Return the title of a scene, also where the picture leaves it out."""
    return str(scene.title or type(scene).title or type(scene).__name__)


def entry_of(
    scene: DescentScene, beat: Beat, parameters: Iterable[tuple[str, Any]], alt: str = ""
) -> dict[str, Any]:
    """Return what the index says of a picture; `alt` is for those who do not see it."""
    return {
        "scene": type(scene).__name__,
        "still": beat.still,
        "title": title_of(scene),
        "alt": alt or beat.caption.text,
        "parameters": told(parameters),
    }


def told(parameters: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return parameters as they were given, as text."""
    return {name: str(value) for name, value in parameters}


def add_to_index(folder: Path, entries: Mapping[str, Mapping[str, Any]], name: str = INDEX) -> None:
    """Add files to the index of a folder; what it knows of other files stays."""
    path = folder / name
    try:
        known = json.loads(path.read_text(encoding="utf-8"))["files"]
        assert isinstance(known, dict)
    except (OSError, ValueError, KeyError, TypeError, AssertionError):
        known = {}
    known = {name: entry for name, entry in known.items() if (folder / name).is_file()}
    files = dict(sorted({**known, **entries}.items()))
    text = json.dumps({"files": files}, ensure_ascii=False, indent=2)
    write(path, text.encode("utf-8", "replace") + b"\n")
