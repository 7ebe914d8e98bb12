"""The options of the `gd` command; what the commands do is in `scenes.commands`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

Commands = Mapping[str, Callable[[argparse.Namespace], int | None]]
"""What runs a command, by its name."""


def parser(run: Commands) -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Parameters
    ----------
    run
        What runs each command.
    """
    top = argparse.ArgumentParser(
        prog="gd", description="Gradient descent, drawn: videos and figures with true numbers."
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    listing = commands.add_parser(
        "list", help="the scenes and figures: what they show, file, seconds"
    )
    listing.set_defaults(run=run["list"])

    showing = commands.add_parser(
        "show", help="a scene: parameters, defaults, beats; or a lesson file"
    )
    _scene(showing)
    showing.set_defaults(run=run["show"])

    rendering = commands.add_parser(
        "render", help="a video of a scene, or of each scene of a lesson file"
    )
    _scene(rendering)
    _quality(rendering)
    rendering.add_argument(
        "--format",
        choices=("mp4", "webm", "gif", "webp"),
        default="mp4",
        help="gif and webp are small moving pictures, for a forum",
    )
    rendering.add_argument(
        "--beats",
        metavar="A-B",
        help="of a gif or webp: some beats (gd show SCENE), as in 2-3, or the name of a still",
    )
    rendering.add_argument(
        "--transparent", action="store_true", help="leave the background out (webm)"
    )
    rendering.add_argument("--max-mb", metavar="N", help="a second, smaller mp4 for an upload")
    rendering.add_argument(
        "--poster", nargs="?", const="", metavar="STILL", help="a PNG of a still, or the last one"
    )
    rendering.add_argument("--force", action="store_true", help="draw everything again")
    rendering.set_defaults(run=run["render"])

    sheet = commands.add_parser("sheet", help="a contact sheet of a scene's stills (PNG)")
    _scene(sheet)
    _workers(sheet)
    sheet.set_defaults(run=run["sheet"])

    stills = commands.add_parser("stills", help="the stills of scenes: PNG, SVG or PDF files")
    _scene(stills, many=True)
    stills.add_argument("--format", choices=("png", "svg", "pdf"), default="png")
    stills.add_argument(
        "--width", default="1920", metavar="PX", help="pixels across, up to 7680 (default: 1920)"
    )
    stills.add_argument("--transparent", action="store_true", help="leave the background out")
    stills.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="a still's name (gd show SCENE)"
    )
    stills.add_argument("--bare", action="store_true", help="leave title and caption out")
    stills.add_argument(
        "--hide",
        action="append",
        default=[],
        metavar="NAME,…",
        help="make a question: these fields of the captions become boxes, beside a solution",
    )
    stills.add_argument(
        "--build", action="store_true", help="one PDF a scene: page n is the picture after beat n"
    )
    _workers(stills)
    stills.set_defaults(run=run["stills"])

    figure = commands.add_parser("figure", help="figures for a page or a slide: SVG, PDF or PNG")
    figure.add_argument(
        "scene", nargs="+", metavar="FIGURE", help="from: gd list; all; or a lesson file"
    )
    _given(figure)
    figure.add_argument("--width", help="85mm (one column), 170mm (two, the default) or slide")
    figure.add_argument("--format", choices=("svg", "pdf", "png"), default="svg")
    figure.add_argument("--dpi", default="300", metavar="N", help="pixels an inch of a PNG")
    figure.add_argument("--transparent", action="store_true", help="leave the background out")
    _workers(figure)
    figure.set_defaults(run=run["figure"], aspect=None, captions=None, pace=None)

    handout = commands.add_parser(
        "handout", help="stills with captions and lines for notes, to print (PDF)"
    )
    _scene(handout, many=True)
    handout.add_argument("--paper", choices=("a4", "letter"), default="a4")
    handout.add_argument("--each", choices=("3", "6"), default="3", help="stills on a page")
    handout.add_argument("--title", default="", help="at the head of each page")
    _workers(handout)
    handout.set_defaults(run=run["handout"])

    publishing = commands.add_parser(
        "publish", help="a web site with the scenes: videos, stills, numbers, snippets"
    )
    _scene(publishing, many=True)
    _quality(publishing)
    publishing.add_argument("--title", default="", help="of the course")
    publishing.add_argument(
        "--url", default="", metavar="ADDRESS", help="where the site will be, for the snippets"
    )
    publishing.add_argument(
        "--videos", type=Path, default=Path("output"), metavar="DIR", help="where videos are kept"
    )
    publishing.add_argument(
        "--lms", type=Path, metavar="FILE.zip", help="one archive for a learning platform instead"
    )
    publishing.add_argument("--webm", action="store_true", help="a WebM beside each mp4")
    publishing.add_argument("--max-mb", metavar="N", help="the most that a video may have")
    publishing.set_defaults(run=run["publish"], output=Path("site"))

    filming = commands.add_parser(
        "film", help="one video of several scenes, with title cards and chapters"
    )
    _scene(filming, many=True)
    _quality(filming)
    filming.add_argument("--title", default="", help="on the cards")
    filming.add_argument("--no-cards", action="store_true", help="leave the title cards out")
    filming.set_defaults(run=run["film"], output=Path("output/film.mp4"))

    deck = commands.add_parser(
        "slides", help="a deck: each clip plays and waits, captions are the notes"
    )
    _scene(deck, many=True)
    _quality(deck)
    deck.add_argument("--to", choices=("html", "pptx", "pdf"), default="html")
    deck.add_argument("--title", default="", help="of the deck")
    deck.set_defaults(run=run["slides"])

    batch = commands.add_parser("batch", help="a video for each row of a table (CSV)")
    batch.add_argument(
        "table", type=Path, metavar="TABLE.csv", help="columns: scene, name, parameters"
    )
    _given(batch)
    _looks(batch)
    _quality(batch)
    batch.add_argument("--format", choices=("mp4", "webm"), default="mp4")
    batch.set_defaults(run=run["batch"])

    new = commands.add_parser("new", help="a lesson file to begin with, which explains itself")
    new.add_argument("file", type=Path, metavar="FILE", help="such as lesson.toml")
    new.set_defaults(run=run["new"])

    trace = commands.add_parser("trace", help="the steps of a run as a table, CSV or JSON")
    trace.add_argument("objective", metavar="FUNCTION", help='such as "x**2"')
    trace.add_argument("--start", default="4", help="a number, or one for each variable: 10,2")
    trace.add_argument("--optimizer", default="descent")
    trace.add_argument("--learning-rate", metavar="RATE")
    trace.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    trace.add_argument("--steps", default="20", metavar="N")
    trace.add_argument("--csv", type=Path, metavar="FILE", help="write the exact numbers here")
    trace.add_argument("--json", type=Path, metavar="FILE", help="write the exact numbers here")
    trace.set_defaults(run=run["trace"])

    caching = commands.add_parser("cache", help="what is kept to draw less the next time")
    caching.add_argument("what", nargs="?", choices=("show", "prune", "verify"), default="show")
    caching.add_argument("--max-gb", metavar="N", help="how much may stay (default: 4)")
    caching.add_argument(
        "-o", "--output", type=Path, default=Path("output"), metavar="DIR", help="default: output"
    )
    caching.set_defaults(run=run["cache"])

    doctor = commands.add_parser("doctor", help="what is installed, what is missing, what mends it")
    doctor.set_defaults(run=run["doctor"])
    return top


def _scene(command: argparse.ArgumentParser, *, many: bool = False) -> None:
    if many:
        words = "from: gd list; all; or a lesson file, FILE.toml or FILE.toml#name"
        command.add_argument("scene", nargs="+", metavar="SCENE", help=words)
    else:
        words = "a name from: gd list; or a lesson file, FILE.toml or FILE.toml#name"
        command.add_argument("scene", metavar="SCENE", help=words)
    _given(command)
    _looks(command)


def _looks(command: argparse.ArgumentParser) -> None:
    command.add_argument("--aspect", help="16:9, 4:3, 1:1 or 9:16")
    command.add_argument("--captions", help="drawn, track or none")
    command.add_argument(
        "--pace", metavar="N", help="0.8 is slower, 1.2 quicker; captions stay long enough to read"
    )


def _quality(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-q",
        "--quality",
        choices="lmhpk",
        default="h",
        help="480p15, 720p30, 1080p60 (default), 1440p60 or 2160p60",
    )
    _workers(command)


def _workers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--workers", metavar="N", help="processes that draw (default: one for each core)"
    )
    command.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="draw with the workers of a Dask scheduler, as tcp://host:8786, or local",
    )
    command.add_argument(
        "--shared",
        type=Path,
        metavar="DIR",
        help="a folder that all workers of the cluster see under this name",
    )
    command.add_argument("--json", action="store_true", help="tell tools what happens, as JSON")


def _given(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter, such as learning_rate=0.7 or objective=x**4 (see: gd show SCENE)",
    )
    command.add_argument("--theme", help="dark, light, or a theme file")
    command.add_argument(
        "-o", "--output", type=Path, default=Path("output"), metavar="DIR", help="default: output"
    )
