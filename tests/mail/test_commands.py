"""The commands from end to end: drafts, lists, and a server with a certificate."""

import json
import shutil
import stat
import subprocess
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import trustme

from brochure.api.handouts import HandoutReport
from brochure.cli import main
from brochure.delivery.artefact import Artefact
from mail.conftest import context_of
from mail.server import mail_server, recipients

TINY = Path(__file__).parents[1] / "clinics" / "tiny"
LIST = (
    "name;e-mail;language;treatments;note;date\n"
    "Maria;maria@example.org;Ελληνικά;rest;Καλή ανάρρωση;\n"
    "محمد;ali@example.org;ar;rest;;2026-11-21\n"
    "Ann;ann@example.org;en;rest;;2026-11-22\n"
)
ISOLATES = dict.fromkeys((0x2066, 0x2069))
PASSWORD = "correct horse battery staple"


@pytest.fixture
def clinic(tmp_path, monkeypatch) -> Path:
    """The tiny clinic with a sender and a list; its handouts are a few bytes."""
    folder = shutil.copytree(TINY, tmp_path / "clinic")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795255200")  # 2026-11-21
    settings(folder, 'sender = "info@tiny.example"')
    (folder / "list.csv").write_text(LIST, encoding="utf-8")

    def handouts(rack, keys, language, **options):
        return HandoutReport(artefacts=tuple(handout(language.tag) for _ in keys), diagnostics=())

    monkeypatch.setattr("brochure.api.postage.handouts", handouts)
    return folder


def handout(tag: str) -> Artefact:
    return Artefact(
        path=f"handouts/{tag}/rest-{tag}.pdf",
        edition="handouts",
        language=tag,
        pages=1,
        data=b"%PDF-1.7 " + tag.encode(),
        sources=(),
        title={"en": "Rest", "el": "Ανάπαυση", "ar": "الراحة"}[tag],
    )


def settings(folder: Path, lines: str) -> None:
    text = (TINY / "brochure.toml").read_text(encoding="utf-8")
    (folder / "brochure.toml").write_text(f"{text}\n[email]\n{lines}\n", encoding="utf-8")


def with_server(folder: Path, port: int, security: str = "starttls", host: str = "localhost"):
    lines = f'sender = "info@tiny.example"\nhost = "{host}"\nport = {port}\nper_minute = 60000'
    settings(folder, f'{lines}\nsecurity = "{security}"\nuser = "info"')


def run(command: str) -> int:
    return int(main(command.split()))


def drafts(folder: Path):
    return {
        file.name: message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted(folder.rglob("*.eml"))
    }


def log(folder: Path) -> list[dict]:
    text = (folder / "output/email/2026-11-21/log.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()][1:]


def everything_but_messages(folder: Path) -> str:
    files = [*(folder / "output").rglob("*"), *(folder / "outbox").rglob("*")]
    kept = [file for file in files if file.is_file() and file.suffix != ".eml"]
    names = "\n".join(str(file.relative_to(folder)) for file in files)
    return names + "".join(file.read_bytes().decode("utf-8", "replace") for file in kept)


@pytest.mark.parametrize(
    ("tag", "direction", "title"), [("en", "ltr", "Rest"), ("ar", "rtl", "الراحة")]
)
def test_a_draft_speaks_the_patients_language(clinic, tag, direction, title):
    assert (
        run(f"email rest --lang {tag} --to maria@example.org --name Maria --note <b>hi</b>") == 0
    )

    [(name, draft)] = drafts(clinic).items()
    html, text = (
        draft.get_body((kind,)).get_content().translate(ISOLATES) for kind in ("html", "plain")
    )
    assert draft["X-Unsent"] == "1"
    assert title in draft["Subject"]
    assert f'<html lang="{tag}" dir="{direction}">' in html
    assert title in html
    assert "&lt;b&gt;hi&lt;/b&gt;" in html
    assert "<b>hi</b>" in text
    assert all(word in text for word in (title, "Maria"))
    assert [part.get_filename() for part in draft.iter_attachments()] == [f"rest-{tag}.pdf"]
    assert "maria" not in name.lower()


def test_drafts_are_for_their_owner_only_and_the_same_every_time(clinic):
    run("email rest --lang en --to maria@example.org --out one")
    run("email rest --lang en --to maria@example.org --out two")

    [one], [two] = (list(Path(name).rglob("*.eml")) for name in ("one", "two"))
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()
    assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_open_hands_the_draft_to_the_desktop(clinic, tmp_path, monkeypatch):
    opened = tmp_path / "opened"
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1" >{opened}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    monkeypatch.setattr("sys.platform", "linux")

    run("email rest --lang en --open")

    assert Path(opened.read_text().strip()).read_bytes().startswith(b"From: ")


def test_a_list_becomes_a_folder_for_its_day(clinic, capsys):
    assert run("merge list.csv") == 0

    folder = clinic / "output" / "email" / "2026-11-21"
    found = drafts(folder)
    assert list(found) == ["00002-el.eml", "00003-ar.eml"]
    assert [draft["To"].addresses[0].addr_spec for draft in found.values()] == [
        "maria@example.org",
        "ali@example.org",
    ]
    assert [(line["row"], line["language"], line["state"]) for line in log(clinic)] == [
        (2, "el", "draft"),
        (3, "ar", "draft"),
    ]
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert capsys.readouterr().out == "output/email/2026-11-21: 2 drafts, 1 row for other days\n"


@pytest.mark.parametrize("options", ["", " --send"])
def test_nothing_but_the_messages_tells_who_the_patients_are(clinic, options, monkeypatch, capsys):
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", PASSWORD)
    with mail_server(lambda stage, _: "550 no maria@example.org" if stage == "rcpt" else "") as (
        _,
        port,
    ):
        with_server(clinic, port, "none")
        settings_without_user(clinic)
        run(f"merge list.csv{options}")

    told = everything_but_messages(clinic) + str(capsys.readouterr())
    for secret in ("maria", "ali@", "محمد", PASSWORD):
        assert secret not in told.lower()


def settings_without_user(folder: Path) -> None:
    file = folder / "brochure.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('user = "info"', ""), encoding="utf-8"
    )


def test_names_are_in_the_log_if_somebody_asks(clinic):
    run("merge list.csv --with-names")

    assert [line["name"] for line in log(clinic)] == ["Maria", "محمد"]


def test_a_handout_is_made_once_however_many_get_it(clinic, monkeypatch):
    made = []
    from brochure.api import postage

    stub = postage.handouts
    monkeypatch.setattr(
        "brochure.api.postage.handouts",
        lambda rack, keys, language, **options: (
            made.append((language.tag, tuple(keys))) or stub(rack, keys, language, **options)
        ),
    )
    rows = "".join(f"P{i};p{i}@example.org;el;rest;;\n" for i in range(20))
    (clinic / "list.csv").write_text(LIST + rows, encoding="utf-8")

    run("merge list.csv")

    assert made == [("el", ("care/rest",)), ("ar", ("care/rest",))]
    assert len(drafts(clinic)) == 22


def test_one_wrong_row_stops_all_unless_it_may_be_skipped(clinic):
    (clinic / "list.csv").write_text(LIST + "X;x@y;en;rest;;\n", encoding="utf-8")

    assert run("merge list.csv") == 1
    assert not (clinic / "output").exists()
    assert run("merge list.csv --skip-bad") == 1
    assert len(drafts(clinic)) == 2


def test_a_folder_changes_as_a_whole_or_not_at_all(clinic, monkeypatch):
    run("merge list.csv")
    before = {file: file.read_bytes() for file in (clinic / "output").rglob("*") if file.is_file()}
    (clinic / "list.csv").write_text(LIST.replace("Maria;", "Mary;"), encoding="utf-8")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("brochure.delivery.files.os.fsync", full)
        assert run("merge list.csv") == 1

    assert before == {
        file: file.read_bytes() for file in (clinic / "output").rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_list_is_sent_once_over_an_encrypted_connection(clinic, trusted, security, monkeypatch):
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", PASSWORD)
    server = mail_server(
        context=trusted, starttls=security == "starttls", user="info", password=PASSWORD
    )
    with server as (record, port):
        with_server(clinic, port, security)
        assert run("merge list.csv --send") == 0
        assert run("merge list.csv --send") == 0
        (clinic / "list.csv").write_text(
            LIST.replace("Maria;", "Mary;").replace("Ann;", "Ann B.;"), encoding="utf-8"
        )
        assert run("merge list.csv --send") == 0

    assert record.taken == ["maria@example.org", "ali@example.org"]
    assert record.logins == [("info", PASSWORD)]
    assert [line["state"] for line in log(clinic)] == ["accepted", "accepted"]
    sent = message_from_bytes(record.messages[0], policy=policy.default)
    assert sent["Message-ID"] == f"<{log(clinic)[0]['id']}@tiny.example>"
    assert sent["Date"].startswith("Sat, 21 Nov 2026")
    assert "X-Unsent" not in sent
    assert len(recipients(record)) == 2


def test_what_was_sent_is_not_made_a_draft_again(clinic, trusted, monkeypatch):
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", PASSWORD)
    with mail_server(context=trusted, user="info", password=PASSWORD) as (_, port):
        with_server(clinic, port, "tls")
        run("merge list.csv --send")
    run("merge list.csv")

    assert not drafts(clinic)
    assert [line["state"] for line in log(clinic)] == ["accepted", "accepted"]


def test_one_message_is_sent_once_even_if_the_list_has_it_too(clinic, trusted, monkeypatch):
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", PASSWORD)
    with mail_server(context=trusted, user="info", password=PASSWORD) as (record, port):
        with_server(clinic, port, "tls")
        assert run("email rest --lang el --to Maria@example.org --send") == 0
        assert run("email rest --lang el --to maria@example.org --send") == 2
        assert run("merge list.csv --send") == 0

    assert [name.lower() for name in record.taken] == ["maria@example.org", "ali@example.org"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("name", ["another.example", "localhost"])
def test_a_bad_certificate_is_refused(clinic, trusted, security, name, monkeypatch, capsys):
    """Somebody else's certificate, and our name vouched for by nobody we know."""
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", PASSWORD)
    authority = trustme.CA()
    if name != "localhost":
        authority.cert_pem.write_to_path(str(clinic.parent / "authority.pem"))
    context = context_of(authority.issue_cert(name))
    with mail_server(context=context, starttls=security == "starttls", user="info") as (
        record,
        port,
    ):
        with_server(clinic, port, security)
        assert run("email rest --lang el --to maria@example.org --send") == 1

    assert "certificate is not valid" in capsys.readouterr().err
    assert not record.logins
    assert not record.taken


def test_a_server_without_encryption_is_refused(clinic, monkeypatch, capsys):
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", PASSWORD)
    with mail_server(user="info", password=PASSWORD) as (record, port):
        with_server(clinic, port, "starttls")
        assert run("email rest --lang el --to maria@example.org --send") == 1

    assert "no encryption" in capsys.readouterr().err
    assert not record.logins


def test_a_wrong_password_is_told_in_the_servers_words(clinic, trusted, monkeypatch, capsys):
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", "guess-work")
    with mail_server(context=trusted, user="info", password=PASSWORD) as (record, port):
        with_server(clinic, port, "tls")
        assert run("email rest --lang el --to maria@example.org --send") == 1

    said = capsys.readouterr().err
    assert "535" in said
    assert "guess-work" not in said
    assert not record.taken


def test_no_password_is_looked_for_in_the_keyring_and_then_missed(clinic, monkeypatch, capsys):
    asked = []
    monkeypatch.delenv("BROCHURE_SMTP_PASSWORD", raising=False)
    monkeypatch.setattr("keyring.get_password", lambda host, user: asked.append((host, user)))
    with_server(clinic, 1)

    assert run("email rest --lang el --to maria@example.org --send") == 1
    assert asked == [("localhost", "info")]
    assert "BROCHURE_SMTP_PASSWORD" in capsys.readouterr().err


def test_resend_and_give_up_go_with_send(clinic):
    with pytest.raises(SystemExit):
        run("merge list.csv --resend 0123456789abcdef")


def test_a_message_of_unknown_fate_waits_for_a_decision(clinic, monkeypatch):
    fault = ["drop"]
    with mail_server(lambda stage, _: fault.pop() if stage == "answer" and fault else "") as (
        record,
        port,
    ):
        with_server(clinic, port, "none")
        settings_without_user(clinic)
        assert run("merge list.csv --send") == 1
        [unsure] = [line["id"] for line in log(clinic) if line["state"] == "unknown"]
        assert run("merge list.csv --send") == 1
        assert run(f"merge list.csv --send --give-up {unsure}") == 0
        assert run("merge list.csv --send") == 0

    assert record.taken == ["maria@example.org", "ali@example.org"]
    assert [line["state"] for line in log(clinic)] == ["given-up", "accepted"]


PERL = """
use MIME::Parser; my $parser = MIME::Parser->new; $parser->output_to_core(1);
$parser->decode_headers(1);
sub show { my $e = shift; my $b = $e->bodyhandle;
  print $e->mime_type, "|", ($e->head->recommended_filename // ""), "|",
    ($b ? unpack("H*", $b->as_string) : ""), "\\n"; show($_) for $e->parts; }
my $e = $parser->parse(\\*STDIN); print unpack("H*", $e->head->get("Subject")), "\\n"; show($e);
"""


@pytest.mark.oracle
@pytest.mark.parametrize("tag", ["en", "el", "ar"])
def test_another_parser_reads_the_same(clinic, tag):
    """Perl's MIME::Parser, which shares nothing with Python's."""
    from conformance.oracles import absent

    found = subprocess.run(["perl", "-MMIME::Parser", "-e1"], capture_output=True, check=False)
    if found.returncode:
        absent("MIME::Parser is not here: apt-get install libmime-tools-perl")
    run(f"email rest --lang {tag} --to maria@example.org --name Μαρία")
    [file] = clinic.rglob("*.eml")
    draft = message_from_bytes(file.read_bytes(), policy=policy.default)

    read = subprocess.run(
        ["perl", "-e", PERL], input=file.read_bytes(), capture_output=True, check=True
    ).stdout.decode()

    subject, *parts = read.splitlines()
    assert bytes.fromhex(subject).decode().strip() == draft["Subject"]
    kinds, names, bodies = zip(*(line.split("|") for line in parts), strict=True)
    assert kinds == tuple(part.get_content_type() for part in draft.walk())
    assert names[-1] == f"rest-{tag}.pdf"
    assert bytes.fromhex(bodies[-1]) == handout(tag).data
    for kind, body in zip(("plain", "html"), bodies[2:4], strict=True):
        expected = draft.get_body((kind,)).get_content().replace("\r\n", "\n")
        assert bytes.fromhex(body).decode().replace("\r\n", "\n") == expected


HOSTILE = (
    "name;e-mail;language;treatments;note;date\n"
    "Zebulon Quagga;zebulon.quagga@example.org;en;rest;Your hydroxyzine result;\n"
    "=cmd|'zebulon';quagga@;en;rest;hydroxyzine\x07;\n"
    "Zebulon;zebulon@example.org;en;hydroxyzine;;quagga\n"
    "Zebulon;zebulon.quagga@example.org;el;rest;hydroxyzine;\n"
    "Zebulon;zebulon@example.org;quagga;rest;;\n"
)


@pytest.mark.parametrize("form", ["text", "short", "json", "github"])
@pytest.mark.parametrize("options", ["", " --skip-bad", " --skip-bad --send"])
def test_no_form_of_output_tells_what_a_cell_says(clinic, form, options, capfd):
    (clinic / "list.csv").write_text(HOSTILE, encoding="utf-8")
    with mail_server(
        lambda stage, _: "550 zebulon.quagga@example.org: no Quagga" if stage == "rcpt" else ""
    ) as (_, port):
        with_server(clinic, port, "none")
        settings_without_user(clinic)
        assert run(f"merge list.csv --format {form}{options}") == 1

    told = everything_but_messages(clinic) + str(capfd.readouterr())
    assert [word for word in ("zebulon", "quagga", "hydroxyzine") if word in told.lower()] == []
    assert len(drafts(clinic)) == (1 if options else 0)


def test_a_draft_alone_tells_who_its_patient_is(clinic, capfd):
    words = "--to zebulon@example.org --name Quagga --note hydroxyzine"
    assert run(f"email rest --lang en {words}") == 0

    told = everything_but_messages(clinic) + str(capfd.readouterr())
    assert [word for word in ("zebulon", "quagga", "hydroxyzine") if word in told.lower()] == []
    assert "Attached: Rest" in told


@pytest.mark.parametrize("form", ["json", "github"])
def test_what_tools_read_is_not_mixed_with_what_people_read(clinic, form, capsys):
    assert run(f"email rest --lang en --format {form}") == 0
    printed = capsys.readouterr().out
    assert "Draft" not in printed
    assert form != "json" or json.loads(printed) is not None


def test_a_number_in_an_arabic_note_keeps_its_order(clinic):
    main(["email", "rest", "--lang", "ar", "--note", "الهاتف +357 22 123456."])

    [draft] = drafts(clinic).values()
    for kind in ("plain", "html"):
        text = draft.get_body((kind,)).get_content()
        assert "الهاتف \u2066+357 22 123456\u2069." in text
        assert "\u2066+357 22 000000\u2069" in text or '<bdi dir="ltr">+357 22 000000' in text
