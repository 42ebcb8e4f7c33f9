"""The whole command, `brochure merge --send`, killed again and again: all arrive, nobody twice."""

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import brochure
from mail.server import mail_server

TINY = Path(__file__).parents[1] / "clinics" / "tiny"
COMMAND = [sys.executable, "-m", "brochure", "merge", "list.csv", "--date", "2026-11-21", "--send"]
HOME = {**os.environ, "PYTHONPATH": str(Path(brochure.__file__).parents[1])}
ALL = {f"patient{number}@example.org" for number in range(5)}


@pytest.fixture
def clinic(tmp_path) -> Path:
    folder = shutil.copytree(TINY, tmp_path / "clinic")
    rows = [f"P;{address};en;rest" for address in sorted(ALL)]
    (folder / "list.csv").write_text("\n".join(["name;e-mail;language;treatments", *rows]))
    return folder


def merge_until_done(clinic: Path, port: int, running: list[subprocess.Popen]) -> dict[int, str]:
    """Start the command as often as it is killed; the states of the rows in its log."""
    with (clinic / "brochure.toml").open("a") as settings:
        settings.write(
            f'\n[email]\nsender = "info@tiny.example"\nhost = "localhost"\nport = {port}\n'
            'security = "none"\nper_minute = 60000\n'
        )
    for _ in range(6):
        running.append(subprocess.Popen(COMMAND, cwd=clinic, env=HOME, stdout=subprocess.DEVNULL))
        if running[-1].wait(timeout=120) >= 0:
            break
    lines = (clinic / "output/email/2026-11-21/log.jsonl").read_text().splitlines()
    return {line["row"]: line["state"] for line in map(json.loads, lines[1:])}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_and_nothing_sent_twice(clinic, seed):
    """Killed at the n-th thing that the server sees, up to three times."""
    chance = random.Random(seed)
    running: list[subprocess.Popen] = []
    deadly = set(itertools.accumulate(chance.randint(1, 14) for _ in range(3)))
    main = threading.current_thread()

    def plan(stage: str, number: int) -> str:
        if number in deadly and threading.current_thread() is not main:
            os.kill(running[-1].pid, signal.SIGKILL)
            running[-1].wait()
        return ""

    with mail_server(plan) as (record, port):
        states = merge_until_done(clinic, port, running)

    sure = {
        f"patient{row - 2}@example.org" for row, state in states.items() if state == "accepted"
    }
    assert len(running) > 1
    assert set(states.values()) <= {"accepted", "unknown"}
    assert len(states) == len(ALL)
    assert len(record.taken) == len(set(record.taken))
    assert sure <= set(record.taken)


@pytest.mark.slow
def test_a_run_killed_while_it_writes_leaves_the_folder_whole(clinic):
    """The folder of the day is there with every message and the log, or as it was."""
    command = [word for word in COMMAND if word != "--send"]
    with (clinic / "brochure.toml").open("a") as settings:
        settings.write('\n[email]\nsender = "info@tiny.example"\n')
    subprocess.run(command, cwd=clinic, env=HOME, check=True, stdout=subprocess.DEVNULL)
    day = clinic / "output/email/2026-11-21"
    whole = {file.name: file.read_bytes() for file in day.iterdir()}
    chance = random.Random(5)
    for _ in range(4):
        process = subprocess.Popen(command, cwd=clinic, env=HOME, stdout=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(0.5, 3))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert {file.name: file.read_bytes() for file in day.iterdir()} == whole
