"""A deck of slides from rendered lessons: each clip plays, and waits where a class should think."""

from __future__ import annotations

import base64
import importlib.util
import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenes.assets import asset_path
from scenes.base import DescentScene
from scenes.beats import Beat
from scenes.course.targets import Target
from scenes.export import vectors
from scenes.export.clips import Clip, clips, cut, picture_at
from scenes.export.drawing import points_of, title_of
from scenes.export.stills import rehearse
from scenes.manifest import Manifest, read
from scenes.parameters import UsageError
from scenes.writing import complete_or_absent, writable, write

FORMATS = ("html", "pptx", "pdf")

PPTX_WIDTH = 12_192_000
"""Of a slide, in EMU: 13.33 inches, as PowerPoint's own."""

WIDTH = 1920
"""Pixels across that a page of the PDF stands for."""


@dataclass(frozen=True)
class Slide:
    """A clip of a lesson, its file, and its last picture."""

    manifest: Manifest
    clip: Clip
    video: Path
    last: Path

    @property
    def notes(self) -> str:
        """What the speaker reads."""
        return "\n".join(self.clip.notes)

    @property
    def alt(self) -> str:
        """What is shown, for those who do not see it."""
        return f"{self.manifest.title}: {' '.join(self.clip.notes)}"


def slides(
    videos: Sequence[Path],
    file: Path,
    title: str,
    language: str = "en",
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write a deck with the clips of rendered videos and return its path.

    Parameters
    ----------
    videos
        Videos with their manifests.
    file
        The deck: `.html` is one file that needs no network, `.pptx` has real videos.
    title, language
        Of the deck.
    progress
        Is told how many clips are done, and how many there are.

    Raises
    ------
    UsageError
        If there is no manifest, the file cannot be written, or a library is missing.
    """
    build = {".html": _html, ".pptx": _pptx}[file.suffix]
    writable(file.parent)
    with tempfile.TemporaryDirectory() as scratch:
        made: list[Slide] = []
        parts = [
            (video, manifest, clips(manifest)) for video in videos for manifest in [read(video)]
        ]
        total = sum(len(found) for _, _, found in parts)
        for video, manifest, found in parts:
            for clip in found:
                stem = Path(scratch) / f"{len(made):03}"
                last = stem.with_suffix(".png")
                picture_at(video, clip.end - 1).save(last)
                made.append(Slide(manifest, clip, cut(video, clip, stem.with_suffix(".mp4")), last))
                if progress:
                    progress(len(made), total)
        return write(file, build(made, title, language))


# -- reveal.js ---------------------------------------------------------------------------------


def _html(made: Sequence[Slide], title: str, language: str) -> bytes:
    """Return one HTML file with everything in it."""
    from scenes.export.pages import environment

    told = [
        {
            "video": _data(slide.video, "video/mp4"),
            "poster": _data(slide.last, "image/png"),
            "loop": slide.clip.loop,
            "alt": slide.alt,
            "notes": slide.clip.notes,
            "language": slide.manifest.language,
            "ground": _corner(slide.last),
        }
        for slide in made
    ]
    video = made[0].manifest.video
    page = (
        environment()
        .get_template("deck.html")
        .render(
            title=title,
            language=language,
            slides=told,
            width=video.width,
            height=video.height,
            reset=_reveal("dist/reset.css"),
            style=_reveal("dist/reveal.css"),
            script=_reveal("dist/reveal.js"),
            notes=_reveal("plugin/notes/notes.js"),
            deck=asset_path("templates", "site", "deck.js").read_text(encoding="utf-8"),
        )
    )
    return page.encode("utf-8", "replace")


def _reveal(name: str) -> str:
    """Return a file of reveal.js as it stands inside a page."""
    found = importlib.util.find_spec("sphinx_revealjs")
    places = list(found.submodule_search_locations or []) if found else []
    for place in places:
        path = Path(place) / "_static" / "revealjs" / name
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            # The end of a script or style is found before its language is read.
            return text.replace("</script", r"<\/script").replace("</style", r"<\/style")
    raise missing("sphinx-revealjs", "html")


def missing(package: str, format: str) -> UsageError:
    """Return the error for a library that is not installed."""
    return UsageError(f'--to {format} needs {package}: pip install "slopewise[course]"')


def _data(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _corner(path: Path) -> str:
    """Return the colour of a picture's corner: what is beside the video on the screen."""
    from PIL import Image

    with Image.open(path) as picture:
        red, green, blue = picture.convert("RGB").getpixel((2, 2))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


# -- PowerPoint --------------------------------------------------------------------------------


def _pptx(made: Sequence[Slide], title: str, language: str) -> bytes:
    """Return a presentation with a video on each slide that plays when the slide comes."""
    try:
        from pptx import Presentation
        from pptx.util import Emu
    except ImportError:
        raise missing("python-pptx", "pptx") from None
    deck = Presentation()
    video = made[0].manifest.video
    across, down = PPTX_WIDTH, round(PPTX_WIDTH * video.height / video.width)
    deck.slide_width, deck.slide_height = Emu(across), Emu(down)
    deck.core_properties.title = _xml(title)
    deck.core_properties.language = language
    deck.core_properties.author = "slopewise"
    blank = deck.slide_layouts[6]
    for slide in made:
        page = deck.slides.add_slide(blank)
        width, height = slide.manifest.video.width, slide.manifest.video.height
        scale = min(across / width, down / height)
        size = Emu(round(width * scale)), Emu(round(height * scale))
        left, top = Emu((across - size[0]) // 2), Emu((down - size[1]) // 2)
        shape = page.shapes.add_movie(
            str(slide.video), left, top, *size, str(slide.last), mime_type="video/mp4"
        )
        shape.name = _xml(slide.manifest.title)
        shape._element.nvPicPr.cNvPr.set("descr", _xml(slide.alt))
        _play_at_once(page, loop=slide.clip.loop)
        page.notes_slide.notes_text_frame.text = _xml(slide.notes)
        ground = page.background.fill
        ground.solid()
        ground.fore_color.rgb = _rgb(_corner(slide.last))
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _rgb(color: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(color[1:]))


def _play_at_once(page: Any, *, loop: bool) -> None:
    """Let the video of a slide start with the slide instead of at a click."""
    space = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
    for node in page._element.iter(f"{space}cMediaNode"):
        moment = node.find(f"{space}cTn")
        for condition in moment.iter(f"{space}cond"):
            condition.set("delay", "0")
        if loop:
            moment.set("repeatCount", "indefinite")


def _xml(text: str) -> str:
    """Return text that XML may hold."""
    return "".join(c for c in text if c in "\n\t" or (c.isprintable() and c not in "\ufffe\uffff"))


# -- PDF ---------------------------------------------------------------------------------------


def pages(
    targets: Sequence[Target],
    file: Path,
    title: str,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write a PDF with a vector picture for each place where a deck waits; return its path."""
    writable(file.parent)
    book: list[vectors.Pages] = []

    def add(scene: DescentScene, _: Beat) -> None:
        if not book:
            book.append(vectors.Pages(points_of(WIDTH, None), title or title_of(scene)))
        book[0].add(scene.camera, scene.mobjects, scene.theme.background)

    def end(scene: DescentScene, beat: Beat) -> None:
        # Where a beat waits before its end, the deck waits there instead.
        if not beat.pauses:
            add(scene, beat)

    for done, target in enumerate(targets, 1):
        scene = rehearse(target.scene, target.parameters, height=180, at_beat_end=end, at_pause=add)
        if scene.beats[-1].pauses:
            add(scene, scene.beats[-1])
        if progress:
            progress(done, len(targets))
    with complete_or_absent(file) as partial:
        partial.write_bytes(book[0].document())
    return file
