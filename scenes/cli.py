"""The `gd` command: thin; what it does is in `scenes.export`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# Nothing here imports manim: `gd trace` and a wrong option answer at once.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0, or 2 for a mistake of the user's."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except ValueError as error:
        if not _is_usage_error(error):
            raise
        print(f"gd: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("gd: stopped; what was rendered so far is kept for the next time", file=sys.stderr)
        return 130


def _is_usage_error(error: ValueError) -> bool:
    from gdcore import ExpressionError, ParameterError

    return type(error).__name__ == "UsageError" or isinstance(
        error, ParameterError | ExpressionError
    )


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="gd", description="Gradient descent, drawn: videos and figures with true numbers."
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    listing = commands.add_parser("list", help="the scenes: what they show, file, seconds")
    listing.set_defaults(run=_list)

    showing = commands.add_parser("show", help="a scene: parameters, defaults, beats")
    _scene(showing)
    showing.set_defaults(run=_show)

    rendering = commands.add_parser("render", help="a video of a scene")
    _scene(rendering)
    rendering.add_argument(
        "-q",
        "--quality",
        choices="lmhpk",
        default="h",
        help="480p15, 720p30, 1080p60 (default), 1440p60 or 2160p60",
    )
    rendering.add_argument("--format", choices=("mp4", "webm", "gif"), default="mp4")
    rendering.add_argument("--force", action="store_true", help="draw everything again")
    rendering.set_defaults(run=_render)

    sheet = commands.add_parser("sheet", help="a contact sheet of a scene's stills (PNG)")
    _scene(sheet)
    sheet.set_defaults(run=_sheet)

    trace = commands.add_parser("trace", help="the steps of a run as a table, CSV or JSON")
    trace.add_argument("objective", metavar="FUNCTION", help='such as "x**2"')
    trace.add_argument("--start", default="4", help="a number, or one for each variable: 10,2")
    trace.add_argument("--optimizer", default="descent")
    trace.add_argument("--learning-rate", metavar="RATE")
    trace.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    trace.add_argument("--steps", default="20", metavar="N")
    trace.add_argument("--csv", type=Path, metavar="FILE", help="write the exact numbers here")
    trace.add_argument("--json", type=Path, metavar="FILE", help="write the exact numbers here")
    trace.set_defaults(run=_trace)

    doctor = commands.add_parser("doctor", help="what is installed, what is missing, what mends it")
    doctor.set_defaults(run=_doctor)
    return top


def _scene(command: argparse.ArgumentParser) -> None:
    command.add_argument("scene", metavar="SCENE", help="a name from: gd list")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter, such as learning_rate=0.7 or objective=x**4 (see: gd show SCENE)",
    )
    command.add_argument("--theme", help="dark, light, or a theme file")
    command.add_argument("--aspect", help="16:9, 4:3, 1:1 or 9:16")
    command.add_argument("--captions", help="drawn, track or none")
    command.add_argument(
        "-o", "--output", type=Path, default=Path("output"), metavar="DIR", help="default: output"
    )


def _settings(options: argparse.Namespace) -> dict[str, str]:
    """Return the parameters given on the command line."""
    given = _pairs(options.set)
    for name in ("theme", "aspect", "captions"):
        if getattr(options, name) is not None:
            given[name] = getattr(options, name)
    return given


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    from scenes.parameters import UsageError

    out: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--set {text}: allowed: NAME=VALUE, as in learning_rate=0.7")
        out[name.strip().replace("-", "_")] = value.strip()
    return out


# -- commands ------------------------------------------------------------------------------------


def _list(options: argparse.Namespace) -> None:
    from scenes.export.catalogue import catalogue

    rows = [
        (entry.name, entry.summary, entry.file, f"{entry.scene.seconds}")
        for entry in catalogue().values()
    ]
    _table(("scene", "what it shows", "file", "seconds"), rows)


def _show(options: argparse.Namespace) -> None:
    from scenes.export.catalogue import find
    from scenes.export.describe import beats, parameters

    entry, given = find(options.scene), _settings(options)
    # Both first: a mistake is said alone, not under half a description.
    allowed, told = parameters(entry.scene, given), beats(entry.scene, given)
    print(f"{entry.name} ({entry.file}): {entry.summary}\n")
    _table(("parameter", "value", "allowed"), allowed)
    print()
    _table(("from", "to", "still", "caption"), told)


def _render(options: argparse.Namespace) -> None:
    from scenes.export.catalogue import find
    from scenes.export.progress import Progress
    from scenes.export.render import RenderJob, render

    entry = find(options.scene)
    job = RenderJob(entry.scene, _settings(options), options.quality, options.format)
    with Progress(entry.name) as progress:
        path = render(job, options.output, force=options.force, progress=progress.show)
    _warn_about_theme(job.parameters, entry.scene)
    print(path)


def _warn_about_theme(given: Mapping[str, Any], scene: Any) -> None:
    for warning in scene.resolve(given)["theme"].warnings():
        print(f"gd: warning: theme: {warning}", file=sys.stderr)


def _sheet(options: argparse.Namespace) -> None:
    from scenes.export.catalogue import find
    from scenes.export.sheet import contact_sheet

    print(contact_sheet(find(options.scene).scene, _settings(options), options.output))


def _trace(options: argparse.Namespace) -> None:
    from scenes.export.tracing import rows, run

    given = _pairs(options.set)
    if options.learning_rate is not None:
        given["learning_rate"] = options.learning_rate
    trace = run(options.objective, options.start, options.optimizer, given, options.steps)
    heading, body = rows(trace)
    _table(heading, body)
    print(f"\n{trace.stop.sentence}")
    for path, write in ((options.csv, trace.to_csv), (options.json, trace.to_json)):
        if path is not None:
            _written(path, write)


def _written(path: Path, write: Any) -> None:
    from scenes.parameters import UsageError

    try:
        write(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    print(path)


def _doctor(options: argparse.Namespace) -> int:
    from scenes.export.doctor import checks

    rows = checks()
    _table(("what", "found", "what mends it"), [row[1:] for row in rows])
    return 0 if all(row[0] for row in rows) else 1


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: columns as wide as their text, the last one as it comes."""
    widths = [
        max(len(str(row[column])) for row in (heading, *rows)) for column in range(len(heading))
    ]
    lines = [heading, ["─" * width for width in widths], *rows]
    for row in lines:
        cells = (str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    sys.exit(main())
