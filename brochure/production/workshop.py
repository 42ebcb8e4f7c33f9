"""What every process of the pool is forked from: the layout engine loaded, and nothing begun.

Importing this module loads everything that setting pages needs, and tells the garbage collector
to leave it alone, so that the processes share its memory. What only a print shop's file needs is
left to the process that finishes one.
"""

import contextlib
import gc

from brochure.diagnostics import BrochureError
from brochure.pdf import (
    compiler,
    engine,
    inspection,
    linker,
    overflow,
    press,
    proof,
    screen,
)

__all__ = [
    "compiler",
    "engine",
    "inspection",
    "linker",
    "overflow",
    "press",
    "proof",
    "screen",
]

with contextlib.suppress(BrochureError):  # whoever sets the first page will say what is missing
    engine.load()
gc.collect()
gc.freeze()
