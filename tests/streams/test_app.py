"""The worker's Faust app is let in at the broker by the settings that the bulk way uses."""

from __future__ import annotations

import ssl
from dataclasses import replace
from pathlib import Path
from typing import Any

import certifi
import pytest
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth

from schemas.errors import Misconfigured
from schemas.settings import Settings
from streams.app import make_app
from streams.security import security


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text("hemligt\n")
    return file


def seen(settings: Settings, **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options of Faust's own clients, as its driver makes them, and those of the bulk way.

    The two contexts are objects of their own: they are told by what they demand and trust.
    """
    settings = replace(settings, kafka="127.0.0.1:9092", kafka_ca_file=Path(certifi.where()), **given)
    conf = make_app(settings).conf
    return (
        _told(dict(credentials_to_aiokafka_auth(conf.broker_credentials, conf.ssl_context))),
        _told(security(settings)),
    )


def _told(options: dict[str, Any]) -> dict[str, Any]:
    context: ssl.SSLContext | None = options.pop("ssl_context", None)
    trust = context and (context.verify_mode, context.check_hostname, len(context.get_ca_certs()))
    return options | {"trust": trust}


def test_without_security_faust_speaks_plainly(warehouse_settings: Settings) -> None:
    ours, bulk = seen(warehouse_settings)
    assert ours == bulk == {"security_protocol": "PLAINTEXT", "trust": None}


def test_tls_is_spoken_with_the_authority_of_the_settings(warehouse_settings: Settings) -> None:
    ours, bulk = seen(warehouse_settings, kafka_security="SSL")
    assert ours == bulk
    assert ours["security_protocol"] == "SSL"
    assert ours["trust"][:2] == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
@pytest.mark.parametrize("protocol", ["SASL_PLAINTEXT", "SASL_SSL"])
def test_sasl_is_spoken_with_the_user_and_mechanism_of_the_settings(
    warehouse_settings: Settings, password: Path, protocol: str, mechanism: str
) -> None:
    ours, bulk = seen(
        warehouse_settings, kafka_security=protocol, kafka_sasl_mechanism=mechanism, kafka_username="puls",
        kafka_password_file=password,
    )  # fmt: skip
    assert ours == bulk
    assert (ours["security_protocol"], ours["sasl_mechanism"]) == (protocol, mechanism)
    assert (ours["sasl_plain_username"], ours["sasl_plain_password"]) == ("puls", "hemligt")
    assert bool(ours["trust"]) == (protocol == "SASL_SSL")


@pytest.mark.parametrize("field", ["kafka_ca_file", "kafka_password_file"])
def test_a_file_that_cannot_be_read_is_one_clear_line(
    warehouse_settings: Settings, password: Path, tmp_path: Path, field: str
) -> None:
    files: dict[str, Any] = {"kafka_ca_file": Path(certifi.where()), "kafka_password_file": password}
    given = files | {field: tmp_path / "gone"}
    settings = replace(warehouse_settings, kafka="127.0.0.1:9092", kafka_security="SASL_SSL", **given)
    with pytest.raises(Misconfigured, match=r"Kafka's certificate or password cannot be read .*gone"):
        make_app(settings)
