"""Where the files of `assets/` lie: in a checkout beside this package, in a wheel inside it."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PLACES = (_HERE / "_assets", _HERE.parent / "assets")


def asset_path(*parts: str) -> Path:
    """Give the path of a file or folder of `assets/`, wherever slopewise is installed.

    Examples
    --------
    >>> asset_path().is_dir()
    True
    >>> asset_path("no", "such.json")
    Traceback (most recent call last):
    ...
    FileNotFoundError: slopewise has no asset no/such.json
    """
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"slopewise has no asset {'/'.join(parts)}")
