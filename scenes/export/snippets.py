"""Ready pieces of text that put a lesson into other people's pages, each in its own language."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass

from scenes.export.captions import markdown
from scenes.manifest import Manifest


@dataclass(frozen=True)
class Snippet:
    """A piece of text, what it is called, and where it goes."""

    name: str
    where: str
    text: str


def snippets(manifest: Manifest, still: str, address: str = "") -> list[Snippet]:
    """Return all snippets of a published lesson.

    Parameters
    ----------
    manifest
        The lesson.
    still
        The name of its picture for print, without a suffix; empty if it has none.
    address
        Where the lesson's folder lies: an address, or a path from the page that embeds it. It is
        the folder's own name unless said.
    """
    base = _address(address or manifest.name)
    name, video = manifest.name, manifest.video
    title, summary = manifest.title, manifest.summary or manifest.title
    shown = " default" if manifest.captions == "track" else ""
    film = f"{base}/{name}.mp4"
    tag = "\n".join(
        [
            f'<video controls preload="metadata" poster="{_html(f"{base}/poster.png")}"',
            f'       width="{video.width}" height="{video.height}" '
            f'style="width:100%;height:auto" aria-label="{_html(title)}">',
            f'  <source src="{_html(film)}" type="video/mp4">',
            f'  <track kind="captions" src="{_html(f"{base}/{name}.vtt")}" '
            f'srclang="{_html(manifest.language)}" label="Captions"{shown}>',
            "</video>",
        ]
    )
    figure = (
        f"<figure>\n{_indented(tag, 2)}\n  <figcaption>{_html(summary)}</figcaption>\n</figure>"
    )
    frame = (
        f'<iframe src="{_html(f"{base}/embed.html")}" title="{_html(title)}" allowfullscreen\n'
        f'        style="width:100%;aspect-ratio:{video.width}/{video.height};border:0"></iframe>'
    )
    picture = f"[![{markdown(summary)}]({base}/poster.png)]({base}/index.html)"
    out = [
        Snippet("HTML: figure", "Into a web page; the folder stands beside it.", figure),
        Snippet(
            "HTML: iframe",
            "Where a page takes HTML but no files, such as Moodle or Canvas: with the address of "
            "the folder before embed.html.",
            frame,
        ),
        Snippet("Markdown", "A picture that leads to the lesson.", picture),
        Snippet("MyST", "Sphinx or Jupyter Book, in Markdown.", f"```{{raw}} html\n{figure}\n```"),
        Snippet("reStructuredText", "Sphinx.", f".. raw:: html\n\n{_indented(figure, 3)}"),
        # Quarto's own shortcode for videos shows no captions.
        Snippet("Quarto", "In a .qmd file.", f"```{{=html}}\n{figure}\n```"),
        Snippet(
            "Jupyter",
            "In a cell, without slopewise; with it: show().",
            f"from IPython.display import HTML\n\nHTML({_python(figure)})",
        ),
    ]
    if still:
        # LaTeX reads files, not addresses, and a % would begin a comment.
        pdf = f"{name}/stills/{still}.pdf"
        svg = f"{base}/stills/{still}.svg"
        out += [
            Snippet(
                "LaTeX or Beamer: still",
                "The last picture as a vector; the folder stands beside the document.",
                "\\begin{figure}\n  \\centering\n"
                f"  \\includegraphics[width=\\linewidth]{{{pdf}}}\n"
                f"  \\caption{{{latex(summary)}}}\n\\end{{figure}}",
            ),
            Snippet("Markdown: still", "The last picture.", f"![{markdown(summary)}]({svg})"),
            Snippet(
                "MyST: still",
                "The last picture, as a figure.",
                f":::{{figure}} {svg}\n:alt: {_quoted(summary)}\n:width: 100%\n\n"
                f"{markdown(summary)}\n:::",
            ),
        ]
    return out


def latex(text: str) -> str:
    r"""Return text as LaTeX shows it.

    >>> print(latex("50 % of $x_1 & {y}"))
    50 \% of \$x\_1 \& \{y\}
    """
    named = {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "−": "\\ensuremath{-}",
        "·": r"\ensuremath{\cdot}",
        "²": r"\textsuperscript{2}",
        "³": r"\textsuperscript{3}",
        "η": r"\ensuremath{\eta}",
    }
    plain = _one_line(text)
    return "".join(
        named.get(character, f"\\{character}" if character in "#$%&_{}" else character)
        for character in plain
    )


def _address(text: str) -> str:
    """Return an address that is safe in every language: what is special is percent-encoded."""
    kept = _one_line(text).rstrip("/")
    return "".join(
        c if re.match(r"[A-Za-z0-9/:._~@%+,;=&?-]", c) else "".join(f"%{b:02X}" for b in c.encode())
        for c in kept
    )


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _html(text: str) -> str:
    return html.escape(_one_line(text))


def _quoted(text: str) -> str:
    """Return text as a string of YAML, which that of JSON is too."""
    return json.dumps(_one_line(text), ensure_ascii=False)


def _python(text: str) -> str:
    """Return text as a Python literal, over several lines."""
    lines = [repr(f"{line}\n") for line in text.splitlines()]
    return "\n    " + "\n    ".join(lines) + "\n"


def _indented(text: str, spaces: int) -> str:
    return "\n".join(" " * spaces + line if line else "" for line in text.splitlines())
