"""Pictures of scenes as true vectors: SVG and PDF, drawn by manim's own camera.

The camera draws on a Cairo context, and a context need not be a picture of pixels. So whatever the
camera can draw, in three dimensions too, comes out as paths, text as outlines; only what is made of
pixels cannot.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree

import cairo
import numpy as np
from manim import Camera, Mobject, VMobject
from PIL import Image

from scenes.camera import forgetting
from scenes.color import parse_hex
from scenes.parameters import UsageError
from scenes.pixels import unmultiplied

Frame = Iterable[Mobject]
"""What stands in a picture."""

SVG = "http://www.w3.org/2000/svg"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_LONG = re.compile(r"\d+\.\d{3,}")
"""A coordinate with more digits than a hundredth of a pixel."""


class Pen(cairo.Context):  # type: ignore[type-arg]
    """A context for vectors that manim's camera can draw on.

    The camera hands over blue, green, red, as its pixels want them; vectors want red first.
    """

    def set_source_rgba(self, red: float, green: float, blue: float, alpha: float = 1.0) -> None:
        """Set a colour whose red is manim's blue, and the other way round."""
        super().set_source_rgba(blue, green, red, alpha)

    def set_source(self, source: cairo.Pattern) -> None:
        """Set a gradient whose colours are given in the order of manim's pixels."""
        assert isinstance(source, cairo.LinearGradient)
        turned = cairo.LinearGradient(*source.get_linear_points())
        for offset, blue, green, red, alpha in source.get_color_stops_rgba():
            turned.add_color_stop_rgba(offset, red, green, blue, alpha)
        super().set_source(turned)


def draw(
    camera: Camera, frame: Frame, pen: Pen, size: tuple[float, float], background: str | None
) -> None:
    """Draw a frame on a context.

    Parameters
    ----------
    camera
        The scene's camera.
    frame
        The scene's mobjects.
    pen
        Where to draw; its origin is the upper left corner.
    size
        Width and height of the drawing.
    background
        A colour, or None for a transparent picture.

    Raises
    ------
    UsageError
        If something in the frame is made of pixels.
    """
    frame = list(frame)
    if kind := made_of_pixels(frame):
        raise UsageError(f"{kind} is made of pixels and cannot be a vector; allowed: png")
    width, height = size
    # What was drawn last on the page before is still in the pen's path.
    pen.new_path()
    if background is not None:
        red, green, blue = parse_hex(background)
        pen.set_source_rgba(blue, green, red)
        pen.rectangle(0, 0, width, height)
        pen.fill()
    pen.save()
    across, up = width / camera.frame_width, height / camera.frame_height
    x, y, *_ = camera.frame_center
    pen.transform(cairo.Matrix(across, 0, 0, -up, width / 2 - x * across, height / 2 + y * up))
    contexts = camera.pixel_array_to_cairo_context
    before = contexts.get(id(camera.pixel_array))
    # The camera asks this table for the context that belongs to its pixels.
    contexts[id(camera.pixel_array)] = pen
    try:
        with forgetting(camera):
            camera.capture_mobjects(frame)
    finally:
        contexts.pop(id(camera.pixel_array))
        if before is not None:
            contexts[id(camera.pixel_array)] = before
    pen.restore()


def made_of_pixels(frame: Frame) -> str | None:
    """Return the kind of the first thing in a frame that has no outline, or None."""
    for mobject in itertools.chain.from_iterable(part.get_family() for part in frame):
        if len(mobject.points) and not isinstance(mobject, VMobject):
            return type(mobject).__name__
    return None


def svg(
    camera: Camera,
    frame: Frame,
    width: int,
    millimetres: float | None = None,
    *,
    background: str | None,
    title: str,
    description: str,
) -> bytes:
    """Return a frame as an SVG document whose title and description screen readers find.

    Parameters
    ----------
    camera, frame
        What is drawn.
    width, millimetres
        Units of the drawing from left to right, and its width on paper, if it has one.
    background
        A colour, or None.
    title, description
        Of the document; any text.
    """
    height = width * camera.frame_height / camera.frame_width
    out = io.BytesIO()
    surface = cairo.SVGSurface(out, width, height)
    surface.set_document_unit(cairo.SVGUnit.PX)
    draw(camera, frame, Pen(surface), (width, height), background)
    surface.finish()
    size = None if millimetres is None else (millimetres, millimetres * height / width)
    return _described(out.getvalue(), title, description, size)


def _described(
    document: bytes, title: str, description: str, millimetres: tuple[float, float] | None
) -> bytes:
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(document)
    root.set("role", "img")
    for name, length in zip(("width", "height"), millimetres or (), strict=False):
        root.set(name, f"{length:.4g}mm")
    for element in root.iter():
        # Cairo counts the surfaces of a process; nothing refers to this name.
        if element.get("id", "").startswith("surface"):
            del element.attrib["id"]
        if "d" in element.attrib:
            element.set("d", _LONG.sub(lambda found: f"{float(found[0]):.2f}", element.attrib["d"]))
    for at, (name, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(f"{{{SVG}}}{name}")
        element.text = _NO_XML.sub("", text)
        root.insert(at, element)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


class Pages:
    """A PDF document of frames, one a page.

    Parameters
    ----------
    width
        Of the pages, in points.
    title
        Of the document.
    """

    def __init__(self, width: float, title: str) -> None:
        self.width = width
        self._out = io.BytesIO()
        self._surface: Any = cairo.PDFSurface(self._out, width, width)
        self._surface.set_metadata(cairo.PDFMetadata.TITLE, _NO_XML.sub("", title))
        # A date would make every run's bytes different.
        self._surface.set_metadata(cairo.PDFMetadata.CREATE_DATE, "")
        self._pen = Pen(self._surface)

    def add(self, camera: Camera, frame: Frame, background: str | None) -> None:
        """Add a page."""
        height = self.width * camera.frame_height / camera.frame_width
        self._surface.set_size(self.width, height)
        draw(camera, frame, self._pen, (self.width, height), background)
        self._surface.show_page()

    def document(self) -> bytes:
        """Return the document; no page can be added any more."""
        self._surface.finish()
        return self._out.getvalue()


def pixels(camera: Camera, frame: Frame, width: int, background: str | None) -> Image.Image:
    """Return a frame as pixels; a transparent one has straight alpha, so edges have no dark rim."""
    height = round(width * camera.frame_height / camera.frame_width)
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height)
    draw(camera, frame, Pen(surface), (width, height), background)
    surface.flush()
    rows = np.frombuffer(surface.get_data(), np.uint8).reshape(height, surface.get_stride())
    drawn = rows[:, : 4 * width].reshape(height, width, 4)
    if background is not None:
        return Image.fromarray(np.ascontiguousarray(drawn[..., 2::-1]), "RGB")
    return straight(drawn)


def straight(premultiplied: Any) -> Image.Image:
    """Return a picture from Cairo's pixels: blue, green, red, times alpha, and alpha.

    Parameters
    ----------
    premultiplied
        Bytes of shape (height, width, 4).

    Examples
    --------
    >>> straight(np.array([[[0, 0, 128, 128]]], np.uint8)).getpixel((0, 0))
    (255, 0, 0, 128)
    """
    return Image.fromarray(unmultiplied(premultiplied[..., [2, 1, 0, 3]]), "RGBA")


def chunks(texts: Sequence[tuple[str, str]]) -> Any:
    """Return the text chunks of a PNG: names and texts."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for name, text in texts:
        info.add_itxt(name, text)
    return info
