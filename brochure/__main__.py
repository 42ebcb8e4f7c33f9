"""`python -m brochure` is the `brochure` command."""

from brochure.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
