"""The `gd` command: thin; what it does is in `scenes.commands` and `scenes.export`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from scenes.commands import about, drawing, material
from scenes.options import parser

# Nothing here imports manim: `gd trace` and a wrong option answer at once.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 2 for a mistake of the user's."""
    options = parser(COMMANDS).parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except ValueError as error:
        if not _is_usage_error(error):
            raise
        print(f"gd: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # As in `gd list | head`: whoever reads has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("gd: stopped; what was rendered so far is kept for the next time", file=sys.stderr)
        return 130


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
    "new": about.new,
    "trace": about.trace,
    "doctor": about.doctor,
}

if __name__ == "__main__":
    sys.exit(main())
