"""What all tests share."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put slow tests last, but first when there are several workers.

    Alone, a quick failure should show quickly. With workers, a slow test that starts last would
    keep one of them busy after all the others are done.
    """
    parallel = hasattr(config, "workerinput")
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None) == parallel)
