"""How long preflight takes a page: PYTHONPATH=. python tests/bench_preflight.py FILE…."""

import sys
import time
from pathlib import Path

from brochure.assets import assets_of
from brochure.pdf.inspection import page_count
from brochure.pdf.preflight import preflight
from brochure.printer_files import printer_named

RUNS = 5

for name in sys.argv[1:]:
    data = Path(name).read_bytes()
    printer = printer_named(assets_of(Path()), "generic-coated")
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        faults = preflight(data, printer, name)
        times.append(time.perf_counter() - start)
    pages = page_count(data)
    print(
        f"{Path(name).name}: {pages} pages, {min(times) / pages * 1000:.1f} ms a page, "
        f"{len({fault.evidence.rule for fault in faults if fault.evidence})} rules broken"
    )
