"""What a result depends on, as short texts: the code, the versions, a file."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib import metadata
from pathlib import Path

PACKAGES = ("slopewise", "manim", "av", "numpy", "pillow", "pycairo", "sympy", "typst")
"""What decides how a picture looks and how a video is encoded."""


@functools.cache
def versions() -> dict[str, str]:
    """Return the versions of this project, of Python and of the libraries that draw."""
    out = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            out[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            out[name] = "not installed"
    return out


@functools.cache
def code_digest() -> str:
    """Return the digest of all code of this project and of the versions it runs with."""
    house = Path(__file__).resolve().parent
    sha = hashlib.sha256(repr(sorted(versions().items())).encode())
    for folder in (house.parent / "gdcore", house):
        for path in sorted(folder.rglob("*.py")):
            sha.update(f"{path.relative_to(house.parent).as_posix()}\0".encode())
            sha.update(path.read_bytes())
    return sha.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def digest_of(*parts: object) -> str:
    """Return one digest of several things that have a faithful `repr`."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()
