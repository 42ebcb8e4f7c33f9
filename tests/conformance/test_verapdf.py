"""The validator must be able to say no, or its yes means nothing."""

from pathlib import Path

import pikepdf
import pytest

pytestmark = [pytest.mark.conformance, pytest.mark.oracle]


@pytest.fixture
def untagged_pdf(tmp_path: Path) -> Path:
    path = tmp_path / "untagged.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def test_an_untagged_pdf_is_rejected_with_its_clauses(verapdf, untagged_pdf):
    accessible, archival = verapdf([untagged_pdf])

    assert (accessible.flavour, archival.flavour) == ("ua1", "2a")
    assert not accessible.compliant
    assert not archival.compliant
    # ISO 14289-1, 7.1: a document without a structure tree or a title bar of its own.
    assert {("7.1", 10), ("7.1", 11)} <= {(b.clause, b.test) for b in accessible.failed}


def test_what_is_not_a_pdf_is_a_verdict_and_not_a_crash(verapdf, tmp_path):
    text = tmp_path / "text.pdf"
    text.write_text("no PDF at all")

    verdicts = verapdf([text, tmp_path / "nowhere.pdf"], flavours=("ua1",))

    assert [verdict.compliant for verdict in verdicts] == [False, False]
    assert all(verdict.error for verdict in verdicts)


def test_a_conforming_pdf_passes(verapdf, tmp_path):
    weasyprint = pytest.importorskip("weasyprint")
    page = "<html lang='en'><title>Title</title><h1>Heading</h1><h2>Second</h2><p>Text"
    path = tmp_path / "tagged.pdf"
    weasyprint.HTML(string=page).write_pdf(path, pdf_variant="pdf/ua-1")

    (verdict,) = verapdf([path], flavours=("ua1",))

    assert verdict.compliant, verdict
