"""One frozen settings object, read once in each entry point from `PULS_…` variables and passed down.

A running hub writes its addresses to `<home>/run/hub.json`, so that commands in another shell find it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from schemas.errors import Misconfigured

PREFIX = "PULS_"


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number < 65536:
        raise ValueError("a port is a whole number from 1 to 65535")
    return number


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number <= 0:
        raise ValueError("must be a whole number above 0")
    return number


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError("must be " + ", ".join(allowed[:-1]) + f" or {allowed[-1]}")
        return text

    return read


def _brokers(text: str) -> str:
    """One or more host:port, with commas between."""
    addresses = [address.strip() for address in text.split(",")]
    for address in addresses:
        host, colon, port = address.rpartition(":")
        if not (host and colon) or re.search(r"[\s/@]", host):
            raise ValueError("write host:port, as kafka.example.se:9092; several with commas between")
        _port(port)
    return ",".join(addresses)


def _http_address(text: str) -> str:
    address = urlsplit(text)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError("write http(s)://host:port, as http://clickhouse.example.se:8123")
    if address.netloc.rpartition("]")[2].rpartition(":")[1]:
        _port(address.netloc.rpartition(":")[2])
    return text


def _origin(text: str) -> str:
    address = urlsplit(_http_address(text))
    if address.path.strip("/") or address.query or address.fragment or address.username:
        raise ValueError("write scheme and host alone, as https://puls.example.se")
    return f"{address.scheme}://{address.netloc}"


def _pairs(text: str) -> str:
    for pair in text.split(","):
        name, _, role = pair.rpartition("=")
        if not name.strip() or not role.strip():
            raise ValueError("write name=role, with commas between")
    return text


def _setting(default: Any, what: str, read: Callable[[str], Any] = str) -> Any:
    return field(default=default, metadata={"what": what, "read": read})


@dataclass(frozen=True)
class Settings:
    """What the person who runs the hub decides; each field is the variable `PULS_<NAME>`."""

    home: Path = _setting(Path(".puls"), "folder of all data, keys and logs", Path)
    host: str = _setting("127.0.0.1", "address that the public screens listen on")
    work_host: str = _setting(
        "127.0.0.1", "address that the work views listen on; other than loopback only with OIDC"
    )
    public_port: int = _setting(8501, "port of the public screens", _port)
    work_port: int = _setting(8502, "port of the work views", _port)
    push_host: str = _setting("127.0.0.1", "address that HTTP push listens on; it has no TLS of its own")
    push_port: int = _setting(8503, "port of HTTP push, to which producers send events", _port)
    push_body_bytes: int = _setting(4 << 20, "bytes that one push may have", _positive)
    push_event_bytes: int = _setting(64 << 10, "bytes of one pushed event, 65536 at most", _positive)
    push_batch_events: int = _setting(1_000, "events that one push may have", _positive)
    push_requests_per_minute: int = _setting(600, "pushes per minute and token", _positive)
    push_events_per_minute: int = _setting(60_000, "pushed events per minute and token", _positive)
    push_patience_s: int = _setting(
        10, "seconds that a push waits for its body, and for the broker's answer", _positive
    )
    work_address: str = _setting(
        "", "address that people open the work views at, as https://puls.example.se; for OIDC", _origin
    )
    oidc_metadata: str = _setting(
        "", "discovery document of the OIDC provider that logs people in", _http_address
    )
    oidc_client: str = _setting("", "the work views' client id at the OIDC provider")
    oidc_secret_file: Path | None = _setting(None, "file that holds that client's secret", Path)
    oidc_roles_claim: str = _setting("roles", "claim that holds roles; a dot goes into a claim")
    oidc_roles: str = _setting(
        "", "what the provider calls our roles, as Puls-Ekonomi=economist, with commas between", _pairs
    )
    oidc_municipalities_claim: str = _setting("municipalities", "claim that holds municipality codes")
    oidc_units_claim: str = _setting("units", "claim that holds unit codes, as vuxen, 0780/vuxen or *")
    kafka: str = _setting("", "host:port of an existing Kafka; nothing is started then", _brokers)
    kafka_security: str = _setting(
        "PLAINTEXT", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL",
        _one_of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"),
    )  # fmt: skip
    kafka_sasl_mechanism: str = _setting(
        "SCRAM-SHA-512", "SASL mechanism", _one_of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
    )
    kafka_username: str = _setting("", "SASL user")
    kafka_password_file: Path | None = _setting(None, "file that holds the SASL password", Path)
    kafka_ca_file: Path | None = _setting(None, "file with the authority of Kafka's certificate", Path)
    kafka_partitions: int = _setting(4, "partitions of each source topic", _positive)
    kafka_replication: int = _setting(1, "copies of each topic", _positive)
    warehouse: str = _setting(
        "", "http(s)://host:port of an existing ClickHouse; nothing is started then", _http_address
    )
    warehouse_user: str = _setting("hub", "ClickHouse user of this process")
    warehouse_password_file: Path | None = _setting(None, "file that holds that user's password", Path)
    database: str = _setting("kommunpuls", "ClickHouse database")
    keys: Path | None = _setting(
        None, "folder of pseudonym keys, on the producer's side; default <home>/keys", Path
    )
    history_cache: int = _setting(
        300_000, "events of entity histories that a worker keeps in memory", _positive
    )
    lanes: int = _setting(
        2, "processes in which a worker judges and folds; one per core is enough", _positive
    )
    max_poll_s: int = _setting(
        300, "seconds that a worker may be silent before the broker gives its partitions away", _positive
    )
    batch_at_rest: int = _setting(10_000, "events in a batch when the worker keeps up", _positive)
    batch_behind: int = _setting(30_000, "events in a batch when the worker is behind", _positive)

    @property
    def key_folder(self) -> Path:
        """Where pseudonym keys lie: on the producer's side, never read by worker, publisher or screens."""
        return self.keys or self.home / "keys"

    @property
    def hub_file(self) -> Path:
        """The running hub's addresses, as JSON: kafka, warehouse, public, work, push, pid."""
        return self.home / "run" / "hub.json"


def known() -> dict[str, str]:
    """Every variable that the hub reads, with what it says."""
    return {PREFIX + f.name.upper(): f.metadata["what"] for f in fields(Settings)}


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings; addresses that are not set are those of the running hub in the same home, if any.

    Raises Misconfigured that names every unknown variable, with the known ones, and every bad value.
    """
    given = {name: text for name, text in environ.items() if name.startswith(PREFIX)}
    by_variable = {PREFIX + f.name.upper(): f for f in fields(Settings)}
    unknown = sorted(given.keys() - by_variable.keys())
    faults = [f"{name} is not a setting" for name in unknown]
    values: dict[str, Any] = {}
    for name in sorted(given.keys() & by_variable.keys()):
        setting = by_variable[name]
        if given[name] == "":
            continue
        try:
            values[setting.name] = setting.metadata["read"](given[name])
        except ValueError as error:
            faults.append(f"{name}={given[name]!r}: {error}")
    if faults:
        known_ones = ". Known settings: " + ", ".join(sorted(by_variable)) if unknown else ""
        raise Misconfigured("; ".join(faults) + known_ones)
    values["home"] = Path(values.get("home", Settings.home)).absolute()
    return Settings(**(_running(values["home"]) | values))


def _running(home: Path) -> dict[str, Any]:
    """Addresses and credentials of the hub that runs in this home, {} when none does."""
    try:
        hub = json.loads((home / "run" / "hub.json").read_bytes())
    except (OSError, ValueError):
        return {}
    running: dict[str, Any] = {key: hub[key] for key in ("kafka", "warehouse") if hub.get(key)}
    if hub.get("warehouse_password_file"):
        running["warehouse_password_file"] = Path(hub["warehouse_password_file"])
    return running
