"""How fast `brochure check` is, and how much memory it takes, on a made-up site.

    python tests/bench_check.py              1,000 files with bodies of 3 kB
    python tests/bench_check.py 10000        10,000 files

Prints the processor time and the largest memory of the command itself, run as people run it. The
site holds the three languages of the sample clinic, with lists, headings and paragraphs taken
from the sample's own texts; every picture is one of the sample's.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "content" / "_collections"
BODY_BYTES = 3000
LANGUAGES = {"en": "en", "el": "gr", "ar": "ar"}
PER_CATEGORY = 100


def make_site(folder: Path, files: int) -> None:
    """Write a clinic with that many content files."""
    shutil.copytree(ROOT / "content" / "assets", folder / "content" / "assets")
    shutil.copy(ROOT / "brochure.toml", folder)
    sources = {
        tag: sorted(SAMPLE.glob(f"*/*-{code}.md")) for tag, code in LANGUAGES.items()
    }
    for index in range(-(-files // len(LANGUAGES))):
        place = folder / "content" / "_collections" / f"_group{index // PER_CATEGORY:03}"
        place.mkdir(parents=True, exist_ok=True)
        for tag, code in islice(LANGUAGES.items(), max(0, files - index * len(LANGUAGES))):
            text = page(sources[tag], index, tag)
            name = f"{index % PER_CATEGORY:03}-treatment-{index}-{code}.md"
            (place / name).write_text(text, encoding="utf-8")


def page(sources: list[Path], index: int, tag: str) -> str:
    """A sample text made as long as wanted by the ones that follow it, with its own title."""
    texts = [path.read_text(encoding="utf-8") for path in sources]
    head, _, body = texts[index % len(texts)].removeprefix("---").partition("\n---")
    following = cycle(text.split("\n---", 1)[1] for text in texts[index % len(texts) :])
    blocks, size = [], 0
    for block in body_blocks(body, following):
        blocks.append(block)
        size += len(block.encode()) + 2
        if size >= BODY_BYTES:
            break
    return f"---{head}\n---\n" + "\n\n".join(blocks) + "\n"


def body_blocks(body: str, following: "cycle[str]"):
    """The blocks of a body, then those of the following ones, for ever."""
    for text in (body, *islice(following, 8)):
        yield from text.strip("\n").split("\n\n")


def measure(folder: Path) -> None:
    """Run `brochure check` on the folder and print what it took."""
    command = [sys.executable, "-m", "brochure", "check", "--project", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"  {(done.stdout + done.stderr).strip().splitlines()[-1]}")
    print(f"  {used.ru_utime + used.ru_stime:.2f} s of processor time")
    print(f"  {used.ru_maxrss / 1024:.0f} MB at most")


def main() -> None:
    """Make a site in a temporary folder and measure it."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        make_site(Path(name), files)
        print(f"{files} files, bodies of {BODY_BYTES} bytes:")
        measure(Path(name))


if __name__ == "__main__":
    main()
