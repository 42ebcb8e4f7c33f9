"""Work as values: made by the products, done by anybody, in any order, and kept when it is done.

A product is a generator: it hands out pieces of work, is given what came of them, may ask for more
and returns what it has made. The pieces of all products go to one executor, a process pool or a
cluster; each piece is looked for in the cache first. What a product makes never depends on who
did its pieces, or when.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, NamedTuple, Protocol, TypeVar

from brochure.cache import Cache
from brochure.diagnostics import BrochureError, diagnose
from brochure.digests import digest_of, toolchain

_AT_ONCE = 64
"""Products begun and not ended: enough for many workers, few enough for the memory."""

T = TypeVar("T")


class Done(NamedTuple):
    """What came of a piece of work; `lasts` is false if it depended on more than the piece."""

    data: bytes
    lasts: bool = True


class Work(Protocol):
    """A frozen value that can be pickled and has a digest (see `digests`)."""

    def do(self) -> Done:
        """Do it, in whatever process."""


Steps = Generator[Sequence[Work], Sequence[bytes], T]


class Product(NamedTuple, Generic[T]):
    """What a generator has made, and how many of its pieces of work were done for it just now."""

    made: T
    done_anew: int


def carry_out(steps: Iterable[Steps[T]], cache: Cache, executor: Executor) -> list[Product[T]]:
    """Let each product come to its end; they are given in their order.

    Raises what a piece of work raises, and `BrochureError` with `worker-lost` if a worker dies.
    """
    begun = iter([_Begun(steps=item) for item in steps])
    all_begun: list[_Begun[T]] = []
    desk = _Desk(cache=cache, executor=executor)
    try:
        while fresh := list(islice(begun, _AT_ONCE - len(desk.owners))) or desk.owners:
            for product in fresh if isinstance(fresh, list) else ():
                all_begun.append(product)
                _advance(product, desk)
            for product in desk.next_ready():
                _advance(product, desk)
    except BrokenExecutor:
        raise BrochureError([_lost()]) from None
    finally:
        for future in desk.owners:
            future.cancel()
    return [Product(product.made, product.done_anew) for product in all_begun if product.has_made]
