"""What the work view of device alarms asks (domain 3, O5; 4.10, rows 9.1 and 9.4): SQL texts.

Read from the entity rows themselves, so that an alarm is on the screen when it has been folded. `{at}` is the
reader's own now: an alarm waits whether sources are heard or not. Whom a device belongs to never leaves the
warehouse; devices and alarms are called by a few signs of a hash of their pseudonym.
"""

from __future__ import annotations

from typing import Final

from warehouse.shown import UNITS, key_of

KEY: Final = key_of("p.alarm")
SILENT_H: Final = 24
"""Hours without a sign of life after which a device is silent (domain 7.4, D1m)."""
LIMIT_S: Final = 30 * 60
"""An alarm that waits longer has waited for too long, as in metric `open_alarms_over_limit`."""
REFILL_DAYS: Final = 14
"""Calendar days after which a device should have been filled again (domain 7.4, D7m)."""
_DAY: Final = "INTERVAL 24 HOUR"

_ALARMS: Final = f"""
SELECT p.entity AS entity, {KEY} AS key, if(p.device = '', '', {key_of("p.device")}) AS device_key,
       p.device AS device, p.unit AS unit, p.about AS about, p.state AS state, p.raised_at AS raised_at,
       p.acknowledged_at AS acknowledged_at, p.handled_at AS handled_at, p.how AS how,
       greatest(0, dateDiff('second', p.raised_at, coalesce(p.handled_at, {{at:DateTime64(6)}}))) AS waited_s
FROM device_alarms_now AS p
WHERE p.municipality = {{municipality:String}} AND {UNITS}
  AND (p.state != 'handled' OR p.handled_at > {{at:DateTime64(6)}} - {_DAY})"""

_FITS: Final = """
    ({unit:String} = '' OR unit = {unit:String}) AND ({about:String} = '' OR about = {about:String})
    AND ({search:String} = '' OR startsWith(device_key, {search:String}))"""

_ANSWERS: Final = {
    "open": "state != 'handled'",
    "unacknowledged": "state = 'open'",
    "over": f"state != 'handled' AND waited_s > {LIMIT_S}",
    "acknowledged": "state = 'acknowledged'",
    "handled": "state = 'handled'",
}
"""The questions, each as a condition on a row."""

ALARMS: Final = f"""
SELECT * EXCEPT device FROM ({_ALARMS})
WHERE {_FITS} AND multiIf({
    ", ".join(f"{{question:String}} = '{name}', {holds}" for name, holds in _ANSWERS.items())
}, 0)
ORDER BY waited_s DESC, key"""
"""Alarms that answer one question, those that have waited longest first."""

COUNTS: Final = f"""
SELECT {", ".join(f"countIf(fits AND {holds}) AS {name}" for name, holds in _ANSWERS.items())},
       maxIf(waited_s, fits AND state != 'handled') AS longest_s,
       arraySort(groupUniqArray(unit)) AS units, arraySort(groupUniqArray(about)) AS abouts
FROM (SELECT *, {_FITS} AS fits FROM ({_ALARMS}))"""
"""How many alarms each question has under the filters, and what the filters can choose among."""

_DEVICES: Final = f"""
SELECT p.entity AS entity, {key_of("p.device")} AS device_key, p.unit AS unit, p.device_type AS device_type,
       if(s.last_at > p.installed_at, s.last_at, NULL) AS heard_at, p.installed_at AS installed_at,
       dateDiff('second', coalesce(heard_at, p.installed_at), {{at:DateTime64(6)}}) AS silent_s
FROM device_lives AS p
LEFT JOIN
(
    SELECT device, max(last_at) AS last_at FROM device_signs
    WHERE municipality = {{municipality:String}} GROUP BY device
) AS s ON s.device = p.device
WHERE p.municipality = {{municipality:String}} AND {UNITS}
  AND ({{unit:String}} = '' OR p.unit = {{unit:String}})
  AND p.installed_at <= {{at:DateTime64(6)}} AND p.removed_at > {{at:DateTime64(6)}}"""
_IS_SILENT: Final = f"silent_s >= {SILENT_H * 3600}"

SILENT: Final = f"""
SELECT * FROM ({_DEVICES})
WHERE {_IS_SILENT}
ORDER BY silent_s DESC, device_key"""
"""Devices in homes that have not been heard for a day, longest first."""

DEVICES: Final = f"SELECT count() AS active, countIf({_IS_SILENT}) AS silent FROM ({_DEVICES})"
"""How many devices are in homes, and how many of them are silent."""

UNFILLED: Final = f"""
SELECT * EXCEPT last_at FROM
(
    SELECT p.entity AS entity, {key_of("p.device")} AS device_key, p.unit AS unit,
           p.device_type AS device_type, p.installed_at AS installed_at,
           arrayFilter(r -> r <= {{at:DateTime64(6)}}, p.refills)[-1] AS last_at,
           if(last_at > p.installed_at, toNullable(last_at), NULL) AS filled_at,
           dateDiff('day', toDate32(toTimeZone(coalesce(filled_at, p.installed_at), {{zone:String}})),
                    toDate32(toTimeZone({{at:DateTime64(6)}}, {{zone:String}}))) AS days
    FROM device_lives AS p
    WHERE p.municipality = {{municipality:String}} AND {UNITS}
      AND ({{unit:String}} = '' OR p.unit = {{unit:String}})
      AND p.installed_at <= {{at:DateTime64(6)}} AND p.removed_at > {{at:DateTime64(6)}}
      AND p.device_type IN (SELECT device_type FROM device_lives
                            WHERE municipality = {{municipality:String}} AND notEmpty(refills))
)
WHERE days > {REFILL_DAYS}
ORDER BY days DESC, device_key"""
"""Devices in homes that have not been filled for too long, longest first: what metric
`refilled_on_time_share` (D7m) counts as late, of the kinds that are filled at all. filled_at: null where it
never was in this home.
"""

_OWN: Final = f"""
SELECT p.entity AS entity, p.device AS device FROM device_alarms_now AS p
WHERE p.municipality = {{municipality:String}} AND {UNITS}
  AND length({{key:String}}) = 12 AND {KEY} = {{key:String}}"""

HISTORY: Final = f"""
SELECT entity, toString(id) AS fact, recorded_at, body FROM events FINAL
WHERE topic = 'devices' AND municipality = {{municipality:String}}
  AND entity IN (SELECT entity FROM ({_OWN}))
ORDER BY recorded_at, entity, fact"""
"""Every version of every fact about one alarm, as it came."""

EARLIER: Final = f"""
SELECT p.entity AS entity, {KEY} AS key, p.about AS about, p.state AS state, p.raised_at AS raised_at,
       p.how AS how
FROM device_alarms_now AS p
WHERE p.municipality = {{municipality:String}} AND {UNITS} AND p.device != ''
  AND p.device IN (SELECT device FROM ({_OWN})) AND p.raised_at > {{at:DateTime64(6)}} - INTERVAL 30 DAY
  AND key != {{key:String}}
ORDER BY p.raised_at DESC LIMIT 20"""
"""Other alarms of the same device in the last thirty days, newest first."""
