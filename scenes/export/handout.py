"""A handout: stills with their captions and lines for notes, on paper."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typst

from scenes.assets import asset_path
from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.drawing import Drawing, drawn, title_of
from scenes.export.naming import LONGEST, file_stem
from scenes.export.scheduler import Scheduler
from scenes.export.stillfiles import BARE
from scenes.export.stills import rehearse
from scenes.parameters import UsageError
from scenes.writing import writable, write

PAPERS: Final = {"a4": "a4", "letter": "us-letter"}
"""Sizes of paper, and Typst's names for them."""

STILLS: Final = (3, 6)
"""How many stills may stand on a page."""


@dataclass(frozen=True)
class Part:
    """A scene of a handout, and what replaces its parameters."""

    scene: type[DescentScene]
    parameters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Handout:
    """What a handout is made of.

    Attributes
    ----------
    parts
        The scenes, in their order.
    name
        Of the file, without its ending.
    title, author, language
        Of the document; the language as in ``en`` or ``de``.
    paper
        One of `PAPERS`.
    each
        Stills on a page: 3, with lines beside them, or 6.
    """

    parts: tuple[Part, ...]
    name: str = "handout"
    title: str = ""
    author: str = ""
    language: str = "en"
    paper: str = "a4"
    each: int = 3

    def __post_init__(self) -> None:
        if self.paper not in PAPERS:
            raise UsageError(f"paper = {self.paper}: allowed: {', '.join(PAPERS)}")
        if self.each not in STILLS:
            raise UsageError(f"each = {self.each}: allowed: {' or '.join(map(str, STILLS))} stills")


def export(
    handout: Handout,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    scheduler: Scheduler | None = None,
) -> Path:
    """Write a handout as PDF and return its path.

    Stills are drawn in the light theme unless a part says otherwise: that is what prints.

    Parameters
    ----------
    handout
        What it is made of.
    folder
        Where the file goes.
    progress
        Is told the scenes that are done and their number.
    scheduler
        Who draws the scenes side by side; without, this process draws alone.

    Raises
    ------
    UsageError
        For a wrong parameter or a folder that cannot be written.
    """
    for part in handout.parts:
        part.scene.resolve(_settings(part))
    parts = list(enumerate(handout.parts))
    made: Iterator[tuple[int, list[Picture]]] = map(_numbered, parts)
    if scheduler is not None and (len(parts) > 1 or scheduler.is_far):
        made = (one for _, one in scheduler.each(_numbered, parts))
    pictures: dict[int, list[Picture]] = {}
    for number, found in made:
        pictures[number] = found
        if progress:
            progress(len(pictures), len(parts))
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        shown: list[dict[str, Any]] = []
        for number, _ in parts:
            for count, picture in enumerate(pictures[number], 1):
                file = desk / f"{len(shown)}.svg"
                file.write_bytes(picture.content)
                told = {"scene": picture.scene, "number": str(count), "caption": picture.caption}
                shown.append({"file": file.name, **told})
        titles = list(dict.fromkeys(still["scene"] for still in shown))
        data = {
            "title": handout.title or ", ".join(titles),
            "author": handout.author,
            "language": handout.language.partition("-")[0].lower(),
            "paper": PAPERS[handout.paper],
            "each": handout.each,
            "stills": shown,
        }
        text = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
        (desk / "handout.json").write_bytes(text)
        shutil.copy(asset_path("templates", "handout.typ"), desk)
        document = typst.compile(desk / "handout.typ", root=desk, ignore_system_fonts=True)
    return write(writable(folder) / f"{handout.name}.pdf", document)


def name_of(parts: Sequence[Part], name: str = "") -> str:
    """Return what a handout is called: after a lesson file, or after its only scene.

    Examples
    --------
    >>> from scenes.one_step import OneStep
    >>> name_of([Part(OneStep)]), name_of([], "My lesson")
    ('one-step-handout', 'my-lesson-handout')
    """
    if not name and len(parts) == 1:
        name = file_stem(parts[0].scene, dict(parts[0].parameters))
    slug = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")
    return f"{slug[:LONGEST]}-handout" if slug else "handout"


def _settings(part: Part) -> dict[str, Any]:
    return {"theme": "light", **dict(part.parameters), **BARE}


@dataclass(frozen=True)
class Picture:
    """A still of a part: an SVG, and what the page says of it."""

    content: bytes
    scene: str
    caption: str


def _numbered(part: tuple[int, Part]) -> tuple[int, list[Picture]]:
    """Draw the stills of a part, which keeps its number."""
    return part[0], stills(part[1])


def stills(part: Part) -> list[Picture]:
    """Draw the stills of a part."""
    found: list[Picture] = []

    def keep(scene: DescentScene, beat: Beat) -> None:
        if beat.still is not None:
            content = drawn(Drawing("svg", 960), scene, beat.caption.text)
            found.append(Picture(content, title_of(scene), beat.caption.text))

    rehearse(part.scene, _settings(part), height=180, at_beat_end=keep)
    return found
