"""All checks of what the clinic wrote, treatment by treatment; one module a subject.

`letter_checks` looks at characters, `language_checks` at the language of each block,
`structure_checks` at headings, links and lists, `print_checks` at what has to fit on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from brochure.catalogue.grouping import Group
from brochure.catalogue.language_checks import check_language
from brochure.catalogue.letter_checks import check_letters
from brochure.catalogue.print_checks import (
    PrintedSizes,
    check_card_title,
    check_picture_sizes,
    check_repeated_pictures,
)
from brochure.catalogue.structure_checks import check_lists, check_structure
from brochure.content.document import Document
from brochure.diagnostics import Diagnostic
from brochure.languages import Language


def check_contents(
    treatments: Iterable[Group],
    languages: Sequence[Language],
    source_language: str,
    sizes: PrintedSizes | None,
) -> Iterator[Diagnostic]:
    """Check the files of each treatment, in all of `languages`.

    Without `sizes`, what depends on the page's format is left out.
    """
    scripts = {language.tag: language.script for language in languages}
    groups = [
        sorted(group.documents, key=lambda document: document.language != source_language)
        for group in treatments
    ]
    for group in groups:
        source = group[0] if group[0].language == source_language else None
        for document in group:
            yield from _check(document, source, scripts, sizes)
    yield from check_repeated_pictures(groups)


def _check(
    document: Document,
    source: Document | None,
    scripts: Mapping[str, str],
    sizes: PrintedSizes | None,
) -> Iterator[Diagnostic]:
    script = scripts[document.language]
    source_script = scripts[source.language] if source else ""
    yield from check_letters(document)
    yield from check_structure(document)
    yield from check_language(document, script, source, source_script)
    if source and source is not document:
        yield from check_lists(document, source)
    if sizes:
        yield from check_card_title(document, script, sizes)
        yield from check_picture_sizes(document, sizes)
