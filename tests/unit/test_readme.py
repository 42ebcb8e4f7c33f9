"""What the README says can be typed."""

import re

import pytest

from brochure.assets import DEFAULTS
from brochure.cli import main

README = (DEFAULTS / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"`brochure (\w+)", README)))
OPTIONS = sorted(set(re.findall(r"\| `brochure (\w+)[^|]*\|([^|]*)\|", README)))


def test_the_first_ten_lines_show_the_two_commands_and_the_result():
    top = "\n".join(README.splitlines()[:10])

    assert top.index("make brochures") < top.index("make test") < top.index("![")


@pytest.mark.parametrize("target", ["brochures", "test", "check", "bench"])
def test_every_target_is_in_the_makefile(target):
    makefile = (DEFAULTS / "Makefile").read_text(encoding="utf-8")

    assert f"make {target}" in README
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_linked_file_is_there():
    links = re.findall(r"\]\(([\w./-]+)\)", README)

    assert links
    assert [link for link in links if not (DEFAULTS / link).is_file()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_known(command, capsys):
    with pytest.raises(SystemExit) as exit_:
        main([command, "--help"])

    assert exit_.value.code == 0


@pytest.mark.parametrize(("command", "text"), OPTIONS)
def test_every_option_is_known(command, text, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])

    said = capsys.readouterr().out
    assert [name for name in re.findall(r"--[a-z-]+", text) if name not in said] == []
