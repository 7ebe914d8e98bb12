"""The rules of the house: who may import what, and what may never be called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import breaks under the manim command"
            yield node.module or ""
            assert all(alias.name != "*" for alias in node.names), f"{path}: star import"


def lessons() -> list[Path]:
    """A lesson or a figure is a file with a `construct` in it."""
    found = sorted([*(ROOT / "scenes").glob("*.py"), *(ROOT / "scenes/figures").glob("*.py")])
    return [path for path in found if "def construct(self)" in path.read_text(encoding="utf-8")]


def test_there_are_lessons() -> None:
    assert {"one_step", "overshoot"} <= {path.stem for path in lessons()}


@pytest.mark.parametrize("path", files("gdcore"), ids=lambda path: path.name)
def test_the_core_knows_no_pictures(path: Path) -> None:
    assert not [name for name in imports(path) if name.split(".")[0] in ("manim", "scenes")]


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.name)
def test_lessons_do_not_compute(path: Path) -> None:
    forbidden = {"numpy", "math", "sympy", "random"}
    assert not [name for name in imports(path) if name.split(".")[0] in forbidden]


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.name)
def test_lessons_know_no_export(path: Path) -> None:
    assert not [name for name in imports(path) if name.startswith("scenes.export")]


@pytest.mark.parametrize("path", files("gdcore", "scenes"), ids=lambda path: path.name)
def test_text_is_never_run(path: Path) -> None:
    forbidden = {"eval", "exec", "sympify", "parse_expr", "S"}
    called = [
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    names = forbidden & set(called)
    # Compiled functions are made from a checked syntax tree, in one place.
    assert not names or (path.name == "_compile.py" and names <= {"exec", "eval"}), names


def test_colours_are_roles() -> None:
    """No literal colour in a lesson or a part: they ask the theme."""
    import re

    for path in [*lessons(), *files("scenes/parts")]:
        found = re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
        allowed = {"#fe0102", "#000000"} if path.name in ("glyphs.py", "source.py") else set()
        assert set(found) <= allowed, f"{path}: {found}"
