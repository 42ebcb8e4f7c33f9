"""The command run in a process of its own, so that its surroundings can be chosen."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import brochure
from pdf import clinics

SETTINGS = """
[clinic]
slug = "small"
languages = ["en", "ar"]
phones = ["+357 22 000000"]
booking = "https://clinic.example/book"
[clinic.hours]
mon = "08:00-13:00"
[imprint]
date = 2026-11-21
[categories.care]
title = { en = "Care", ar = "رعاية" }
[language.en]
name = "Clinic"
[language.ar]
name = "عيادة"
"""
TEXTS = {"en": ("Rest", "Sit for 10 minutes."), "ar": ("راحة", "اجلس لمدة 10 دقائق.")}


def surroundings(**changes: str) -> dict[str, str]:
    """The environment of this process, with `changes`, without a date from outside."""
    given = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    return given | changes


def files() -> dict[str, str | bytes]:
    made: dict[str, str | bytes] = {"brochure.toml": SETTINGS, "content/p.png": clinics.picture()}
    for language, (title, text) in TEXTS.items():
        for number in (1, 2):
            name = f"content/_collections/_care/{number}-rest{number}-{language}.md"
            made[name] = clinics.treatment(
                f"### {title}\n\n{text}\n\n- {title}\n- {text}\n",
                title=f"{title} {number}",
                lang=language,
                image="p.png" if number == 1 else "gone.png",
                alt=title,
            )
    return made


def clinic(folder: Path, *, names: Iterable[str] = ()) -> Path:
    """Write the small clinic, its files in the order of `names`."""
    made = files()
    return clinics.write(folder, {name: made[name] for name in (*names, *made)})


def build(
    folder: Path, environment: Mapping[str, str], *arguments: str, umask: int = 0o022
) -> dict[str, str]:
    """Build the clinic in `folder`, or run the command of `arguments` there.

    Gives the digest of each finished file, the manifest's too.
    """
    source = str(Path(brochure.__file__).parents[1])
    environment = dict(environment) | {"PYTHONPATH": source}
    run = subprocess.run(
        [
            *clock(environment),
            sys.executable,
            "-m",
            "brochure",
            *(arguments or ("build", "--no-cache")),
        ],
        cwd=folder,
        env=environment,
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    output = folder / "output"
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def clock(environment: Mapping[str, str]) -> list[str]:
    """Another time of day for the process, where `faketime` is installed."""
    moment = environment.get("FAKE_MOMENT")
    return ["faketime", moment] if moment and shutil.which("faketime") else []
