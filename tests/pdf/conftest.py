"""One plain run of the command, which others are compared with."""

import json

import pytest

from pdf import runs


@pytest.fixture(scope="session")
def plain_run(made_once) -> dict[str, str]:
    """The digests of what the command makes of the small clinic."""

    def make(folder) -> None:
        digests = runs.build(runs.clinic(folder / "clinic"), runs.surroundings())
        (folder / "digests.json").write_text(json.dumps(digests))

    folder = made_once("plain-run", make)
    return json.loads((folder / "digests.json").read_text())
