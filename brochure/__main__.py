"""`python -m brochure` is the `brochure` command: where nothing has changed, it ends here."""

import sys

from brochure.unchanged import recall


def main() -> int:
    """Run the command; returns its exit code."""
    exit_code = recall(sys.argv[1:])
    if exit_code is not None:
        return exit_code
    from brochure.cli import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())
