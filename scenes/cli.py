"""The `gd` command."""


def main() -> int:
    return 0
