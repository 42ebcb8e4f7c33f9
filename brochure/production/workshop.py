"""What every process of the pool is forked from: the layout engine loaded, and nothing begun.

Importing this module loads everything that setting pages needs, and tells the garbage collector
to leave it alone, so that the processes share its memory.
"""

import contextlib
import gc

from brochure.diagnostics import BrochureError
from brochure.pdf import engine, inspection, overflow, preflight, press, screen

__all__ = ["engine", "inspection", "overflow", "preflight", "press", "screen"]

with contextlib.suppress(BrochureError):  # whoever sets the first page will say what is missing
    engine.load()
gc.collect()
gc.freeze()
