"""The cache keeps what was put, or nothing: whoever else writes, and whatever breaks."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import brochure
from brochure.cache import FOLDER, NO_CACHE, Cache, cache_of

KEY, OTHER = "ab" * 32, "cd" * 32
KEYS = [f"{number:02x}" * 32 for number in range(8)]
ANYTHING = b"what the disk has kept of it"


@pytest.fixture
def cache(tmp_path):
    return cache_of(tmp_path)


def files(cache: Cache) -> list[Path]:
    return [Path(path) for path, _ in cache.entries()]


@settings(max_examples=30)
@given(contents=some.dictionaries(some.sampled_from(KEYS), some.binary(max_size=5000)))
def test_what_was_put_is_what_one_gets(tmp_path_factory, contents):
    cache = cache_of(tmp_path_factory.mktemp("clinic"))
    for key, data in contents.items():
        cache.put(key, data[:10])
        cache.put(key, data)

    assert {key: cache.get(key) for key in KEYS} == {key: contents.get(key) for key in KEYS}


def test_the_folder_is_marked_for_backups_and_kept_out_of_git(cache, tmp_path):
    cache.put(KEY, b"data")
    folder = tmp_path / FOLDER

    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().splitlines()[0] == (
        "Signature: 8a477f597d28d172789f06886806bc55"
    )


@pytest.mark.parametrize("length", [0, 5, 43, 50])
def test_an_entry_that_was_cut_off_is_absent_and_removed(cache, length):
    cache.put(KEY, ANYTHING)
    (path,) = files(cache)
    path.write_bytes(path.read_bytes()[:length])

    assert cache.get(KEY) is None
    assert not path.exists()


@settings(max_examples=50)
@given(place=some.integers(0, 70), bit=some.integers(0, 7))
def test_an_entry_with_one_wrong_bit_is_absent(tmp_path_factory, place, bit):
    cache = cache_of(tmp_path_factory.mktemp("clinic"))
    cache.put(KEY, ANYTHING)
    (path,) = files(cache)
    damaged = bytearray(path.read_bytes())
    damaged[place % len(damaged)] ^= 1 << bit
    path.write_bytes(damaged)

    assert cache.get(KEY) is None


def test_what_was_longest_unused_goes_first(cache):
    for number, key in enumerate(KEYS):
        cache.put(key, bytes(1000))
        os.utime(files(cache)[-1], (number, number))
    cache.get(KEYS[0])
    cache.trim(3200)

    assert [key for key in KEYS if cache.get(key)] == [KEYS[0], KEYS[6], KEYS[7]]


def test_trimming_removes_what_was_given_up_and_leaves_what_is_being_written(cache, tmp_path):
    cache.put(KEY, b"data")
    given_up, being_written = (tmp_path / FOLDER / "unfinished" / name for name in ("1-a", "2-b"))
    given_up.write_bytes(b"da")
    being_written.write_bytes(b"da")
    os.utime(given_up, (0, 0))
    cache.trim(10_000)

    assert (given_up.exists(), being_written.exists()) == (False, True)
    assert cache.get(KEY) == b"data"


def test_clearing_leaves_nothing(cache):
    cache.put(KEY, b"data")
    cache.clear()

    assert cache.entries() == []
    assert cache.get(KEY) is None


def test_without_a_cache_nothing_is_kept():
    NO_CACHE.put(KEY, b"data")
    NO_CACHE.trim(0)
    NO_CACHE.clear()

    assert NO_CACHE.get(KEY) is NO_CACHE.moment() is None
    assert NO_CACHE.entries() == []


def test_where_the_folder_cannot_be_there_nothing_is_kept(tmp_path):
    (tmp_path / FOLDER).write_text("somebody's file")
    cache = cache_of(tmp_path)
    cache.put(KEY, b"data")
    cache.trim(0)

    assert cache.get(KEY) is cache.moment() is None
    assert (tmp_path / FOLDER).read_text() == "somebody's file"


def test_on_a_full_disk_nothing_is_kept_and_nothing_left_behind(cache, tmp_path, monkeypatch):
    cache.put(OTHER, b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    cache.put(KEY, b"data")

    assert (cache.get(KEY), cache.get(OTHER)) == (None, b"before")
    assert list((tmp_path / FOLDER / "unfinished").iterdir()) == []


def test_the_moment_is_the_file_systems(cache, tmp_path):
    (tmp_path / "before").touch()
    moment = cache.moment()
    (tmp_path / "after").touch()

    before, after = ((tmp_path / name).stat().st_mtime_ns for name in ("before", "after"))
    assert before <= moment <= after


WORKER = """
import sys
from brochure.cache import cache_of
cache, turn = cache_of(sys.argv[1]), int(sys.argv[2])
keys = [f"{number:02x}" * 32 for number in range(8)]
rounds = 0
print("ready", flush=True)
while rounds < int(sys.argv[3]):
    for number, key in enumerate(keys):
        data = bytes([number]) * (50_000 + 1000 * number)
        found = cache.get(key)
        assert found in (None, data), "somebody else's bytes"
        if (rounds + number + turn) % 3 == 0:
            cache.put(key, data)
        if (rounds + number + turn) % 17 == 0:
            cache.trim(200_000)
    rounds += 1
"""


def worker(folder: Path, turn: int, rounds: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(turn), str(rounds)],
        cwd=Path(brochure.__file__).parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_many_builds_at_once_never_see_half_an_entry(tmp_path):
    workers = [worker(tmp_path, turn, rounds=25) for turn in range(5)]
    complaints = [process.communicate(timeout=120)[1] for process in workers]

    assert complaints == [""] * 5
    assert [process.returncode for process in workers] == [0] * 5


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill -9")
@pytest.mark.parametrize("delay_s", [0.0, 0.01, 0.03, 0.1])
def test_a_build_killed_while_writing_leaves_whole_entries_only(cache, tmp_path, delay_s):
    process = worker(tmp_path, 0, rounds=1_000_000)
    with process:
        process.stdout.readline()
        time.sleep(delay_s)
        process.kill()

    for number, key in enumerate(KEYS):
        assert cache.get(key) in (None, bytes([number]) * (50_000 + 1000 * number))
    cache.put(KEY, b"data")
    assert cache.get(KEY) == b"data"
