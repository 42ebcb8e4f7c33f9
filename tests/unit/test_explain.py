"""`--explain` names the very file because of which another was made anew."""

import pytest

from brochure.cli import main

TEXT = "content/_collections/_care/010-rest-en.md"


@pytest.fixture
def explain(clinic, monkeypatch, capsys):
    """Run the command in the tiny clinic; what it says of each file, by the file's name."""
    monkeypatch.chdir(clinic)

    def explained(*arguments: str) -> dict[str, str]:
        assert main([*(arguments or ("build", "en", "el")), "--explain"]) == 0
        lines = capsys.readouterr().out.splitlines()
        told = [line.partition(": ") for line in lines if ": made: " in line or ": kept: " in line]
        return {name: reason for name, _, reason in told}

    return explained


EN, EL = "screen/tiny-en.pdf", "screen/tiny-el.pdf"
NEW, SAME = "made: it was not made here before", "kept: nothing that it is made of has changed"


def test_what_is_new_what_is_kept_and_what_one_word_changes(explain, clinic):
    assert explain() == {EN: NEW, EL: NEW}
    assert explain() == {EN: SAME, EL: SAME}

    text = clinic / TEXT
    text.write_text(text.read_text().replace("title: Rest", "title: Repose"))
    assert explain()[EN] == f"made: {TEXT} changed"
    assert explain("build", "en", "--no-cache") == {
        EN: "made: nothing is kept with --no-cache",
    }


def test_what_does_not_show_makes_nothing_anew(explain, clinic):
    explain()
    settings = clinic / "brochure.toml"
    settings.write_text(settings.read_text() + "\n# a remark\n")

    assert explain()[EL] == "kept: brochure.toml changed, which does not show on its pages"


def test_a_style_and_a_handout_are_named(explain, clinic):
    handout = ("handout", "rest", "--lang", "en")
    assert explain(*handout) == {"handouts/en/rest-en.pdf": NEW}
    assert explain(*handout) == {"handouts/en/rest-en.pdf": SAME}
    styles = clinic / "templates/styles"
    styles.mkdir(parents=True)
    (styles / "black-and-white.css").write_text("")
    (styles / "handout.css").write_text("@layer edition { p { margin-block: 2mm } }")

    assert explain(*handout)["handouts/en/rest-en.pdf"] == (
        "made: templates/styles/black-and-white.css changed, templates/styles/handout.css changed"
    )


def test_what_was_cleared_away_is_told_from_what_changed(explain, clinic):
    explain()
    main(["cache", "--clear"])

    assert explain() == {EN: NEW, EL: NEW}
