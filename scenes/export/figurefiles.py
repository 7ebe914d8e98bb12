"""Figures as files, at the size at which they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenes.export.drawing import FORMATS, Drawing, Files, drawn, entry_of
from scenes.export.naming import file_stem
from scenes.export.stills import rehearse
from scenes.figure import Figure
from scenes.parameters import UsageError

INCH = 25.4
"""In millimetres."""

LEAST_DPI, MOST_DPI = 72, 1200


@dataclass(frozen=True)
class FigureJob:
    """A figure: what is drawn, and how.

    Attributes
    ----------
    scene
        The figure's class.
    parameters
        What replaces the class's own.
    format
        One of png, svg and pdf.
    dpi
        Pixels an inch of a PNG for paper; one for a slide is 1920 pixels wide.
    transparent
        Leave the background out.
    name
        What the file is called, if not after figure and parameters.
    """

    scene: type[Figure]
    parameters: tuple[tuple[str, Any], ...] = ()
    format: str = "svg"
    dpi: int = 300
    transparent: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise UsageError(f"format = {self.format}: allowed: {', '.join(FORMATS)}")
        if not LEAST_DPI <= self.dpi <= MOST_DPI:
            raise UsageError(f"dpi = {self.dpi}: allowed: {LEAST_DPI} to {MOST_DPI}")

    def check(self) -> None:
        """Raise `UsageError` for a parameter that is not allowed, before anything is drawn."""
        self.scene.resolve(dict(self.parameters))


def make(job: FigureJob) -> Files:
    """Draw a figure; `scenes.export.drawing.save` writes its file.

    Raises
    ------
    UsageError
        For a wrong parameter.
    """
    job.check()
    given = dict(job.parameters)
    scene = rehearse(job.scene, given, height=1080)
    assert isinstance(scene, Figure)
    beat = scene.beats[-1]
    mark = "-transparent" if job.transparent else ""
    name = f"{job.name or file_stem(job.scene, given)}{mark}.{job.format}"
    size = scene.millimetres
    pixels = 1920 if size is None else round(size / INCH * job.dpi)
    drawing = Drawing(job.format, pixels, size, job.transparent)
    content = drawn(drawing, scene, beat.caption.text)
    return {name: (content, entry_of(scene, beat, job.parameters))}
