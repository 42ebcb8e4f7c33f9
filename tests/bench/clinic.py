"""A generated clinic: the same treatments as Markdown for `brochure` and as Typst for Typst.

The words are in words/<language>.toml; which of them a treatment has, and in which order, follows
from its number alone, so every run and every machine measures the same texts. A treatment has a
heading or two, paragraphs, a list, numbered advice and a table: a page of A5, or somewhat more.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LANGUAGES = ("el", "ar")
CATEGORIES = ("face", "skin", "body")
HUES = ("#C0705A", "#C4963C", "#4F7CA8")
WORDS = Path(__file__).parent / "words"
PICTURE_PX = (1200, 800)
PHONE = "+357 22 123456"
WEB = "https://www.clinic.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, bullets, numbers or table: what it is, and its lines or cells."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One treatment in one language."""

    number: int
    language: str
    title: str
    subtitle: str
    alt: str
    category: int
    blocks: tuple[Block, ...]


def words_of(language: str) -> dict:
    """The word lists of a language."""
    return tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))


def titles(treatments: int, language: str) -> list[str]:
    """What the treatments are called; no two are the same."""
    words = words_of(language)
    methods, areas = words["methods"], words["areas"]
    made = []
    for number in range(treatments):
        turn, place = divmod(number, len(methods) * len(areas))
        title = f"{methods[place % len(methods)]} {areas[place // len(methods)]}"
        made.append(f"{title} {turn + 1}" if turn else title)
    return made


def treatment(number: int, title: str, language: str, treatments: int, revision: int) -> Treatment:
    """The treatment of this number; `revision` is a word in its last sentence."""
    words, chance = words_of(language), Random(number)

    def some(kind: str, count: int) -> tuple[str, ...]:
        chosen = chance.sample(range(len(words[kind])), count)
        return tuple(words[kind][i].format(n=chance.randint(2, 6)) for i in chosen)

    def text(count: int) -> Block:
        return Block(kind="paragraph", lines=(" ".join(some("sentences", count)),))

    first, second, third = some("headings", 3)
    rows = tuple(cell.format(n=chance.randint(2, 6)) for row in words["table"] for cell in row)
    blocks = [
        text(2),
        Block(kind="heading", lines=(first,)),
        Block(kind="bullets", lines=some("items", chance.randint(3, 4))),
        Block(kind="heading", lines=(second,)),
        Block(kind="numbers", lines=some("steps", 3)),
        Block(kind="table", lines=rows[: 2 * chance.randint(3, 4)]),
    ]
    if number % 5 == 4:  # one in five runs on to a second page
        blocks += [Block(kind="heading", lines=(third,)), text(5), text(5)]
    blocks.append(Block(kind="paragraph", lines=(f"{words['revision']} {revision}.",)))
    return Treatment(
        number=number,
        language=language,
        title=title,
        subtitle=chance.choice(words["subtitles"]),
        alt=words["alt"],
        category=number * len(CATEGORIES) // treatments,
        blocks=tuple(blocks),
    )


# --- as files ------------------------------------------------------------------------------------


def write_clinic(folder: Path, treatments: int, *, pictures: bool) -> None:
    """Write the clinic's settings, texts and pictures, and its texts as Typst."""
    folder.mkdir(parents=True)
    (folder / "brochure.toml").write_text(_settings(), encoding="utf-8")
    for language in LANGUAGES:
        for number, title in enumerate(titles(treatments, language)):
            one = treatment(number, title, language, treatments, 0)
            _write(markdown_path(folder, one), _markdown(one, pictures))
            _write(typst_path(folder, number, language), _typst_text(one))
        _write_typst(folder, language, treatments, pictures)
    for number in range(treatments if pictures else 0):
        path = folder / "content" / _picture_name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        _picture(number).save(path, quality=85)


def edit(folder: Path, language: str, revision: int) -> None:
    """Change one word of the treatment in the middle: its revision."""
    found = (folder / "content" / "_collections").glob(f"*/*-{language}.md")
    texts = sorted(found, key=lambda path: path.name)
    for path in (texts[len(texts) // 2], typst_path(folder, len(texts) // 2, language)):
        text = path.read_text(encoding="utf-8").rstrip().removesuffix(".")
        path.write_text(f"{text.rpartition(' ')[0]} {revision}.\n", encoding="utf-8")


def markdown_path(folder: Path, one: Treatment) -> Path:
    name = f"{one.number:04}-treatment-{one.number:04}-{one.language}.md"
    return folder / "content" / "_collections" / f"_{CATEGORIES[one.category]}" / name


def typst_path(folder: Path, number: int, language: str) -> Path:
    return folder / "typst" / language / f"text-{number:04}.typ"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _settings() -> str:
    lines = [
        "[clinic]",
        'slug = "clinic"',
        f"languages = {list(LANGUAGES)}",
        f'default_language = "{LANGUAGES[0]}"',
        f'phones = ["{PHONE}"]',
        f'web = "{WEB}"',
        "[clinic.hours]",
        'mon = "08:30-19:00"',
        'sun = "closed"',
        "[imprint]",
        "date = 2026-11-21",
    ]
    both = [words_of(language) for language in LANGUAGES]
    for index, category in enumerate(CATEGORIES):
        named = zip(LANGUAGES, both, strict=True)
        title = ", ".join(f'{tag} = "{words["categories"][index]}"' for tag, words in named)
        lines += [f"[categories.{category}]", f'hue = "{HUES[index]}"', f"title = {{ {title} }}"]
    for tag, words in zip(LANGUAGES, both, strict=True):
        lines += [f"[language.{tag}]"]
        lines += [f'{key} = "{words[key]}"' for key in ("name", "tagline")]
        lines += [f"address = {words['address']}"]
    return "\n".join(lines) + "\n"


def _picture_name(number: int) -> str:
    return f"assets/img/treatment-{number:04}.jpg"


def _picture(number: int) -> "Image.Image":
    """Soft circles on a gradient: what a photograph costs to decode, scale and compress."""
    from PIL import Image, ImageDraw, ImageFilter

    chance, (width, height) = Random(number), PICTURE_PX
    ramp = Image.linear_gradient("L").resize(PICTURE_PX)
    image = Image.merge("RGB", (ramp, ramp.rotate(180), ramp.rotate(90).resize(PICTURE_PX)))
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, radius = chance.randrange(width), chance.randrange(height), chance.randint(10, 160)
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return image.filter(ImageFilter.GaussianBlur(3))


# --- as Markdown ---------------------------------------------------------------------------------


def _markdown(one: Treatment, pictures: bool) -> str:
    picture = _picture_name(one.number) if pictures else ""
    head = f"""\
---
caption:
  title: "{one.title}"
  thumbnail: {picture}
title: "{one.title}"
subtitle: "{one.subtitle}"
image: {picture}
alt: "{one.alt}"
lang: {one.language}
---
"""
    return head + "\n\n".join(_markdown_block(block) for block in one.blocks) + "\n"


def _markdown_block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"### {block.lines[0]}"
        case "bullets":
            return "\n".join(f"- {line}" for line in block.lines)
        case "numbers":
            return "\n".join(f"{i}. {line}" for i, line in enumerate(block.lines, 1))
        case "table":
            rows = [f"| {first} | {second} |" for first, second in _pairs(block.lines)]
            return "\n".join([rows[0], "|---|---|", *rows[1:]])
    return block.lines[0]


def _pairs(cells: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return zip(cells[::2], cells[1::2], strict=True)


# --- as Typst ------------------------------------------------------------------------------------


def _typst_text(one: Treatment) -> str:
    return "\n\n".join(_typst_block(block) for block in one.blocks) + "\n"


def _typst_block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"== {block.lines[0]}"
        case "bullets":
            return "\n".join(f"- {line}" for line in block.lines)
        case "numbers":
            return "\n".join(f"+ {line}" for line in block.lines)
        case "table":
            cells = [f"[{cell}]" for cell in block.lines]
            head = f"table.header({', '.join(cells[:2])})"
            return f"#table(columns: (1fr, 1fr), {head}, {', '.join(cells[2:])})"
    return block.lines[0]


def _write_typst(folder: Path, language: str, treatments: int, pictures: bool) -> None:
    """One main file for the brochure, one for each handout, and what they have in common."""
    words = words_of(language)
    made = [
        treatment(number, title, language, treatments, 0)
        for number, title in enumerate(titles(treatments, language))
    ]
    keys = ("name", "tagline", "overview", "contact")
    facts = ", ".join(f'{key}: "{words[key]}"' for key in keys)
    facts += f', language: "{language}", web: "{WEB}", phone: "{PHONE}"'
    address = ", ".join(f'"{line}"' for line in words["address"])
    cards = [_typst_card(one, words, pictures) for one in made]
    common = f"#let facts = ({facts}, address: ({address},))\n"
    _write(folder / "typst" / language / "facts.typ", common)
    begin = '#import "../design.typ": *\n#import "facts.typ": facts\n'
    shown = [f'#treatment({card})[#include "text-{i:04}.typ"]' for i, card in enumerate(cards)]
    overview = ",\n".join(f"  ({card})" for card in cards)
    brochure = [begin, "#show: brochure.with(facts)", "#cover(facts)"]
    brochure += [f"#overview(facts, (\n{overview},\n))", *shown, "#back(facts)"]
    _write(folder / "typst" / language / "brochure.typ", "\n".join(brochure) + "\n")
    for number, text in enumerate(shown):
        main = f"{begin}#show: handout.with(facts, title: {_quoted(made[number].title)})\n{text}\n"
        _write(folder / "typst" / language / f"handout-{number:04}.typ", main)
    design = (Path(__file__).parent / "design" / "design.typ").read_text(encoding="utf-8")
    _write(folder / "typst" / "design.typ", design)


def _typst_card(one: Treatment, words: dict, pictures: bool) -> str:
    picture = f"/content/{_picture_name(one.number)}" if pictures else ""
    values = {
        "key": f"treatment-{one.number:04}",
        "title": one.title,
        "subtitle": one.subtitle,
        "category": words["categories"][one.category],
        "picture": picture,
        "alt": one.alt,
    }
    return ", ".join(f"{key}: {_quoted(value)}" for key, value in values.items())


def _quoted(text: str) -> str:
    return f'"{text}"'
