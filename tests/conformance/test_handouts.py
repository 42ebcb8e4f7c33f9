"""Every kind of handout conforms to PDF/UA-1 and PDF/A-2a."""

import pytest

from brochure import api
from brochure.assets import DEFAULTS

pytestmark = [pytest.mark.conformance, pytest.mark.oracle]

KINDS = (
    {},
    {"large_print": True},
    {"black_and_white": True},
    {"large_print": True, "black_and_white": True},
)


@pytest.fixture(scope="module")
def handouts(made_once):
    """The sample's handouts with a table, nested lists and sources, in every kind and language."""

    def make(folder):
        rack = api.rack_of(api.open_project(DEFAULTS))
        for language in rack.project.languages:
            for kind in KINDS:
                report = api.handouts(rack, ["chemical-peel", "mole-check"], language, **kind)
                api.deliver_handouts(report, folder)

    return sorted(made_once("conforming-handouts", make).rglob("*.pdf"))


def test_every_handout_conforms(verapdf, handouts):
    verdicts = verapdf(handouts)

    assert len(handouts) == 2 * 3 * len(KINDS)
    assert len(verdicts) == 2 * len(handouts)
    assert [str(verdict) for verdict in verdicts if not verdict.compliant] == []
