import hashlib
import json

import pytest

from brochure.delivery.artefact import Artefact, SourceFile, read_manifest, write_manifest


def artefact(path: str, data: bytes = b"new") -> Artefact:
    sources = tuple(SourceFile(path=name, sha256="0") for name in ("b.md", "a.md"))
    return Artefact(
        path=path, edition="screen", language="en", pages=4, data=data, sources=sources
    )


def test_an_entry_says_what_the_file_is_and_what_it_was_made_from():
    manifest = write_manifest([artefact("screen/a.pdf")], [])

    assert json.loads(manifest)["artefacts"] == [
        {
            "path": "screen/a.pdf",
            "edition": "screen",
            "language": "en",
            "pages": 4,
            "bytes": 3,
            "sha256": hashlib.sha256(b"new").hexdigest(),
            "sources": [{"path": "a.md", "sha256": "0"}, {"path": "b.md", "sha256": "0"}],
        }
    ]


def test_other_entries_stay_and_all_are_in_order():
    earlier = read_manifest(
        write_manifest([artefact("c", b"old"), artefact("a", b"old")], []).decode()
    )
    entries = read_manifest(write_manifest([artefact("b"), artefact("c")], earlier).decode())

    assert [(entry["path"], entry["bytes"]) for entry in entries] == [("a", 3), ("b", 3), ("c", 3)]
    assert entries[2]["sha256"] == hashlib.sha256(b"new").hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 1}',
        '{"version": 2, "artefacts": []}',
        '{"version": 1, "artefacts": [{}]}',
        '{"version": 1, "artefacts": [{"path": 1}]}',
    ],
)
def test_a_manifest_that_makes_no_sense_counts_as_none(text):
    assert read_manifest(text) == ()
