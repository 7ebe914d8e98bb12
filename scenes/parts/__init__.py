"""The visual vocabulary: one family of parts a file."""
