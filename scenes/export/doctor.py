"""What a render needs, whether it is there, and the command that mends what is not."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from pathlib import Path

NEEDED = ("manim", "typst", "numpy", "sympy", "av", "pycairo", "manimpango", "pillow")
OPTIONAL = {"torch": 'pip install -e ".[parity]"'}


def checks() -> list[tuple[bool, str, str, str]]:
    """Return for each need: whether it is met, its name, what was found, what mends it."""
    rows = [_python(), *(_package(name) for name in NEEDED), _typst(), _encoder(), _disk()]
    for name, command in OPTIONAL.items():
        version = _version(name)
        rows.append(
            (True, f"{name} (optional)", version or "not installed", "" if version else command)
        )
    return rows


def _python() -> tuple[bool, str, str, str]:
    good = sys.version_info >= (3, 11)
    return good, "Python", platform.python_version(), "" if good else "install Python 3.11 or newer"


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _package(name: str) -> tuple[bool, str, str, str]:
    version = _version(name)
    if name == "pillow" and version and int(version.partition(".")[0]) >= 13:
        return False, name, f"{version}: too new for manim", 'pip install "pillow<13"'
    return bool(version), name, version or "missing", "" if version else "make setup"


def _typst() -> tuple[bool, str, str, str]:
    try:
        from scenes.parts.glyphs import typeset

        width = typeset("$x^2$").width
    except Exception as error:  # whatever is broken is what is reported
        return False, "type", f"{type(error).__name__}: {error}".split("\n")[0][:60], "make setup"
    return width > 0, "type", "formulas are set", ""


def _encoder() -> tuple[bool, str, str, str]:
    try:
        import av

        av.CodecContext.create("libx264", "w")
    except Exception as error:  # whatever is broken is what is reported
        return False, "x264", f"{type(error).__name__}: {error}".split("\n")[0][:60], "make setup"
    return True, "x264", "videos can be written", ""


def _disk() -> tuple[bool, str, str, str]:
    folder = Path("output") if Path("output").is_dir() else Path()
    free = shutil.disk_usage(folder).free / 1e9
    if not os.access(folder, os.W_OK):
        return False, "output folder", f"{folder.resolve()} cannot be written", "gd render … -o DIR"
    return free > 1, "disk", f"{free:.0f} GB free", "" if free > 1 else "make clean"
