"""How long a large list takes, how much memory, and how large the e-mails are.

    python tests/bench_merge.py                10,000 rows, 60 handouts
    python tests/bench_merge.py 1000 20        1,000 rows, 20 handouts

The clinic has the tiny one's treatment under ever new names, in three languages; every row asks
for one or two handouts. Prints the seconds and the largest memory of checking the list, making the
handouts, and writing the e-mails, in a process of their own; nothing is kept.
"""

import datetime
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

TINY = Path(__file__).parent / "clinics" / "tiny"
LANGUAGES = ("en", "el", "ar")


def make_clinic(folder: Path, treatments: int) -> None:
    """The tiny clinic with that many treatments."""
    shutil.copytree(TINY, folder)
    texts = folder / "content" / "_collections" / "_care"
    for tag in LANGUAGES:
        file = texts / f"010-rest-{tag}.md"
        text = file.read_text(encoding="utf-8").split("\n")
        title = next(i for i, line in enumerate(text) if line.startswith("title:"))
        lines = [line for line in text if not line.startswith(("page_id:", "source_hash:"))]
        for number in range(treatments):
            lines[title] = f'title: "Treatment {number:03}"'
            named = texts / f"{number:03}-treatment-{number:03}-{tag}.md"
            named.write_text("\n".join(lines), encoding="utf-8")
        file.unlink()
    with (folder / "brochure.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[email]\nsender = "info@tiny.example"\n')


def make_list(file: Path, rows: int, treatments: int) -> None:
    """A list with that many patients."""
    with file.open("w", encoding="utf-8-sig") as patients:
        patients.write("Όνομα;E-mail;Γλώσσα;Θεραπείες;Σημείωση\n")
        for row in range(rows):
            turn, index = divmod(row, len(LANGUAGES))
            language = LANGUAGES[index]
            numbers = {turn % treatments, (turn + row % 2) % treatments}
            wanted = ",".join(f"treatment-{number:03}" for number in sorted(numbers))
            patients.write(f"Ασθενής {row};p{row}@example.org;{language};{wanted};\n")


def measure(folder: Path) -> None:
    """Merge the list, and print what it took."""
    from brochure import api
    from brochure.api.merge import PatientList, merge

    started = time.perf_counter()
    stages: list[float] = []
    report = merge(
        api.open_project(folder),
        PatientList(path=folder / "list.csv", day=datetime.date(2026, 11, 21)),
        progress=lambda tag, stage: stages.append(time.perf_counter() - started),
    )
    took = time.perf_counter() - started
    size = sum(file.stat().st_size for file in report.folder.iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(report.states)} e-mails, {size / 1e6:.0f} MB, {len(stages)} handouts")
    print(f"  {stages[0]:.1f} s until the first handout (clinic and list checked)")
    print(f"  {stages[-1] - stages[0]:.1f} s for the handouts but the last")
    print(f"  {took - stages[-1]:.1f} s for the last and all e-mails")
    print(f"  {took:.1f} s together, {peak:.0f} MB at most")


def main() -> None:
    """Make a clinic and a list in a temporary folder and measure them."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    treatments = (int(sys.argv[2]) if len(sys.argv) > 2 else 60) // len(LANGUAGES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clinic"
        make_clinic(folder, treatments)
        make_list(folder / "list.csv", rows, treatments)
        child = os.fork()  # so that only the merge's own memory counts
        if child == 0:
            measure(folder)
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
