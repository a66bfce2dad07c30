"""How 企业微信 encrypts what it sends: written apart from the product's own, from the document."""

import os
import struct
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class Crypt:
    """AES-256-CBC; the key is 43 letters of Base64, its first half is the start vector."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        self.token = token
        self.key = b64decode(aes_key + "=")
        self.receiver = receiver.encode()

    def seal(self, text: str) -> str:
        data = text.encode()
        plain = os.urandom(16) + struct.pack("!I", len(data)) + data + self.receiver
        pad = 32 - len(plain) % 32
        plain += bytes([pad]) * pad
        at_work = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).encryptor()
        return b64encode(at_work.update(plain) + at_work.finalize()).decode()

    def open(self, sealed: str) -> str:
        at_work = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).decryptor()
        plain = at_work.update(b64decode(sealed)) + at_work.finalize()
        plain = plain[: -plain[-1]]
        length = struct.unpack("!I", plain[16:20])[0]
        assert plain[20 + length :] == self.receiver
        return plain[20 : 20 + length].decode()
