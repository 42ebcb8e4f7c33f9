"""Work as values: asked for by the products, done by anybody in any order, kept when it is done.

A product is a generator: it asks for pieces of work, is given what came of them, may ask for more,
and returns what it has made. The pieces of all products go to one executor, a process pool or a
cluster, unless the cache knows what comes of them. What a product makes never depends on who did
its pieces, or when.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from brochure.cache import Cache
from brochure.diagnostics import BrochureError, Diagnostic, diagnose
from brochure.digests import digest_of, toolchain_digest

_AT_ONCE = 64
"""Pieces handed out and not yet done: enough for many workers, few enough for the memory."""

S = TypeVar("S")
T = TypeVar("T")


class Done(NamedTuple):
    """What came of a piece of work; `lasts` is false if it depends on more than the piece."""

    data: bytes
    lasts: bool = True


class Work(Protocol):
    """A frozen value that can be pickled and that `digests` can tell from any other."""

    def do(self) -> Done:
        """Do it, in whatever process."""


Steps = Generator[Iterable[Work], Sequence[bytes], T]
"""Pieces asked for may be composed one by one, while the first are already being done."""


class Product(NamedTuple, Generic[T]):
    """What was made; `done_anew` counts the pieces of work that the cache did not know."""

    made: T
    done_anew: int


class Here(Executor):
    """Does each piece of work at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it; an exception is the future's, as with any executor."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def carry_out(products: Iterable[Steps[T]], cache: Cache, executor: Executor) -> list[Product[T]]:
    """Bring every product to its end; they are given back in their order.

    Raises what a piece of work raises, and `BrochureError` with `worker-lost` if a worker dies.
    """
    desk, begun = _Desk(cache=cache, executor=executor), []
    try:
        for steps in products:
            begun.append(_Begun(steps=steps))
            desk.go_on_with(begun[-1])
            while len(desk.open) >= _AT_ONCE:
                desk.take_in()
        while desk.open:
            desk.take_in()
    except BrokenExecutor:
        raise BrochureError([_lost()]) from None
    finally:
        for future in desk.open:
            future.cancel()
    return [Product(made=item.made, done_anew=item.done_anew) for item in begun]


def side_by_side(one: Steps[S], other: Steps[T]) -> Steps[tuple[S, T]]:
    """Two products as one: what they ask for is done at the same time."""
    products: tuple[Steps[Any], ...] = (one, other)
    made: list[Any] = [None, None]
    given: dict[int, Any] = {0: None, 1: None}
    while True:
        wanted: dict[int, Iterable[Work]] = {}
        for at, data in given.items():
            try:
                wanted[at] = products[at].send(data)
            except StopIteration as end:
                made[at] = end.value
        if not wanted:
            return made[0], made[1]
        owners: list[int] = []
        done = yield _in_turn(wanted, owners)
        given = {
            at: [data for owner, data in zip(owners, done, strict=True) if owner == at]
            for at in wanted
        }


def _in_turn(wanted: Mapping[int, Iterable[Work]], owners: list[int]) -> Iterator[Work]:
    """All pieces; whose each of them is goes into `owners`."""
    for owner, works in wanted.items():
        for work in works:
            owners.append(owner)
            yield work


def _do(work: Work) -> Done:
    return work.do()


@dataclass(slots=True)
class _Begun:
    """A product that is being made: what it was last given, and how much of that is still open."""

    steps: Steps[Any]
    given: list[bytes] | None = None
    open: int = 0
    done_anew: int = 0
    is_made: bool = False
    made: Any = None


@dataclass(slots=True)
class _Desk:
    """Hands out pieces of work, and takes in what came of them."""

    cache: Cache
    executor: Executor
    open: dict[Future[Done], tuple[_Begun, int, str]] = field(default_factory=dict)

    def go_on_with(self, product: _Begun) -> None:
        """Let a product ask for more, until it has to wait or is made."""
        while not product.open and not product.is_made:
            try:
                wanted = (
                    next(product.steps)
                    if product.given is None
                    else product.steps.send(product.given)
                )
            except StopIteration as end:
                product.is_made, product.made = True, end.value
            else:
                self._hand_out(product, wanted)

    def _hand_out(self, product: _Begun, wanted: Iterable[Work]) -> None:
        product.given = []
        for place, work in enumerate(wanted):
            key = key_of(work) if self.cache else ""
            known = self.cache.get(key) if key else None
            product.given.append(known or b"")
            if known is None:
                product.open += 1
                product.done_anew += 1
                self.open[self.executor.submit(_do, work)] = (product, place, key)

    def take_in(self) -> None:
        """Wait until something is done, and let its products go on."""
        for future in wait(self.open, return_when=FIRST_COMPLETED).done:
            product, place, key = self.open.pop(future)
            done = future.result()
            if done.lasts and key:
                self.cache.put(key, done.data)
            assert product.given is not None, "work is done for those who asked for it"
            product.given[place] = done.data
            product.open -= 1
            self.go_on_with(product)


def key_of(work: Work) -> str:
    """What the cache has the result of a piece of work under."""
    return digest_of((type(work).__name__, work, toolchain_digest()))


def _lost() -> Diagnostic:
    return diagnose(
        "worker-lost",
        None,
        problem="One of the processes that make the pages has ended before its work was done",
        cause="Most often the computer had too little memory; nothing was written. What the "
        "others had made is kept for the next time.",
        fix="Try again with fewer at once: --jobs 1.",
    )
