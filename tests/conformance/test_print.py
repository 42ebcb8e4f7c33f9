"""The print edition keeps what PDF/UA-1 asks of a file, as far as PDF/X lets it."""

import pytest

from pdf.printed import GENERIC, LANGUAGES, REVERSED, X1A

pytestmark = [pytest.mark.conformance, pytest.mark.oracle]


def test_the_tags_of_the_print_edition_conform(verapdf, press):
    files = [press(printer, tag) for printer in (GENERIC, REVERSED, X1A) for tag in LANGUAGES]

    for verdict in verapdf(files, flavours=("ua1",)):
        assert verdict.compliant, verdict
