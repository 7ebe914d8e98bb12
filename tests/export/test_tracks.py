"""Captions, chapters and transcripts: valid, true to the manifest, harmless."""

from __future__ import annotations

import html
import itertools
import re
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
import srt as subrip
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scenes.export.captions import (
    Cue,
    chapters,
    cues,
    markdown,
    short_clock,
    srt,
    transcript_html,
    transcript_markdown,
    vtt,
    write_captions,
)
from scenes.manifest import Manifest, read

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]> --> 00:00:00.000",
    "a\n\n2\n00:00:00.000 --> 00:00:09.000\nb",
    "\u202egnp.exe",
    "# *bold* [x](javascript:1) `code` <b> 1. a",
)


@pytest.fixture(scope="module")
def manifest(video: Path) -> Manifest:
    return read(video)


def spoken(manifest: Manifest, text: str) -> Manifest:
    """Return the manifest with one sentence everywhere."""
    beats = tuple(beat.model_copy(update={"caption": text}) for beat in manifest.beats)
    return manifest.model_copy(update={"beats": beats, "title": text, "summary": text})


def test_srt_is_what_a_parser_reads_back(manifest):
    read_back = list(subrip.parse(srt(cues(manifest)), ignore_errors=False))
    assert [" ".join(cue.content.split()) for cue in read_back] == [
        beat.caption for beat in manifest.beats
    ]
    for cue, beat in zip(read_back, manifest.beats, strict=True):
        assert cue.start == timedelta(milliseconds=round(beat.start * 1000))
        assert abs(cue.end.total_seconds() - beat.end) < 0.002


def test_cues_are_in_order_and_never_at_once(manifest):
    said = cues(manifest)
    assert all(one.end < other.start for one, other in itertools.pairwise(said))
    assert all(cue.start < cue.end for cue in said)


def test_lines_are_short_enough_to_read(manifest):
    for line in srt(cues(manifest)).splitlines():
        assert len(line) <= 42


def blocks(text: str) -> list[list[str]]:
    """Return the blocks of a WebVTT file, by its grammar: an empty line ends a block."""
    return [block.split("\n") for block in re.split(r"\n\n+", text.strip())]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(manifest, text):
    own = spoken(manifest, text)
    head, *rest = blocks(vtt(cues(own), language="en"))
    assert head[0] == "WEBVTT"
    assert len(rest) == len(own.beats)
    for block in rest:
        assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}", block[1])
        assert not any("-->" in line or "<" in line for line in block[2:])
        shown = html.unescape(" ".join(block[2:]))
        assert shown == " ".join("".join(c if c.isprintable() else " " for c in text).split())
    assert len(list(subrip.parse(srt(cues(own))))) == len(own.beats)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_no_markup_in_transcripts(manifest, text):
    own = spoken(manifest, text)
    for source in (transcript_html(own), MarkdownIt().render(transcript_markdown(own))):
        found = Tags()
        found.feed(source)
        assert found.tags <= {"ol", "ul", "li", "time", "h1", "p", "strong"}
        assert " ".join(text.split())[:12] in " ".join(found.words.split()) or "\u202e" in text


@given(st.text(max_size=60))
def test_markdown_shows_the_characters_that_it_is_given(text):
    rendered = Tags()
    rendered.feed(MarkdownIt("commonmark").render(f"- {markdown(text)}"))
    assert rendered.tags <= {"ul", "li", "p"}
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    assert " ".join(rendered.words.split()) == plain


def test_chapters_cover_the_video(manifest):
    parts = chapters(manifest)
    assert parts[0].start == 0
    assert parts[-1].end == pytest.approx(manifest.video.seconds, abs=1e-4)
    assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]


def test_all_files_are_written(manifest, tmp_path):
    names = {path.name.removeprefix(manifest.name) for path in write_captions(manifest, tmp_path)}
    assert names == {".srt", ".vtt", ".chapters.vtt", ".transcript.md", ".transcript.html"}


def test_hours_are_told():
    assert short_clock(3661) == "1:01:01"
    assert "01:00:00.500 -->" in vtt([Cue(3600.5, 3602, "late")])
