"""A handout: stills with their captions and lines for notes, on paper."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typst

from scenes.assets import asset_path
from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.export.drawing import Drawing, drawn, title_of
from scenes.export.naming import LONGEST, file_stem
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
    handout: Handout, folder: Path, progress: Callable[[int, int], None] | None = None
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

    Raises
    ------
    UsageError
        For a wrong parameter or a folder that cannot be written.
    """
    for part in handout.parts:
        part.scene.resolve(_settings(part))
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        stills: list[dict[str, Any]] = []
        for done, part in enumerate(handout.parts, 1):
            stills += _stills(part, desk)
            if progress:
                progress(done, len(handout.parts))
        titles = list(dict.fromkeys(still["scene"] for still in stills))
        data = {
            "title": handout.title or ", ".join(titles),
            "author": handout.author,
            "language": handout.language.partition("-")[0].lower(),
            "paper": PAPERS[handout.paper],
            "each": handout.each,
            "stills": stills,
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


def _stills(part: Part, desk: Path) -> list[dict[str, Any]]:
    """Draw the stills of a part on the desk and return what the page says of them."""
    found: list[dict[str, Any]] = []

    def keep(scene: DescentScene, beat: Beat) -> None:
        if beat.still is None:
            return
        path = desk / f"{len(list(desk.iterdir()))}.svg"
        path.write_bytes(drawn(Drawing("svg", 960), scene, beat.caption.text))
        found.append(
            {
                "file": path.name,
                "scene": title_of(scene),
                "number": str(len(found) + 1),
                "caption": beat.caption.text,
            }
        )

    rehearse(part.scene, _settings(part), height=180, at_beat_end=keep)
    return found
