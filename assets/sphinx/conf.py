"""A Sphinx project with a lesson in it; `site` is what `gd publish OneStep -o site` wrote."""

project = "Gradient descent"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
html_theme = "alabaster"
# Copied into the built pages as it is: the lesson keeps its own folder.
html_extra_path = ["site"]
exclude_patterns = ["site"]
