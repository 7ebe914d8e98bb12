"""What a command tells: paths for people, or events for tools, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def tell_files(paths: Iterable[Path], *, as_json: bool = False) -> None:
    """Print the paths of finished files, or an event for each."""
    for path in paths:
        if as_json:
            emit("file", path=str(path))
        else:
            print(path, flush=True)


def emit(event: str, **fields: Any) -> None:
    """Write an event as one line of JSON."""
    print(json.dumps({"event": event, **fields}), flush=True)
