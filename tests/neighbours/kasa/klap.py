"""KLAP v2, the device's side: two handshakes that prove both know the owner's account, then sealed requests.

Seeds are 16 random bytes; the owner is sha256(sha1(name) + sha1(password)). Of both seeds and the owner come the AES
key ("lsk"), the first bytes of the vectors ("iv") and what seals are made with ("ldk"). Each request carries a number
one higher than the last, which ends the vector and is in the seal.
"""

import hashlib
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

SEED_BYTES: Final = 16
SEAL_BYTES: Final = 32
BLOCK_BITS: Final = 128


class KlapError(Exception):
    """What came is not what the owner would have sent now."""


def owner_of(name: str, password: str) -> bytes:
    """Return what stands for an account on the wire; the account itself never does."""
    names, passwords = (hashlib.sha1(text.encode(), usedforsecurity=False).digest() for text in (name, password))
    return _sha256(names, passwords)


@dataclass(slots=True)
class Session:
    """What one client and the plug have agreed upon."""

    theirs: bytes
    ours: bytes
    owner: bytes
    proven: bool = False
    _number: int | None = None

    @property
    def greeting(self) -> bytes:
        """The answer to the first handshake: our seed, and the proof that the owner is known."""
        return self.ours + _sha256(self.theirs, self.ours, self.owner)

    def prove(self, proof: bytes) -> None:
        """Take the second handshake; raise KlapError unless it proves that the client knows the owner."""
        if not compare_digest(proof, _sha256(self.ours, self.theirs, self.owner)):
            raise KlapError("another account")
        self.proven = True

    def open(self, number: int, sealed: bytes) -> bytes:
        """Return what was asked; raise KlapError where it was not sealed with this number, or the number is old."""
        seal, closed = sealed[:SEAL_BYTES], sealed[SEAL_BYTES:]
        if not self.proven or number <= (self._first if self._number is None else self._number):
            raise KlapError("not this session's next request")
        if not compare_digest(seal, self._seal(number, closed)):
            raise KlapError("a broken seal")
        self._number = number
        decryptor, unpadder = self._cipher(number).decryptor(), PKCS7(BLOCK_BITS).unpadder()
        try:
            return unpadder.update(decryptor.update(closed) + decryptor.finalize()) + unpadder.finalize()
        except ValueError as error:
            raise KlapError("not of whole blocks") from error

    def close(self, number: int, answer: bytes) -> bytes:
        """Return an answer, sealed with the number of what it answers."""
        encryptor, padder = self._cipher(number).encryptor(), PKCS7(BLOCK_BITS).padder()
        closed = encryptor.update(padder.update(answer) + padder.finalize()) + encryptor.finalize()
        return self._seal(number, closed) + closed

    @property
    def _first(self) -> int:
        return int.from_bytes(self._derive(b"iv")[-4:], signed=True)

    def _derive(self, label: bytes) -> bytes:
        return _sha256(label, self.theirs, self.ours, self.owner)

    def _seal(self, number: int, closed: bytes) -> bytes:
        return _sha256(self._derive(b"ldk")[:28], number.to_bytes(4, signed=True), closed)

    def _cipher(self, number: int) -> Cipher[modes.CBC]:
        vector = self._derive(b"iv")[:12] + number.to_bytes(4, signed=True)
        return Cipher(algorithms.AES(self._derive(b"lsk")[:16]), modes.CBC(vector))


def _sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
