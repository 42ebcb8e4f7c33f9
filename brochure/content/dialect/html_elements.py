"""The elements of HTML as kramdown sorts them (its `parser/html.rb`)."""

SPAN_ELEMENTS = (
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark "
    "option q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var"
).split()
BLOCK_ELEMENTS = frozenset(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset "
    "figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li "
    "main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul".split()
)
VOID_ELEMENTS = (
    "area base br col command embed hr img input keygen link meta param source track wbr"
).split()
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))

# What `markdown="1"` makes of an element's content; that of all others stays as it is.
BLOCK_CONTENT = frozenset(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption "
    "footer form header hgroup iframe li main map menu nav noscript object section summary "
    "td".split()
)
SPAN_CONTENT = frozenset(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label "
    "legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt".split()
)
_LITERAL_CONTENT = "script style math option textarea pre code kbd samp var".split()
KNOWN_ELEMENTS = frozenset(
    (*SPAN_ELEMENTS, *BLOCK_ELEMENTS, *VOID_ELEMENTS, *BLOCK_CONTENT, *SPAN_CONTENT)
).union(_LITERAL_CONTENT)
