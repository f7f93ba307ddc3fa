"""Which state of this program something was made by: what is kept from run to run is named after it."""

import hashlib
from functools import cache as once
from pathlib import Path

import numpy as np

__all__ = ["engine_digest"]

_PACKAGE = Path(__file__).resolve().parent


@once
def engine_digest(*folders: str) -> str:
    """Return a digest of our code, of all of it or of some folders, and of NumPy, whose generators may change."""
    digest = hashlib.sha256(f"numpy {np.__version__}".encode())
    for folder in folders or ("",):
        for source in sorted((_PACKAGE / folder).rglob("*.py")):
            digest.update(source.relative_to(_PACKAGE).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()
