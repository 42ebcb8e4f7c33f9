"""How fast `brochure check` is, and how much memory it takes, on a large site.

    python tests/bench_check.py              1,000 files
    python tests/bench_check.py 10000        10,000 files

The site repeats the sample clinic's files in their three languages under ever new names, without
what ties them to their first names: bodies of 3 kB on average. Prints the processor time and the
largest memory of the command, run as people run it, with its byte code in place.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "gr", "ar")
PER_CATEGORY = 100
TIES = re.compile(rb"^(?:page_id|source_hash):.*\n", re.MULTILINE)


def make_site(folder: Path, files: int) -> int:
    """Write a clinic with that many content files; returns how many bytes their texts have."""
    shutil.copytree(ROOT / "content" / "assets", folder / "content" / "assets")
    shutil.copy(ROOT / "brochure.toml", folder)
    english = cycle(sorted((ROOT / "content" / "_collections").glob("*/*-en.md")))
    size = 0
    for index, sample in enumerate(islice(english, -(-files // len(LANGUAGES)))):
        place = folder / "content" / "_collections" / f"_group{index // PER_CATEGORY:03}"
        place.mkdir(parents=True, exist_ok=True)
        for code in LANGUAGES[: files - index * len(LANGUAGES)]:
            data = Path(f"{str(sample).removesuffix('en.md')}{code}.md").read_bytes()
            data = TIES.sub(b"", data)
            (place / f"{index % PER_CATEGORY:03}-treatment-{index}-{code}.md").write_bytes(data)
            size += len(data.split(b"\n---", 1)[1])
    return size


def measure(folder: Path, pycache: Path) -> None:
    """Run `brochure check` on the folder and print what it took."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(pycache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for project in (ROOT, folder):  # the first run only writes byte code
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "brochure", "check", "--project", str(project)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(f"  {(done.stdout + done.stderr).strip().splitlines()[-1]}")
    print(f"  {seconds:.2f} s of processor time")
    print(f"  {used.ru_maxrss / 1024:.0f} MB at most")


def main() -> None:
    """Make a site in a temporary folder and measure it."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        size = make_site(Path(name) / "clinic", files)
        print(f"{files} files, bodies of {size // files} bytes:")
        measure(Path(name) / "clinic", Path(name) / "pycache")


if __name__ == "__main__":
    main()
