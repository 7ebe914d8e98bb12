"""The pages of a course, from manifests and templates; every word in them is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gdcore import Trace
from scenes.assets import asset_path
from scenes.digest import versions
from scenes.export.captions import chapters, cues, short_clock
from scenes.export.snippets import snippets
from scenes.export.tracing import rows
from scenes.manifest import Manifest, RunEntry

MOST_ROWS = 120
"""Of a table on a page; its files have all of them."""

LAST_ROWS = 20

THUMBS = "thumbs"
"""The folder of the small pictures in the list of chapters."""

TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
KINDS = ("svg", "png", "pdf")


@dataclass(frozen=True)
class Published:
    """A lesson in its folder: the manifest, and which videos are there.

    Attributes
    ----------
    manifest
        What the lesson shows.
    folder
        Its folder, in which the files are called after the manifest.
    videos
        The names of its videos, the best first.
    """

    manifest: Manifest
    folder: Path
    videos: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """What stands over all pages."""

    title: str
    author: str = ""
    language: str = "en"
    address: str = ""


def environment() -> Environment:
    """Return what fills the templates: everything is escaped, and nothing may be missing."""
    return Environment(
        loader=FileSystemLoader(asset_path("templates", "site")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def pages(course: Course, lessons: Sequence[Published], *, flat: bool = False) -> dict[str, str]:
    """Return the pages of a course by their paths.

    Parameters
    ----------
    course, lessons
        What is published.
    flat
        Whether the one lesson lies in the course's own folder instead of one below it.
    """
    engine = environment()
    about = {"course": course.title, "author": course.author, "version": versions()["slopewise"]}
    out: dict[str, str] = {}
    for lesson in lessons:
        above = "" if flat else f"{lesson.folder.name}/"
        told = {
            **about,
            "language": lesson.manifest.language,
            "description": lesson.manifest.summary,
            "root": "" if flat else "../",
            "more": not flat,
            "lesson": _lesson(lesson, course.address),
        }
        out[f"{above}index.html"] = engine.get_template("lesson.html").render(told)
        out[f"{above}embed.html"] = engine.get_template("embed.html").render(told)
    if not flat:
        whole = sum(lesson.manifest.video.seconds for lesson in lessons)
        listed: dict[str, Any] = {
            **about,
            "language": course.language,
            "description": course.title,
            "root": "",
            "length": _length(whole),
            "lessons": [_card(lesson) for lesson in lessons],
        }
        out["index.html"] = engine.get_template("index.html").render(listed)
    for name in ("site.css", "site.js"):
        out[name] = asset_path("templates", "site", name).read_text(encoding="utf-8")
    return out


def _card(lesson: Published) -> dict[str, Any]:
    manifest = lesson.manifest
    return {
        "folder": lesson.folder.name,
        "title": manifest.title,
        "summary": manifest.summary,
        "poster": "poster.png",
        "width": manifest.video.width,
        "height": manifest.video.height,
        "length": _length(manifest.video.seconds),
    }


def _lesson(lesson: Published, address: str) -> dict[str, Any]:
    manifest, name = lesson.manifest, lesson.manifest.name
    named = [beat.still for beat in manifest.beats if beat.still]
    last = f"{name}-{named[-1]}" if named else ""
    return {
        **_card(lesson),
        "language": manifest.language,
        "videos": [
            {"path": video, "type": TYPES[Path(video).suffix], "kind": Path(video).suffix[1:]}
            for video in lesson.videos
        ],
        "track": f"{name}.vtt",
        "chapter_track": f"{name}.chapters.vtt",
        # Drawn captions are in the picture, and a lecturer who wants none speaks.
        "track_shown": manifest.captions == "track",
        "chapters": [
            {
                "start": f"{cue.start:.3f}",
                "clock": short_clock(cue.start),
                "text": cue.text,
                "picture": f"{THUMBS}/{number}.jpg",
            }
            for number, cue in enumerate(chapters(manifest), 1)
        ],
        "cues": {
            "language": manifest.language,
            "captions": [(cue.start, cue.end, cue.text) for cue in cues(manifest)],
        },
        "stills": [
            {
                "name": beat.still,
                "alt": beat.caption,
                "svg": f"stills/{name}-{beat.still}.svg",
                "files": [
                    {"kind": kind.upper(), "path": f"stills/{name}-{beat.still}.{kind}"}
                    for kind in KINDS
                ],
            }
            for beat in manifest.beats
            if beat.still
        ],
        "runs": [
            _run(lesson.folder, entry, number) for number, entry in enumerate(manifest.runs, 1)
        ],
        "texts": [
            {"kind": kind, "path": f"{name}.{suffix}"}
            for kind, suffix in (
                ("SRT", "srt"),
                ("WebVTT", "vtt"),
                ("Markdown", "transcript.md"),
                ("HTML", "transcript.html"),
            )
        ],
        "snippets": snippets(manifest, last, f"{address}/{name}" if address else ""),
        "parameters": list(manifest.parameters.items()),
    }


def run_name(number: int) -> str:
    """Return the name of a run's files, without a suffix."""
    return f"run-{number}"


def _run(folder: Path, entry: RunEntry, number: int) -> dict[str, Any]:
    trace = Trace.from_json(folder / f"{run_name(number)}.json")
    heading, body = rows(trace)
    if len(body) > MOST_ROWS:
        gap = tuple("⋮" for _ in heading)
        body = [*body[: MOST_ROWS - LAST_ROWS], gap, *body[-LAST_ROWS:]]
    start = ", ".join(
        f"{name} = {value:g}" for name, value in zip(entry.variables, entry.start, strict=True)
    )
    return {
        "title": f"{entry.objective}: {entry.optimizer}, from {start}",
        "ending": entry.ending,
        "heading": heading,
        "rows": body,
        "csv": f"{run_name(number)}.csv",
        "json": f"{run_name(number)}.json",
    }


def _length(seconds: float) -> str:
    """Return a length in words.

    >>> _length(41.4), _length(383)
    ('41 seconds', '6 minutes')
    """
    if seconds < 100:
        return f"{round(seconds)} seconds"
    return f"{round(seconds / 60)} minutes"
