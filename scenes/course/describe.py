"""A lesson file in words: what it is, and its entries."""

from __future__ import annotations

from collections.abc import Iterator

from scenes.course.faults import harmless, shown
from scenes.course.load import Lesson, Part


def about(lesson: Lesson) -> str:
    """Return title, author and language, and about how long the scenes are together."""
    head = lesson.title or lesson.path.name
    by = f", {lesson.author}" if lesson.author else ""
    language = f" ({lesson.language})" if lesson.language else ""
    seconds = sum(part.scene.seconds for part in lesson.scenes)
    length = f"; about {seconds // 60}:{seconds % 60:02} minutes" if seconds else ""
    return harmless(f"{head}{by}{language}{length}")


def rows(lesson: Lesson) -> list[tuple[str, str, str, str]]:
    """Return line, name, scene and parameters of each entry."""
    return [
        (
            str(lesson.lines.of(part.key)),
            part.label,
            part.scene.__name__,
            harmless(", ".join(_told(part))),
        )
        for part in (*lesson.scenes, *lesson.figures)
    ]


def _told(part: Part) -> Iterator[str]:
    for name, value in part.parameters.items():
        words = f"of {', '.join(value)}" if isinstance(value, dict) else f"= {shown(str(value))}"
        yield f"{name} {words}"
