"""Scenes in a notebook: what a cell displays, without any library of notebooks."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenes.course.targets import Target, targets
from scenes.export.captions import cues, vtt
from scenes.export.job import QUALITIES, RenderJob
from scenes.export.render import render
from scenes.export.stillfiles import StillJob, pictures
from scenes.manifest import read
from scenes.parameters import UsageError


class NotebookError(UsageError):
    """A mistake of the user's, which a notebook shows as its one line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Shown:
    """What a cell displays.

    Attributes
    ----------
    markup
        A figure in HTML, with all that it shows inside.
    words
        The same in words.
    path
        The file of a video, or None.
    """

    markup: str
    words: str
    path: Path | None = None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.markup, "text/plain": self.words}

    def __repr__(self) -> str:
        return self.words


def show_in_notebook(
    scene: str, still: str, quality: str, output: Any, parameters: Mapping[str, Any]
) -> Shown:
    """Render a scene or draw a still; see `scenes.show`."""
    try:
        if quality not in QUALITIES:
            raise UsageError(f"quality = {quality}: allowed: {', '.join(QUALITIES)}")
        found = targets([scene], dict(parameters))
        if len(found) != 1:
            raise UsageError(f"{scene}: allowed: one scene, as in lesson.toml#{found[0].label}")
        return _still(found[0], still) if still else _video(found[0], quality, Path(output))
    except UsageError as error:
        raise NotebookError(str(error)) from None


def _video(target: Target, quality: str, folder: Path) -> Shown:
    path = render(RenderJob.of(target, quality), folder)
    manifest = read(path)
    shown = " default" if manifest.captions == "track" else ""
    track = _data(vtt(cues(manifest), language=manifest.language).encode(), "text/vtt")
    label = html.escape(f"{manifest.title}: {manifest.summary}")
    markup = (
        '<figure style="margin:0">'
        f'<video controls preload="metadata" style="width:100%;max-width:{manifest.video.width}px"'
        f' aria-label="{label}" src="{_data(path.read_bytes(), "video/mp4")}">'
        f'<track kind="captions" label="Captions" srclang="{html.escape(manifest.language)}"'
        f' src="{track}"{shown}></video>'
        f"<figcaption>{html.escape(manifest.summary)}</figcaption></figure>"
    )
    return Shown(markup, f"{manifest.title}: {manifest.summary} ({path})", path)


def _still(target: Target, name: str) -> Shown:
    job = StillJob(target.scene, tuple(target.parameters.items()), "svg", only=(name,))
    ((content, entry),) = pictures(job).values()
    alt = html.escape(entry["alt"])
    picture = _data(content, "image/svg+xml")
    markup = f'<img style="width:100%;max-width:960px" alt="{alt}" src="{picture}">'
    return Shown(markup, f"{entry['title']}: {entry['alt']}")


def _data(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
