"""Secrets that the work views make for themselves: one file each under `<home>/secrets`, mode 0600, kept."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from schemas.errors import Misconfigured


def kept(home: Path, name: str) -> str:
    """The secret of this name, made when it is missing or its writing was cut short. Raises Misconfigured."""
    file = home / "secrets" / name
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists() or not file.stat().st_size:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as opened:
                opened.write(secrets.token_urlsafe(48) + "\n")
        return file.read_text().strip()
    except OSError as error:
        raise Misconfigured(f"the secret {file} cannot be kept: {error.strerror}") from error
