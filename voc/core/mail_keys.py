"""Whether a key can sign mail. PURE.

The library that signs costs a tenth of a second to import: only a house that has a key pays it.
"""

import hashlib

LEAST_BITS = 1024


def pem_of(written: str) -> bytes:
    """The key as a file has it, also where line breaks were written as \\n, as in many an environment."""
    lines = written.replace("\\n", "\n").replace("\r", "\n").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()).encode()


def speaks_against_key(pem: bytes) -> str:
    """Why no mail can be signed with it, as the end of a sentence; "" where it signs and its own public half agrees."""
    from dkim import crypto

    try:
        key = crypto.parse_pem_private_key(pem)
        public = {name: key[name] for name in ("modulus", "publicExponent")}
        if key["modulus"].bit_length() < LEAST_BITS:
            return f"takes a key of at least {LEAST_BITS} bits, better 2048"
        signature = crypto.RSASSA_PKCS1_v1_5_sign(hashlib.sha256(b"trial"), key)
        holds = crypto.RSASSA_PKCS1_v1_5_verify(hashlib.sha256(b"trial"), bytes(signature), public)
    except Exception:  # the library answers a wrong key in a dozen ways
        holds = False
    return "" if holds else "takes an RSA key in PEM, such as `openssl genrsa 2048` writes"
