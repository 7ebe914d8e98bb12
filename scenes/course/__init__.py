"""Lesson files: which scenes and figures a teacher shows, with which parameters, in TOML."""
