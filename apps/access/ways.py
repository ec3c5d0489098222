"""Which way in there is: an OIDC provider, or on loopback the development login. Imports nothing heavy."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from schemas.errors import Misconfigured
from schemas.settings import Settings


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches the address."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def uses_provider(settings: Settings) -> bool:
    """Whether an OIDC provider logs people in. Raises Misconfigured for a way that is open or half said."""
    if settings.oidc_metadata:
        _check_provider(settings)
        return True
    if not is_loopback(settings.work_host):
        raise Misconfigured(
            f"PULS_WORK_HOST={settings.work_host} lets others reach the work views, which then need a login: "
            "set PULS_OIDC_METADATA and its neighbours, or PULS_WORK_HOST=127.0.0.1"
        )
    return False


def _check_provider(settings: Settings) -> None:
    needed = {
        "PULS_OIDC_CLIENT": settings.oidc_client,
        "PULS_OIDC_SECRET_FILE": settings.oidc_secret_file,
        "PULS_WORK_ADDRESS": settings.work_address,
    }
    faults = [f"{name} is missing" for name, value in needed.items() if not value]
    for name, address in (
        ("PULS_OIDC_METADATA", settings.oidc_metadata), ("PULS_WORK_ADDRESS", settings.work_address),
    ):  # fmt: skip
        parts = urlsplit(address)
        if address and parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            faults.append(f"{name}={address} must be https, unless it is on loopback")
    if faults:
        raise Misconfigured("login by OIDC: " + "; ".join(faults))
