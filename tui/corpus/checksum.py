"""Checksum of a record, by which a citation can be compared with the store."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def checksum(document: Any) -> str:
    """Return the first 8 hexadecimal digits of SHA-256 over a JSON value as it stands in the store.

    Order of keys, white space and escapes in the file do not matter; any other difference does. Raises RecursionError.
    """
    return sha256(_encode(document).encode("utf-8", "surrogatepass")).hexdigest()[:8]
