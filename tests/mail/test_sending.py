"""Nothing lost and nothing twice, whatever a real server does and whenever we die."""

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import brochure
from brochure.delivery.outbox import State, open_outbox
from brochure.diagnostics import BrochureError
from mail.sender import parcel_of, send_folder, server_at
from mail.server import STAGES, mail_server, recipients

ALL = [f"patient{number}@example.org" for number in range(6)]
BEFORE_THE_END = STAGES[:-2]


def once(stage: str, fault: str, *, after: int = 8):
    """A fault the first time that the stage comes once `after` other things have happened."""
    done = []

    def plan(now: str, number: int) -> str:
        if now == stage and number > after and not done:
            if threading.current_thread() is not threading.main_thread():
                done.append(now)
            return fault
        return ""

    return plan


def test_every_message_arrives_once_and_byte_for_byte(mailbag):
    with mail_server() as (record, port):
        states = send_folder(mailbag, server_at(port))
        again = send_folder(mailbag, server_at(port))

    assert states == again == dict.fromkeys(ALL, "accepted")
    assert record.taken == recipients(record) == ALL
    assert record.messages == [(mailbag / f"{name}.eml").read_bytes() for name in ALL]


@pytest.mark.parametrize("stage", BEFORE_THE_END)
def test_a_connection_that_breaks_before_the_end_costs_nothing(long_mailbag, stage):
    mailbag, at_once = long_mailbag, stage in ("connect", "ehlo")
    with mail_server(once(stage, "drop", after=0 if at_once else 8)) as (record, port):
        if at_once:
            with pytest.raises(BrochureError, match="does not answer"):
                send_folder(mailbag, server_at(port))
        states = send_folder(mailbag, server_at(port))

    assert states == dict.fromkeys(ALL, "accepted")
    assert sorted(record.taken) == ALL


@pytest.mark.parametrize(("stage", "was_taken"), [("dot", False), ("answer", True)])
@pytest.mark.parametrize("fault", ["drop", "stall"])
def test_a_message_without_an_answer_is_not_sent_again(mailbag, stage, was_taken, fault):
    with mail_server(once(stage, fault)) as (record, port):
        server = server_at(port, acceptance_s=0.5)
        first = send_folder(mailbag, server)
        second = send_folder(mailbag, server)

    unsure = [name for name, state in first.items() if state == "unknown"]
    assert first == second
    assert len(unsure) == 1
    assert sorted(record.taken) == [name for name in ALL if was_taken or name not in unsure]


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "body"])
def test_a_server_that_falls_silent_before_the_end_is_tried_again(long_mailbag, stage):
    with mail_server(once(stage, "stall")) as (record, port):
        states = send_folder(long_mailbag, server_at(port, reply_s=2, acceptance_s=2))

    assert states == dict.fromkeys(ALL, "accepted")
    assert sorted(record.taken) == ALL


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
@pytest.mark.parametrize(
    ("answer", "state"),
    [("450 later", "accepted"), ("421 closing", "accepted"), ("550 never", "refused")],
)
def test_what_the_server_puts_off_comes_later_and_what_it_refuses_does_not(
    mailbag, stage, answer, state
):
    with mail_server(once(stage, answer)) as (record, port):
        states = send_folder(mailbag, server_at(port))

    assert sorted(states.values()) == sorted(["accepted"] * 5 + [state])
    assert sorted(record.taken) == [name for name in ALL if states[name] == "accepted"]


def test_what_is_put_off_for_ever_stays_for_the_next_run(mailbag):
    busy = [True]
    with mail_server(lambda stage, _: "451 busy" if busy and stage == "rcpt" else "") as (
        record,
        port,
    ):
        first = send_folder(mailbag, server_at(port))
        busy.clear()
        second = send_folder(mailbag, server_at(port))

    assert first == dict.fromkeys(ALL, "deferred")
    assert second == dict.fromkeys(ALL, "accepted")
    assert record.taken == ALL


@pytest.mark.parametrize("answer", ["250 taken for patient0@example.org", "550 no patient0 here"])
def test_the_journal_tells_nobody_who_it_was(mailbag, answer):
    for name in ALL[1:]:
        (mailbag / f"{name}.eml").unlink()
    with mail_server(lambda stage, _: answer if stage == "answer" else "") as (_, port):
        send_folder(mailbag, server_at(port))

    journal = (mailbag / "outbox" / "journal.jsonl").read_text(encoding="utf-8")
    assert "patient0" not in journal
    assert "example.org" not in journal


def test_what_somebody_decides_is_done(mailbag):
    with mail_server(once("answer", "drop")) as (record, port):
        states = send_folder(mailbag, server_at(port))
        unsure = next(name for name, state in states.items() if state == "unknown")
        with open_outbox(mailbag) as outbox:
            message = parcel_of(outbox, mailbag / f"{unsure}.eml").id
            outbox.record(message, State.RESEND)
        after = send_folder(mailbag, server_at(port))

    assert after == dict.fromkeys(ALL, "accepted")
    assert record.taken.count(unsure) == 2


def test_two_runs_at_once_are_one_too_many(mailbag):
    with open_outbox(mailbag), pytest.raises(BrochureError, match="Another run"):
        send_folder(mailbag, server_at(1))


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_journal_that_was_cut_short_never_doubles(mailbag, cut):
    with mail_server() as (record, port):
        send_folder(mailbag, server_at(port))
        journal = mailbag / "outbox" / "journal.jsonl"
        journal.write_bytes(journal.read_bytes()[:-cut])
        states = send_folder(mailbag, server_at(port))

    assert record.taken == ALL
    assert set(states.values()) <= {"accepted", "unknown"}


SENDER = Path(__file__).with_name("sender.py")
HOME = {**os.environ, "PYTHONPATH": str(Path(brochure.__file__).parents[1])}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(24))
def test_a_killed_run_loses_nothing_and_sends_nothing_twice(mailbag, seed):
    """Kill it at the n-th thing that the server sees, three times; then let it finish."""
    chance = random.Random(seed)
    running: list[subprocess.Popen] = []
    deadly = set(itertools.accumulate(chance.randint(1, 16) for _ in range(3)))

    def plan(stage: str, number: int) -> str:
        if number in deadly and running and threading.current_thread() is not main:
            os.kill(running[-1].pid, signal.SIGKILL)
            running[-1].wait()
        return ""

    main = threading.current_thread()
    with mail_server(plan) as (record, port):
        command = [sys.executable, str(SENDER), str(mailbag), str(port)]
        for _ in range(8):
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=HOME)
            running.append(process)
            told, _ = process.communicate(timeout=60)
            if process.returncode == 0:
                break
        states = dict(line.split() for line in told.splitlines())

    unsure = {name for name, state in states.items() if state == "unknown"}
    confirmed = {name for name, state in states.items() if state == "accepted"}
    assert len(running) > 1
    assert unsure | confirmed == set(ALL)
    assert len(record.taken) == len(set(record.taken))
    assert confirmed <= set(record.taken)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_a_run_killed_at_any_moment_loses_nothing_and_sends_nothing_twice(mailbag, seed):
    """Kill it after a random time: also between what the server sees."""
    chance = random.Random(1000 + seed)
    with mail_server() as (record, port):
        command = [sys.executable, str(SENDER), str(mailbag), str(port)]
        for attempt in range(5):
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=HOME)
            try:
                told, _ = process.communicate(
                    timeout=chance.uniform(0.15, 0.45) if attempt < 4 else 60
                )
            except subprocess.TimeoutExpired:
                process.kill()
                told, _ = process.communicate()
        states = dict(line.split() for line in told.splitlines())

    assert set(states) == set(ALL)
    assert set(states.values()) <= {"accepted", "unknown"}
    assert len(record.taken) == len(set(record.taken))
    assert {name for name, state in states.items() if state == "accepted"} <= set(record.taken)
