"""What the checks say of a good clinic: nothing."""

import pytest

from brochure import api
from brochure.assets import DEFAULTS

CODES = (
    "arabic-reshaped bidi-control character-replaced letters-mixed language-foreign body-empty "
    "heading-jump link-bare list-differs title-long picture-small picture-repeated"
).split()


@pytest.fixture(scope="module")
def said() -> set[str]:
    return {fault.code for fault in api.check(api.open_project(DEFAULTS)).diagnostics}


@pytest.mark.parametrize("code", CODES)
def test_the_sample_clinic_has_none_of_these(said, code):
    assert code not in said
