"""The channel's signing keys: real RS256, published as JWKS with endorsements, and turned on demand."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from jwt.algorithms import RSAAlgorithm


@cache
def make_private_key(number: int) -> rsa.RSAPrivateKey:
    """Making a key takes a tenth of a second, so each number's is made once in a process."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def encode(document: dict[str, Any]) -> str:
    return encode_bytes(json.dumps(document).encode())


def encode_bytes(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@dataclass(slots=True)
class SigningKey:
    key_id: str
    private: rsa.RSAPrivateKey
    endorsements: list[str]

    def published(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return {**document, "kid": self.key_id, "use": "sig", "endorsements": self.endorsements}


class KeyRing:
    def __init__(self) -> None:
        self._turned = 0
        self.current = self._make()

    def rotate(self) -> SigningKey:
        """From now on another key signs, and the old one is published no more."""
        self._turned += 1
        self.current = self._make()
        return self.current

    def published(self) -> dict[str, Any]:
        return {"keys": [self.current.published()]}

    def sign(self, claims: dict[str, Any], key: SigningKey | None = None, **header: Any) -> str:
        """Whatever it says: a library would refuse to write the tokens that a bot must refuse to read."""
        key = key or self.current
        signed = f"{encode({'alg': 'RS256', 'typ': 'JWT', 'kid': key.key_id, **header})}.{encode(claims)}"
        signature = key.private.sign(signed.encode(), PKCS1v15(), SHA256())
        return f"{signed}.{encode_bytes(signature)}"

    def _make(self) -> SigningKey:
        return SigningKey(f"key-{self._turned}", make_private_key(self._turned % 3), ["msteams"])
