"""Rendered scenes turned into the files that people use."""
