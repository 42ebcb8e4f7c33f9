"""The mail server's password, from the system's keyring; never from a file of the project."""

from __future__ import annotations


def keyring_password(host: str, user: str) -> str:
    """What the keyring holds for this user at this server; nothing without a keyring.

    `keyring` is an optional library (`pip install "brochure[keyring]"`).
    """
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(host, user) or ""
    except KeyringError:
        return ""
