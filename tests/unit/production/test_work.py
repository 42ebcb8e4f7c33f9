"""Products come out the same whoever does their work; a worker that dies is reported."""

import os
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from brochure.cache import NO_CACHE, cache_of
from brochure.diagnostics import BrochureError, diagnose
from brochure.production.pool import Pool
from brochure.production.work import Done, Here, carry_out, side_by_side


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """A number to be doubled."""

    number: int
    lasts: bool = True

    def do(self) -> Done:
        return Done(str(2 * self.number).encode(), self.lasts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Die:
    """A process that is killed, as by a system without memory."""

    def do(self) -> Done:
        os._exit(9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complain:
    """A fault found by a worker."""

    def do(self) -> Done:
        raise BrochureError([diagnose("layout-fault", None, problem="p", cause="c", fix="f")])


def doubled_twice(number: int, *, lasts: bool = True):
    first, other = yield [Double(number=number, lasts=lasts), Double(number=-number, lasts=lasts)]
    (last,) = yield [Double(number=int(first), lasts=lasts)]
    return int(other), int(last)


def of_one(work):
    (result,) = yield [work]
    return result


class LastFirst(Executor):
    """Waits until nothing more comes, and then does the last thing first."""

    def __init__(self) -> None:
        self._threads, self._held = ThreadPoolExecutor(1), []

    def submit(self, fn, /, *args, **kwargs) -> Future:
        self._held.append((future := Future(), fn, args))
        self._threads.submit(self._work_off)
        return future

    def _work_off(self) -> None:
        time.sleep(0.05)
        while self._held:
            future, fn, args = self._held.pop()
            future.set_result(fn(*args))


def test_the_order_of_the_work_is_not_the_order_of_the_products():
    backwards = carry_out([doubled_twice(1), doubled_twice(2)], NO_CACHE, LastFirst())

    assert backwards == carry_out([doubled_twice(1), doubled_twice(2)], NO_CACHE, Here())
    assert [item.made for item in backwards] == [(-2, 4), (-4, 8)]


def test_products_side_by_side_wait_for_each_other_only_where_they_have_to():
    """The longer one goes on when the other is made."""
    both = side_by_side(doubled_twice(1), of_one(Double(number=5)))

    assert list(next(both)) == [Double(number=1), Double(number=-1), Double(number=5)]
    assert list(both.send([b"2", b"-2", b"10"])) == [Double(number=2)]
    with pytest.raises(StopIteration) as end:
        both.send([b"4"])
    assert end.value.value == ((-2, 4), b"10")


def test_a_piece_is_handed_out_before_the_next_one_is_composed():
    seen: list[str] = []

    class Noting(Here):
        def submit(self, fn, /, *args, **kwargs) -> Future:
            seen.append("handed out")
            return super().submit(fn, *args, **kwargs)

    def composed(number: int) -> Double:
        seen.append("composed")
        return Double(number=number)

    def product():
        one, two = yield from side_by_side(of_many(map(composed, (1, 2))), of_one(composed(3)))
        return one, two

    def of_many(works):
        return (yield works)

    (made,) = carry_out([product()], NO_CACHE, Noting())

    assert made.made == ([b"2", b"4"], b"6")
    assert seen == ["composed", *["composed", "handed out"] * 2, "handed out"]


def test_what_is_known_is_not_done_again(tmp_path):
    cache = cache_of(tmp_path)

    def done_anew(*numbers: int, **kind: bool) -> list[int]:
        products = [doubled_twice(number, **kind) for number in numbers]
        return [item.done_anew for item in carry_out(products, cache, Here())]

    assert done_anew(1) == [3]
    assert done_anew(1, 2) == [0, 2]  # the double of 1 is known: it is 2
    assert done_anew(5, lasts=False) == [3]
    assert done_anew(5, lasts=False) == [3]


def test_more_products_than_are_begun_at_once_all_come_out():
    with ThreadPoolExecutor(3) as executor:
        made = carry_out((doubled_twice(number) for number in range(300)), NO_CACHE, executor)

    assert [item.made for item in made] == [(-2 * number, 4 * number) for number in range(300)]


def test_a_fault_found_by_another_process_is_told_as_one_of_ours():
    with pytest.raises(BrochureError) as caught, Pool(2) as pool:
        carry_out([of_one(Complain())], NO_CACHE, pool)

    assert [fault.problem for fault in caught.value.diagnostics] == ["p"]


def test_a_worker_that_dies_is_reported_and_what_was_done_is_kept(tmp_path):
    cache = cache_of(tmp_path)
    with Pool(1) as pool:
        carry_out([doubled_twice(3)], cache, pool)
    with pytest.raises(BrochureError) as caught, Pool(1) as pool:
        carry_out([of_one(Double(number=7)), of_one(Die())], cache, pool)

    assert [fault.code for fault in caught.value.diagnostics] == ["worker-lost"]
    (again,) = carry_out([doubled_twice(3)], cache, Here())
    assert again.done_anew == 0
