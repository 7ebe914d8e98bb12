"""The pictures: Manim scenes that draw what gdcore computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenes.export.notebook import Shown

__all__ = ["show"]


def show(
    scene: str, *, still: str = "", quality: str = "m", output: Any = "output", **parameters: Any
) -> Shown:
    """Show a scene, or one still of it, in a notebook.

    Parameters
    ----------
    scene
        Its name, as in ``gd list``, or an entry of a lesson file, as in ``lesson.toml#start``.
    still
        The name of a still: then that is drawn, as a vector, and no video is rendered.
    quality
        Of the video: l, m, h, p or k, from 480p to 2160p.
    output
        The folder where videos are kept; one that is there already is not rendered again.
    **parameters
        What replaces the scene's own, such as ``learning_rate=1.05``.

    Returns
    -------
    Shown
        What a notebook displays, with captions and a text for those who do not see it; `path` is
        the file of a video.

    Raises
    ------
    UsageError
        In one line, for a name that does not exist or a value that is not allowed.
    """
    # manim takes a second to import, which nobody should wait for who only asks for a name.
    from scenes.export.notebook import show_in_notebook

    return show_in_notebook(scene, still, quality, output, parameters)
