"""The validator as a fixture: ask for `verapdf`, call it with paths."""

from collections.abc import Callable

import pytest

from conformance import verapdf as runner
from conformance.oracles import absent


@pytest.fixture(scope="session")
def verapdf() -> Callable[..., list[runner.Verdict]]:
    """`verapdf.validate`, or a skip (a failure in CI) that says what to install."""
    if reason := runner.missing():
        absent(reason)
    return runner.validate
