"""Contact details at rest: sealed text and keyed digests. Decides nothing about who may read them."""

import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
"""Leads every sealed value, so that a later key or cipher can tell what it has before it."""

NONCE_BYTES = 12
KEY_BYTES = 32
SHORTEST_SECRET = 32
"""Characters: 32 of hex are 128 bits, below which guessing begins to be thinkable."""


class WrongKeyError(Exception):
    """The value was sealed under another EVERBOARD_SECRET_KEY, for another workspace, or was altered."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals and digests for one workspace; a value moved to another workspace's row cannot be opened."""

    seal_key: bytes
    digest_key: bytes
    workspace_id: str

    def seal(self, text: str | None) -> bytes | None:
        """Authenticated encryption (AES-256-GCM) with a random nonce; None stays None."""
        if text is None:
            return None
        nonce = os.urandom(NONCE_BYTES)
        body = AESGCM(self.seal_key).encrypt(nonce, text.encode(), self.workspace_id.encode())
        return VERSION + nonce + body

    def open(self, sealed: bytes | None) -> str | None:
        """The text again. Raises WrongKeyError when this key did not seal it."""
        if sealed is None:
            return None
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] == VERSION and body:
            with suppress(InvalidTag):
                return AESGCM(self.seal_key).decrypt(nonce, body, self.workspace_id.encode()).decode()
        raise WrongKeyError("a sealed value does not open under the present EVERBOARD_SECRET_KEY")

    @overload
    def digest(self, normalised_email: str) -> bytes: ...

    @overload
    def digest(self, normalised_email: None) -> None: ...

    def digest(self, normalised_email: str | None) -> bytes | None:
        """Equal for equal addresses of one workspace and meaningless without the key (HMAC-SHA-256)."""
        if normalised_email is None:
            return None
        message = f"{self.workspace_id}\0{normalised_email}".encode()
        return hmac.new(self.digest_key, message, hashlib.sha256).digest()

    def over(self, digest: bytes) -> bytes:
        """What stands for a digest that an earlier key made, so that this key is needed too to tell whose it is."""
        return hmac.new(self.digest_key, b"over\0" + digest, hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys made from the secret (HKDF-SHA-256), one a purpose."""

    seal_key: bytes
    digest_key: bytes

    @classmethod
    def of(cls, secret: str) -> "Keys":
        """Raises ValueError for a secret that is too short to keep anything."""
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"EVERBOARD_SECRET_KEY needs at least {SHORTEST_SECRET} characters")
        return cls(_derive(secret, b"everboard seal 1"), _derive(secret, b"everboard digest 1"))

    def sealer(self, workspace_id: str) -> Sealer:
        """What one workspace's transaction seals with."""
        return Sealer(self.seal_key, self.digest_key, workspace_id)


def page_secret(secret: str) -> bytes:
    """What web pages sign with. Raises ValueError for a secret that is too short."""
    Keys.of(secret)
    return _derive(secret, b"everboard pages 1")


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(secret.encode())
