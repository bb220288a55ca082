"""Sealed columns: clinical text and answers under AES-256-GCM, bound to their row.

A sealed value is ``key id length, key id, nonce (12 bytes), ciphertext and tag``. Table, column
and row id are authenticated with it, so a value moved to another row or column does not open.
Opening happens when the attribute is read: rows that are never shown are never opened.
"""

import hmac
import json
import os
from typing import Any, Protocol, cast, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealError(Exception):
    """A sealed value cannot be opened: wrong key, moved or altered."""


class KeyRing:
    """Column keys by id; the newest seals, all open."""

    def __init__(self, keys: dict[str, bytes], newest: str) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        # A key of its own for marks: what one purpose gives away is no use for the other.
        self._marking = {key_id: _derived(key) for key_id, key in keys.items()}
        self._newest = newest

    @property
    def newest(self) -> str:
        """The id of the key that seals and marks now."""
        return self._newest

    def mark(self, key_id: str, content: bytes) -> str:
        """Return HMAC-SHA256 of ``content`` in hexadecimal, under the marking key of that id.

        Raises:
            LookupError: if there is no such key.
        """
        return hmac.digest(self._marking[key_id], content, "sha256").hex()

    def seal(self, text: str, bound_to: str) -> bytes:
        """Return ``text`` sealed to the place named by ``bound_to``."""
        return self.seal_bytes(text.encode(), bound_to)

    def seal_bytes(self, content: bytes, bound_to: str) -> bytes:
        """Return ``content`` sealed to the place named by ``bound_to``."""
        nonce = os.urandom(12)
        sealed = self._ciphers[self._newest].encrypt(nonce, content, bound_to.encode())
        key_id = self._newest.encode()
        return bytes([len(key_id)]) + key_id + nonce + sealed

    def open(self, sealed: bytes, bound_to: str) -> str:
        """Return the text, or raise SealError if it was sealed elsewhere or altered."""
        return self.open_bytes(sealed, bound_to).decode()

    def open_bytes(self, sealed: bytes, bound_to: str) -> bytes:
        """Return the bytes, or raise SealError if they were sealed elsewhere or altered."""
        if not sealed:
            raise SealError(f"the value at {bound_to} is empty")
        key_end = 1 + sealed[0]
        cipher = self._ciphers.get(sealed[1:key_end].decode(errors="replace"))
        if cipher is None:
            raise SealError("the key that sealed this value is not in the key file")
        try:
            return cipher.decrypt(
                sealed[key_end : key_end + 12], sealed[key_end + 12 :], bound_to.encode()
            )
        except (InvalidTag, ValueError) as error:  # ValueError: cut short within the nonce
            raise SealError(f"the value at {bound_to} does not open") from error


def _derived(key: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"dyad access log").derive(key)


_ring: KeyRing | None = None


def use_key_ring(ring: KeyRing) -> None:
    """Set the key ring of this process; the application does so when it is made."""
    global _ring
    _ring = ring


def key_ring() -> KeyRing:
    """Return the key ring of this process."""
    if _ring is None:
        raise SealError("no key ring: make the application first")
    return _ring


class _Row(Protocol):
    id: Any
    __tablename__: str


class _Sealed:
    """Base of the descriptors; ``column`` names the mapped bytes beside it."""

    def __init__(self, column: str) -> None:
        self.column = column

    def _bound_to(self, row: object) -> str:
        known = cast(_Row, row)
        return f"{known.__tablename__}.{self.column}:{known.id}"

    def _open(self, row: object) -> str | None:
        stored = getattr(row, self.column)
        return None if stored is None else key_ring().open(stored, self._bound_to(row))

    def _seal(self, row: object, text: str | None) -> None:
        sealed = None if text is None else key_ring().seal(text, self._bound_to(row))
        setattr(row, self.column, sealed)


class SealedText(_Sealed):
    """Text as an attribute, sealed in its column. Nothing stored reads as an empty text."""

    @overload
    def __get__(self, row: None, owner: type) -> "SealedText": ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: object | None, owner: type) -> "SealedText | str":
        return self if row is None else self._open(row) or ""

    def __set__(self, row: object, text: str) -> None:
        self._seal(row, text or None)


class SealedJSON(_Sealed):
    """A JSON value as an attribute, sealed in its column; assign anew to change it."""

    @overload
    def __get__(self, row: None, owner: type) -> "SealedJSON": ...
    @overload
    def __get__(self, row: object, owner: type) -> Any: ...
    def __get__(self, row: object | None, owner: type) -> Any:
        if row is None:
            return self
        text = self._open(row)
        return None if text is None else json.loads(text)

    def __set__(self, row: object, value: Any) -> None:
        self._seal(
            row, None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
        )


class SealedBytes(_Sealed):
    """Bytes as an attribute, sealed in their column: a finished document."""

    @overload
    def __get__(self, row: None, owner: type) -> "SealedBytes": ...
    @overload
    def __get__(self, row: object, owner: type) -> bytes: ...
    def __get__(self, row: object | None, owner: type) -> "SealedBytes | bytes":
        if row is None:
            return self
        return key_ring().open_bytes(getattr(row, self.column), self._bound_to(row))

    def __set__(self, row: object, content: bytes) -> None:
        setattr(row, self.column, key_ring().seal_bytes(content, self._bound_to(row)))
