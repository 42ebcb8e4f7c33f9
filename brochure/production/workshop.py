"""What every process of the pool is forked from: the layout engine loaded, and nothing begun.

Importing this module loads everything that setting and proving pages needs, out of the garbage
collector's sight, so that the processes share its memory. What only a print shop's file needs is
left to the process that finishes one.
"""

import contextlib
import gc
from importlib import import_module

from brochure.diagnostics import BrochureError

gc.disable()  # nothing that is loaded is garbage, and to look for some takes a fifth of the time
for name in ("compiler", "linker", "overflow", "press", "proof", "rereading"):
    import_module(f"brochure.pdf.{name}")
import_module("pypdfium2")
import_module("PIL.Image").preinit()
with contextlib.suppress(BrochureError):  # whoever sets the first page will say what is missing
    import_module("brochure.pdf.engine").load()
gc.freeze()
gc.enable()
