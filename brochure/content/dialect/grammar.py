"""What the dialect knows, in the order in which kramdown tries it."""

from brochure.content.dialect import (
    attributes,
    code_blocks,
    code_spans,
    definition_lists,
    emphasis,
    escapes,
    footnotes,
    headings,
    horizontal_rules,
    html_blocks,
    html_spans,
    links,
    lists,
    paragraphs,
    references,
    tables,
    typography,
)
from brochure.content.dialect.blocks import Construct
from brochure.content.dialect.source import BLANK_LINES, BLOCK_END_MARKER, INDENTATION
from brochure.content.dialect.spans import Mark, Marks

CONSTRUCTS = (
    Construct(start=BLANK_LINES, read=paragraphs.read_blank_lines),
    Construct(start=INDENTATION, read=code_blocks.read_indented_code),
    Construct(start=code_blocks.FENCE_START, read=code_blocks.read_fenced_code),
    Construct(start=paragraphs.QUOTE_START, read=paragraphs.read_quote),
    Construct(start=headings.ATX_START, read=headings.read_atx_heading),
    Construct(start=horizontal_rules.RULE_START, read=horizontal_rules.read_rule),
    Construct(start=lists.LIST_START, read=lists.read_list),
    Construct(start=definition_lists.DEFINITION_START, read=definition_lists.read_definition_list),
    Construct(start=html_blocks.HTML_START, read=html_blocks.read_html),
    Construct(
        start=headings.SETEXT_START, read=headings.read_setext_heading, may_start_with_letter=True
    ),
    Construct(start=tables.TABLE_START, read=tables.read_table, may_start_with_letter=True),
    Construct(start=references.FOOTNOTE_DEFINITION, read=references.read_footnote),
    Construct(start=references.LINK_DEFINITION, read=references.read_link_definition),
    Construct(start=references.ABBREVIATION_DEFINITION, read=references.read_abbreviation),
    Construct(start=attributes.ATTRIBUTE_BLOCK_START, read=attributes.read_attributes),
    Construct(start=BLOCK_END_MARKER, read=paragraphs.read_end_marker),
    Construct(
        start=paragraphs.PARAGRAPH_START,
        read=paragraphs.read_paragraph,
        may_start_with_letter=True,
    ),
)

MARKS = Marks(
    Mark(first="*_", start=emphasis.EMPHASIS_START, read=emphasis.read_emphasis),
    Mark(first="`", start=code_spans.BACKTICKS, read=code_spans.read_code),
    Mark(first="<", start=links.AUTOLINK, read=links.read_autolink),
    html_spans.TAG_MARK,
    Mark(first="[", start=footnotes.MARKER, read=footnotes.read_marker),
    Mark(first="[!", start=links.LINK_START, read=links.read_link),
    Mark(first="\"'", start=typography.QUOTE, read=typography.read_quote),
    Mark(first="$", start=escapes.MATHEMATICS, read=escapes.read_mathematics),
    Mark(first="{", start=html_spans.ATTRIBUTES_START, read=html_spans.read_attributes),
    Mark(first="&", start=escapes.ENTITY, read=escapes.read_entity),
    Mark(first="-.<> \\", start=typography.SYMBOL, read=typography.read_symbol),
    Mark(first=" \\", start=escapes.HARD_BREAK, read=escapes.read_hard_break),
    Mark(first="\\", start=escapes.ESCAPED, read=escapes.read_escape),
    Mark(first="~", start=emphasis.STRIKETHROUGH, read=emphasis.read_strikethrough),
)
