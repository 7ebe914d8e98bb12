"""What is loaded once for all workers, by the process that forks them.

Loading makes hundreds of thousands of objects that stay. Looking for dead ones among them would
take a tenth of the time, and later, in each worker, would copy the memory that they share.
"""

from __future__ import annotations

import gc

gc.disable()

import scenes.export.share  # noqa: E402, F401

gc.freeze()
