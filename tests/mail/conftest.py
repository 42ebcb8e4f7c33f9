"""A folder of small messages, and certificates of our own."""

import ssl
from pathlib import Path

import pytest
import trustme


@pytest.fixture
def mailbag(tmp_path) -> Path:
    """Six messages, each named after its recipient; the last one tries to end itself early."""
    for number in range(6):
        address = f"patient{number}@example.org"
        text = f"Subject: Number {number}\nTo: {address}\n\nHello\n.\n..\n.well\n"
        (tmp_path / f"{address}.eml").write_bytes(text.replace("\n", "\r\n").encode())
    return tmp_path


@pytest.fixture
def long_mailbag(mailbag) -> Path:
    """The same, but the second message is too long to be under way all at once."""
    file = mailbag / "patient1@example.org.eml"
    file.write_bytes(file.read_bytes() + (b"and so on, " * 80 + b"\r\n") * 14_000)
    return mailbag


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who vouches for our servers."""
    return trustme.CA()


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch) -> ssl.SSLContext:
    """A server's certificate for this machine; OpenSSL trusts who vouches for it."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return context_of(authority.issue_cert("localhost", "127.0.0.1"))


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context
