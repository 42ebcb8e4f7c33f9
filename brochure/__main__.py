"""`python -m brochure` is the `brochure` command: where nothing has changed, it ends here."""

import sys
from collections.abc import Sequence

from brochure.unchanged import recall


def main() -> int:
    """Run the command; returns its exit code."""
    exit_code = recall(sys.argv[1:], put_back)
    if exit_code is not None:
        return exit_code
    from brochure.cli import main as run

    return run()


def put_back(files: Sequence[tuple[str, bytes]], folder: str) -> bool:
    """Write files that are gone into a folder, all of them or none; tells whether it could."""
    from pathlib import Path

    from brochure.delivery.files import write
    from brochure.diagnostics import BrochureError

    try:
        write(files, Path(folder))
    except BrochureError:
        return False  # the command itself will say why
    return True


if __name__ == "__main__":
    raise SystemExit(main())
