"""How a worker's Kafka clients are let in: by TLS and SASL."""

from __future__ import annotations

import ssl
from typing import Any

from schemas.settings import Settings


def security(settings: Settings) -> dict[str, Any]:
    """Aiokafka's options for TLS and SASL. Raises OSError for a file that cannot be read."""
    options: dict[str, Any] = {"security_protocol": settings.kafka_security}
    if "SSL" in settings.kafka_security:
        options["ssl_context"] = ssl.create_default_context(cafile=settings.kafka_ca_file)
    if settings.kafka_security.startswith("SASL"):
        password = settings.kafka_password_file.read_text().strip() if settings.kafka_password_file else ""
        options |= {
            "sasl_mechanism": settings.kafka_sasl_mechanism,
            "sasl_plain_username": settings.kafka_username,
            "sasl_plain_password": password,
        }
    return options
