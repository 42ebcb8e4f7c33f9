# Reads a JSON array of Markdown texts on standard input and writes a JSON array of HTML texts:
# what kramdown prints with Jekyll's default options. One process for a whole test run.
require 'json'
require 'kramdown'
require 'kramdown-parser-gfm'

OPTIONS = {
  input: 'GFM',
  auto_ids: true,
  hard_wrap: false,
  entity_output: :as_char,
  smart_quotes: 'lsquo,rsquo,ldquo,rdquo',
  toc_levels: '1..6',
  footnote_nr: 1,
  syntax_highlighter: nil
}.freeze

texts = JSON.parse($stdin.set_encoding('UTF-8').read)
puts JSON.generate(texts.map { |text| Kramdown::Document.new(text, OPTIONS).to_html })
