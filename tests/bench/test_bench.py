"""The benchmark itself: what it measures is the same each time, and whole; what it says is so."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bench.clinic import LANGUAGES, edit, titles, write_clinic
from bench.contenders import PROGRAMS, contenders
from bench.jobs import Case, Job
from bench.measure import Sample, program, run, watch
from bench.report import BEGIN, END, Bench, Flat, as_json, markdown, write_readme
from bench.results import Results
from bench.verify import UnusableError, verify

PLAIN, TYPST = "WeasyPrint, plain script", "Typst"


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_clinic_is_the_same_each_time(tmp_path):
    for name in ("first", "second"):
        write_clinic(tmp_path / name, 2, pictures=True)

    assert files(tmp_path / "first") == files(tmp_path / "second")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_treatments_are_called_the_same(language):
    assert len(set(titles(1000, language))) == 1000


def test_an_edit_changes_one_word_of_the_treatment_in_both_its_forms(tmp_path):
    write_clinic(tmp_path / "clinic", 3, pictures=False)
    before = files(tmp_path / "clinic")
    edit(tmp_path / "clinic", "el", 17)
    after = files(tmp_path / "clinic")

    changed = [name for name in before if before[name] != after[name]]
    assert changed == [
        "content/_collections/_skin/0001-treatment-0001-el.md",
        "typst/el/text-0001.typ",
    ]
    for name in changed:
        old, new = before[name].decode().split(), after[name].decode().split()
        assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [
            ("0.", "17.")
        ]


def test_a_file_that_lacks_a_treatment_is_refused(tmp_path):
    write_clinic(tmp_path / "clinic", 1, pictures=False)
    run([program(PROGRAMS / "plain.py", "brochures", tmp_path / "clinic", tmp_path, "ar")])
    brochure = tmp_path / "ar.pdf"
    pages, size = verify({brochure: titles(1, "ar")})

    assert pages == 4  # cover, overview, treatment, back
    assert size == brochure.stat().st_size
    with pytest.raises(UnusableError, match="lacks"):
        verify({brochure: titles(2, "ar")})
    with pytest.raises(UnusableError, match="was not written"):
        verify({tmp_path / "none.pdf": []})


def test_time_and_memory_are_those_of_the_process_and_its_children(tmp_path):
    busy = tmp_path / "busy.py"
    busy.write_text(
        "import subprocess, sys\n"
        "held = b'x' * 60_000_000\n"
        "child = 'import time; held = bytes([7]) * 60_000_000; time.sleep(0.3)'\n"
        "subprocess.run([sys.executable, '-c', child])\n"
    )
    sample, _ = run([program(busy)])

    assert sample.wall_s >= 0.3
    assert 0 < sample.cpu_s < sample.wall_s
    assert sample.peak_mb > 60
    if sys.platform == "linux":
        assert watch([program(busy)]) > 120


def bench_of(walls: dict[tuple[str, Job], float]) -> Bench:
    """A run of one round with these seconds, at three treatments."""
    case = Case(treatments=3, pictures=False, clinic=Path())
    results = Results()
    for (name, job), wall in walls.items():
        sample = Sample(wall_s=wall, cpu_s=wall, peak_mb=100 * wall)
        results.at(case, name, job).samples.append(sample)
    every = [replace(item, version="1.0") for item in contenders()]
    for contender in every:
        results.add_sums(case, contender)
    return Bench(
        date="2026-11-21", rounds=1, cases=[case], contenders=every, results=results, flat=[]
    )


def test_a_target_is_met_at_its_limit_and_not_beyond():
    for ours, word in ((0.36, "met"), (0.37, "not met")):
        found = bench_of({("brochure", Job.COLD_BOTH): ours, (PLAIN, Job.COLD_BOTH): 1.0})

        text = f"| cold, both brochures / plain script | 0.36 | {ours:.2f}, {word} |"
        assert text in markdown(found)
        assert (
            "| one edit, new process / Typst's full compile | 0.90 | not measured |"
            in markdown(found)
        )


def test_what_is_done_one_after_the_other_is_added_up():
    found = bench_of({(TYPST, Job.COLD_BOTH): 1.0, (TYPST, Job.HANDOUTS): 2.0})
    row = next(row for row in json.loads(as_json(found))["results"] if row["job"] == "cold_all")

    assert row["wall_s"] == 3.0
    assert row["peak_mb"] == 200.0


def test_a_page_must_not_cost_more_in_a_large_clinic():
    sizes = ((12, 20, 2.0), (120, 150, 15.0), (1000, 1200, 141.0))
    series = [Flat(treatments=n, pages=pages, wall_s=wall) for n, pages, wall in sizes]
    text = markdown(replace(bench_of({}), flat=series))

    assert "against the smallest ones: 1.20, not met (at most 1.15)" in text


def test_the_readme_keeps_everything_but_the_tables(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n")
    write_readme(readme, bench_of({("brochure", Job.EDIT): 0.5}))
    text = readme.read_text()

    assert text.startswith(f"before\n{BEGIN}\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "stale" not in text
    assert "0.500 (0.500–0.500)" in text


@pytest.mark.slow
def test_every_contender_that_is_installed_runs_and_is_whole(tmp_path):
    report = tmp_path / "bench.json"
    words = ("--quick", "--pictures", "with", "--json", report)
    run([program("-m", "bench", *words)])
    found = json.loads(report.read_text(encoding="utf-8"))
    measured = {
        (row["contender"], row["job"]): row["pages"] for row in found["results"] if row["pages"]
    }

    installed = {item.name for item in contenders() if item.version}
    assert {name for name, _ in measured} == installed
    assert all(measured["brochure", job.name.lower()] for job in Job if job is not Job.START)
