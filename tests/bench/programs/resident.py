"""`brochure` in a process that stays alive: builds once, then again after each edit.

resident.py CLINIC OUT LANG REVISION…     prints what each further build took (see laps.py)
"""

import sys
from pathlib import Path

from brochure import api


def main(clinic: Path, out: Path, language: str, revisions: list[str]) -> None:
    from bench.clinic import edit
    from bench.programs.laps import Laps

    def build() -> None:
        api.build(api.open_project(clinic, is_cached=True), codes=[language], out=out)

    build()
    laps = Laps()
    for revision in revisions:
        edit(clinic, language, int(revision))
        laps.time(build)
    laps.print()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
