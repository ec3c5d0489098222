"""Where the broker is and how to be let in, as the settings say; the client itself is in `publish.py`."""

from __future__ import annotations

import socket
import ssl
from typing import Any, Final

from schemas.errors import Misconfigured, Unavailable
from schemas.settings import Settings

CONNECT_MS: Final = 10_000
KNOCK_S: Final = 5


def connection(settings: Settings) -> dict[str, Any]:
    """Address and security as keyword arguments. Unavailable when no broker is named or there."""
    if not settings.kafka:
        raise Unavailable("No broker: start the hub with ./puls up, or set PULS_KAFKA=host:port")
    _knock(settings)
    common: dict[str, Any] = {
        "bootstrap_servers": settings.kafka.split(","),
        "security_protocol": settings.kafka_security,
        "bootstrap_timeout_ms": CONNECT_MS,
    }
    return common | _encryption(settings) | _credentials(settings)


def _knock(settings: Settings) -> None:
    """See that somebody listens: a client that finds nobody leaves a thread behind, and callers try on."""
    for address in settings.kafka.split(","):
        host, _, port = address.strip().rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK_S).close()
        except ValueError:
            raise Misconfigured(f"PULS_KAFKA: {address!r} is no host:port") from None
        except OSError as error:
            failure: Exception = error
        else:
            return
    raise away(settings, failure) from failure


def _encryption(settings: Settings) -> dict[str, Any]:
    if settings.kafka_security not in ("SSL", "SASL_SSL"):
        return {}
    try:
        return {"ssl_context": ssl.create_default_context(cafile=settings.kafka_ca_file)}
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured(
            f"PULS_KAFKA_CA_FILE: {settings.kafka_ca_file} cannot be read: {error}"
        ) from error


def _credentials(settings: Settings) -> dict[str, Any]:
    if not settings.kafka_security.startswith("SASL"):
        return {}
    if settings.kafka_password_file is None:
        raise Misconfigured("PULS_KAFKA_PASSWORD_FILE is not set, and PULS_KAFKA_SECURITY asks for SASL")
    try:
        password = settings.kafka_password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Misconfigured(f"PULS_KAFKA_PASSWORD_FILE cannot be read: {error}") from error
    return {
        "sasl_mechanism": settings.kafka_sasl_mechanism,
        "sasl_plain_username": settings.kafka_username,
        "sasl_plain_password": password,
    }


def away(settings: Settings, error: Exception) -> Unavailable:
    """The one line for a broker that does not answer."""
    return Unavailable(
        f"Kafka at {settings.kafka} does not answer: {type(error).__name__}. Run again when it does"
    )
