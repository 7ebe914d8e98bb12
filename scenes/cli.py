"""The `gd` command: thin; what it does is in `scenes.commands` and `scenes.export`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from scenes.commands import about, drawing, material
from scenes.garbage import collect_seldom
from scenes.options import parser

OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
"""What only the user can mend: a full disk, or one that may not be written."""

# Nothing here imports manim: `gd trace` and a wrong option answer at once.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 2 for a mistake of the user's."""
    collect_seldom()
    options = parser(COMMANDS).parse_args(arguments)
    as_json = getattr(options, "json", None) is True
    try:
        return int(options.run(options) or 0)
    except ValueError as error:
        if not _is_usage_error(error):
            raise
        return _failed(2, str(error), as_json)
    except RuntimeError as error:
        if type(error).__name__ != "WorkerLostError":
            raise
        return _failed(1, str(error), as_json)
    except BrokenPipeError:
        # As in `gd list | head`: whoever reads has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in OF_THE_DISK:
            raise
        return _failed(2, f"{_where(error)}{error.strerror}; what is finished is kept", as_json)
    except KeyboardInterrupt:
        message = "stopped; what was rendered so far is kept for the next time"
        return _failed(130, message, as_json)


def _failed(code: int, message: str, as_json: bool) -> int:
    """Say in one line what went wrong, to tools as an event too, and return the exit code."""
    print(f"gd: {message}", file=sys.stderr)
    if as_json:
        from scenes.export.events import emit

        emit("error", message=message, code=code)
    return code


def _where(error: OSError) -> str:
    """Say which file it was, or which folder: the name of an unfinished file says nothing."""
    if not error.filename or isinstance(error.filename, int):
        return ""
    path = Path(os.fsdecode(error.filename))
    return f"{path.parent if path.name.startswith('.') else path}: "


def _is_usage_error(error: ValueError) -> bool:
    from gdcore import ExpressionError, ParameterError

    return type(error).__name__ == "UsageError" or isinstance(
        error, ParameterError | ExpressionError
    )


COMMANDS = {
    "list": about.list_scenes,
    "show": about.show,
    "render": drawing.render,
    "sheet": drawing.sheet,
    "stills": drawing.stills,
    "figure": drawing.figure,
    "handout": drawing.handout,
    "publish": material.publish,
    "film": material.film,
    "slides": material.slides,
    "batch": material.batch,
    "new": about.new,
    "trace": about.trace,
    "doctor": about.doctor,
    "cache": about.cache,
}

if __name__ == "__main__":
    sys.exit(main())
