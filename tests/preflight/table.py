"""Print which file breaks which rule: PYTHONPATH=. python tests/preflight/table.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from brochure.pdf.preflight.rules import RULES
from preflight.cases import CASES
from preflight.others import OTHERS

print("| rule | code | source, for PDF/X-4 | files that break it |\n|---|---|---|---|")
for rule in RULES.values():
    made = [case for case in CASES.values() if rule.name in case.rules]
    files = [case.name.partition("/")[2] or "made for it" for case in made]
    files += [f"`{other.name}`" for other in OTHERS if rule.name in other.rules]
    source = rule.source(made[0].printer) if made else ""
    print(f"| {rule.name} | {rule.code} | {source} | {', '.join(files)} |")
