"""Lesson files that nobody meant: whatever is in them, they load or say in lines what is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenes.assets import asset_path
from scenes.course.faults import Key, harmless
from scenes.course.lines import Lines
from scenes.course.load import Lesson, checked
from scenes.course.reading import parse
from scenes.parameters import HYPERPARAMETERS, UsageError

HERE = Path("fuzz.toml")

quick = settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

HOSTILE = (
    '#read("/etc/passwd")', "../../etc", "/etc/passwd", "..", "con", "a\x1b[2Jb", "a\u202eb",
    "\x00", "\ud800", "{x.__class__}", "{x[0]}", "{x!r}", "{", "}", "{x:999999}", "{}", "$x$",
    "\\", "~", "~nobody", "x" * 1001, "x" * 100_000, "1e999", "nan", "\n\n", "", " ", "\ufeff",
    "<script>", "`rm`", "%n", "__import__('os').system('id')", "9**9**9**9", "light\x00", "./.",
)  # fmt: skip

words = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(("OneStep", "Overshoot", "RateZones", "dark", "1:1", "x**2", "adam", "α")),
    st.text(max_size=20),
)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        words,
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(),
        st.just(datetime.date(2024, 1, 1)),
        st.just(datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(words.filter(bool), inner, max_size=4),
    ),
    max_leaves=6,
)

TOP = ("title", "author", "theme", "aspect", "language", "captions", "notation", "titel")
OWN = (
    *("name", "title", "objective", "start", "optimizer", "max_steps", "theme", "aspect", "rates"),
    *("captions", "notation", "wording", "beside", "other_start", "width", "runs", "nmae"),
    *HYPERPARAMETERS,
)
NOTATION = ("rate", "variable", "derivative", "decimal", "rat")


def tables(keys: tuple[str, ...], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Tables of some of the keys, each with a value that may be anything."""
    fields = dict.fromkeys(keys, values) | known
    return st.fixed_dictionaries({}, optional=fields)


notations = st.one_of(values, tables(NOTATION, rate=st.sampled_from(("α", "η", "x"))))
wordings = st.one_of(values, st.dictionaries(st.sampled_from(("slope", "beat-1", "s")), words))
scene = st.one_of(words, st.sampled_from(("OneStep", "fourrates", "TwoMinima", "OptimiserRace")))
entries = tables(OWN, scene=scene, figure=words, notation=notations, wording=wordings)
files = tables(
    TOP,
    notation=notations,
    scenes=st.one_of(values, st.lists(entries, max_size=3)),
    figures=st.one_of(values, st.lists(entries, max_size=2)),
)


def outcome(data: dict[str, Any], lines: Lines) -> Lesson | None:
    """Check data; a refusal must be lines that name the file and can be printed."""
    try:
        lesson = checked(HERE, data, lines, {})
    except UsageError as error:
        refused(error)
        return None
    for part in (*lesson.scenes, *lesson.figures):
        assert Path(part.stem).name == part.stem
        assert part.stem.isascii()
        assert len(part.stem) < 150
    return lesson


def refused(error: UsageError) -> None:
    for line in str(error).split("\n"):
        assert line.startswith(str(HERE))
        assert line == harmless(line)
        assert len(line) < 1000, line


@quick
@given(files)
def test_any_structure(data: dict[str, Any]) -> None:
    outcome(data, Lines(""))


@quick
@given(entries)
def test_any_entry(entry: dict[str, Any]) -> None:
    outcome({"scenes": [{"scene": "OneStep", **entry}]}, Lines(""))


@quick
@given(st.one_of(st.text(), st.text("[]{}=.,'\"#ab1\n\\-_ ")))
def test_any_text(text: str) -> None:
    attempt(text.encode("utf-8", "surrogatepass"))


def attempt(content: bytes) -> Lesson | None:
    try:
        data, lines = parse(HERE, content)
    except UsageError as error:
        refused(error)
        return None
    for key in keys(data):
        assert key in lines.known, key
    return outcome(data, lines)


def keys(value: Any, key: Key = ()) -> Iterator[Key]:
    if key:
        yield key
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from keys(inner, (*key, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from keys(inner, (*key, index))


REAL = sorted(asset_path("lessons").glob("*.toml"))


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_key_of_a_real_file_has_its_line(path: Path) -> None:
    data, lines = parse(path, path.read_bytes())
    text = path.read_text(encoding="utf-8").splitlines()
    for key in keys(data):
        if isinstance(key[-1], str):
            assert key[-1] in text[lines.known[key] - 1]


@settings(quick, max_examples=120)
@given(st.data())
def test_mutated_files(data: st.DataObject) -> None:
    """Cut, doubled, flipped: bytes of the real files."""
    content = bytearray(data.draw(st.sampled_from(REAL)).read_bytes())
    # The comments are left out: nothing is wrong with a comment.
    content = bytearray(b"\n".join(line.split(b"#")[0] for line in content.split(b"\n")))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        size = data.draw(st.integers(0, 40))
        other = data.draw(st.integers(0, max(len(content) - 1, 0)))
        match data.draw(st.sampled_from(("cut", "byte", "copy", "swap"))):
            case "cut":
                del content[at : at + size]
            case "byte":
                content[at : at + 1] = data.draw(st.binary(min_size=1, max_size=2))
            case "copy":
                content[at:at] = content[other : other + size]
            case "swap":
                content[at : at + size], content[other : other + size] = (
                    content[other : other + size],
                    content[at : at + size],
                )
    attempt(bytes(content))
