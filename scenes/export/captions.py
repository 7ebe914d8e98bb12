"""Captions, chapters and transcript of a video, from its manifest."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scenes.manifest import Manifest
from scenes.parts.source import wrapped
from scenes.writing import write

LINE = 42
"""Characters of a line."""

GAP = 0.001
"""Between one cue and the next, in seconds: players may show both where they meet."""


@dataclass(frozen=True)
class Cue:
    """Words from one moment to another, in seconds."""

    start: float
    end: float
    text: str


def cues(manifest: Manifest, offset: float = 0.0) -> list[Cue]:
    """Return the captions of a video: in order, none empty, no two at once.

    Parameters
    ----------
    manifest
        The video.
    offset
        When the video starts, in seconds.
    """
    return [
        Cue(offset + beat.start, offset + beat.end - GAP, beat.caption)
        for beat in manifest.beats
        if beat.caption.strip() and beat.end - GAP > beat.start
    ]


def srt(said: Iterable[Cue]) -> str:
    """Return cues as SubRip.

    >>> print(srt([Cue(0, 1.5, "f falls to 2 < 3.")]))
    1
    00:00:00,000 --> 00:00:01,500
    f falls to 2 < 3.
    <BLANKLINE>
    """
    blocks = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n"
        f"{_lines(_plain(cue.text))}\n"
        for number, cue in enumerate(said, 1)
    ]
    return "\n".join(blocks)


def vtt(said: Iterable[Cue], *, language: str = "", kind: str = "captions") -> str:
    """Return cues as WebVTT.

    >>> print(vtt([Cue(0, 1.5, "f falls to 2 < 3.")]))
    WEBVTT
    <BLANKLINE>
    1
    00:00:00.000 --> 00:00:01.500
    f falls to 2 &lt; 3.
    <BLANKLINE>
    """
    head = ["WEBVTT"]
    if language:
        head.append(f"Kind: {kind}\nLanguage: {_plain(language)}")
    blocks = [
        f"{number}\n{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n"
        f"{_escaped(_lines(_plain(cue.text)))}\n"
        for number, cue in enumerate(said, 1)
    ]
    return "\n".join(["\n".join(head) + "\n", *blocks])


def chapters(manifest: Manifest) -> list[Cue]:
    """Return a chapter for each beat, named by its section or else by its sentence."""
    return [
        Cue(beat.start, beat.end, beat.section or beat.caption or f"Part {beat.number}")
        for beat in manifest.beats
    ]


def transcript_markdown(manifest: Manifest) -> str:
    """Return the transcript as Markdown: what is said, and when."""
    lines = [f"# {markdown(manifest.title)}", "", markdown(manifest.summary), ""]
    lines += [f"- **{short_clock(cue.start)}** {markdown(cue.text)}" for cue in cues(manifest)]
    return "\n".join(lines) + "\n"


def transcript_html(manifest: Manifest) -> str:
    """Return the transcript as a piece of HTML."""
    rows = [
        f'  <li><time datetime="PT{cue.start:.3f}S">{short_clock(cue.start)}</time> '
        f"{html.escape(cue.text)}</li>"
        for cue in cues(manifest)
    ]
    language = html.escape(manifest.language)
    return "\n".join([f'<ol class="transcript" lang="{language}">', *rows, "</ol>", ""])


def write_captions(manifest: Manifest, folder: Path) -> list[Path]:
    """Write captions, chapters and transcript of a video and return the paths."""
    said = cues(manifest)
    texts = {
        ".srt": srt(said),
        ".vtt": vtt(said, language=manifest.language),
        ".chapters.vtt": vtt(chapters(manifest), language=manifest.language, kind="chapters"),
        ".transcript.md": transcript_markdown(manifest),
        ".transcript.html": transcript_html(manifest),
    }
    return [
        write(folder / f"{manifest.name}{suffix}", text.encode("utf-8", "replace"))
        for suffix, text in texts.items()
    ]


def write_beside(manifest: Manifest, video: Path) -> list[Path]:
    """Write the captions of a video beside it, where they are nowhere else; return the paths.

    Players load such files by themselves: captions that are drawn would be there twice.
    """
    if manifest.captions != "track":
        return []
    said = cues(manifest)
    texts = {".srt": srt(said), ".vtt": vtt(said, language=manifest.language)}
    return [
        write(video.with_suffix(suffix), text.encode("utf-8", "replace"))
        for suffix, text in texts.items()
    ]


def markdown(text: str) -> str:
    r"""Return text as Markdown that shows just these characters.

    >>> print(markdown("f*(x) <b> [1]"))
    f\*(x) \<b\> \[1\]
    """
    out = "".join(
        f"\\{character}" if character in r"\`*_{}[]<>#|!$~&" else character
        for character in _plain(text)
    )
    # At the start of a line these would be a list, a rule or a heading.
    return re.sub(r"^([-+=]|\d+(?=[.)]))", _guarded, out)


def _guarded(found: re.Match[str]) -> str:
    sign = found[1]
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def short_clock(seconds: float) -> str:
    """Return a time as people write it.

    >>> short_clock(75.2), short_clock(3675)
    ('1:15', '1:01:15')
    """
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def _clock(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"


def _plain(text: str) -> str:
    """Return text in one line, without characters that cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _escaped(text: str) -> str:
    """Return text as WebVTT has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(text: str) -> str:
    """Return text in lines of at most `LINE` characters, as even as can be."""
    return "\n".join(wrapped(text, LINE, len))
