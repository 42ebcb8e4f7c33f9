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
from brochure.content.dialect.spans import Mark

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
    Construct(start=headings.SETEXT_START, read=headings.read_setext_heading),
    Construct(start=tables.TABLE_START, read=tables.read_table),
    Construct(start=references.FOOTNOTE_DEFINITION, read=references.read_footnote),
    Construct(start=references.LINK_DEFINITION, read=references.read_link_definition),
    Construct(start=references.ABBREVIATION_DEFINITION, read=references.read_abbreviation),
    Construct(start=attributes.ATTRIBUTE_BLOCK_START, read=attributes.read_attributes),
    Construct(start=BLOCK_END_MARKER, read=paragraphs.read_end_marker),
    Construct(start=paragraphs.PARAGRAPH_START, read=paragraphs.read_paragraph),
)

MARKS = (
    Mark(start=emphasis.EMPHASIS_START, read=emphasis.read_emphasis),
    Mark(start=code_spans.BACKTICKS, read=code_spans.read_code),
    Mark(start=links.AUTOLINK, read=links.read_autolink),
    Mark(start=html_spans.TAG_START, read=html_spans.read_tag),
    Mark(start=footnotes.MARKER, read=footnotes.read_marker),
    Mark(start=links.LINK_START, read=links.read_link),
    Mark(start=typography.QUOTE, read=typography.read_quote),
    Mark(start=escapes.MATHEMATICS, read=escapes.read_mathematics),
    Mark(start=html_spans.ATTRIBUTES_START, read=html_spans.read_attributes),
    Mark(start=escapes.ENTITY, read=escapes.read_entity),
    Mark(start=typography.SYMBOL, read=typography.read_symbol),
    Mark(start=escapes.HARD_BREAK, read=escapes.read_hard_break),
    Mark(start=escapes.ESCAPED, read=escapes.read_escape),
    Mark(start=emphasis.STRIKETHROUGH, read=emphasis.read_strikethrough),
)
