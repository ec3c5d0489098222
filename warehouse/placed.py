"""What the work view of placements asks (domain 4.2, rows 1.6–1.12 and 1.28): SQL texts.

`{at}` and `{today}` are the instant and the local day that the data reach to. Where a placement is in
protected housing, its provider and place never leave the warehouse, and no filter can ask for them.
"""

from __future__ import annotations

from typing import Final

from schemas.placements import ContractCreated, InvoiceReceived, RequestSent
from schemas.registry import type_of
from warehouse.invoiced import LINES
from warehouse.shown import HIDDEN_FORM, UNITS, key_of

KEY: Final = key_of("p.placement")

_PAPERS: Final = """
SELECT placement, max(covers) AS is_covered, max(covers AND has_all) AS is_signed,
       max(has_run_out) AS has_ended,
       max(until_on) AS covered_until, max(waits) AS is_waiting,
       maxIf(dateDiff('day', toDate32(coalesce(sent, created_at), {zone:String}), {today:Date32}), waits)
           AS waits_days,
       max(waits AND sent IS NOT NULL) AS is_sent, sumIf(reminded, waits) AS reminders
FROM
(
    SELECT placement, created_at, from_on, until_on,
           if(sent_at <= {at:DateTime64(6)}, sent_at, NULL) AS sent,
           ifNull(signed_at <= {at:DateTime64(6)}, 0) AS has_all,
           ifNull(from_on <= {today:Date32} AND {today:Date32} < until_on, 0) AS covers,
           NOT has_all AND ifNull({today:Date32} < until_on, 0) AS waits,
           ifNull(from_on <= {today:Date32} AND until_on <= {today:Date32}, 0) AS has_run_out,
           arrayCount(x -> x <= {at:DateTime64(6)}, `reminders.at`) AS reminded
    FROM contracts_now WHERE municipality = {municipality:String} AND created_at <= {at:DateTime64(6)}
) GROUP BY placement"""

_PLACED: Final = f"""
SELECT p.entity AS entity, {KEY} AS key, p.placement AS placement, p.who AS who, p.unit AS unit,
       p.age_band AS age_band, p.sex AS sex, p.law AS law, p.target_group AS target_group,
       p.tender_area AS tender_area, p.main_cause AS main_cause, p.framework AS framework,
       p.award_reason AS award_reason, p.start_on AS start_on, p.planned_until_on AS planned_until_on,
       stay.3 AS care_form, care_form = '{HIDDEN_FORM}' AS is_hidden,
       if(is_hidden, '', stay.2) AS provider, if(is_hidden, '', v.located_in) AS located_in,
       if(is_hidden, 0, v.deficiencies) AS deficiencies, price.2 AS daily_kr, price.3 AS extra_kr,
       multiIf(c.is_signed, 'signed', c.is_waiting, 'waiting', c.has_ended, 'ended', 'missing') AS papers,
       papers = 'missing' AS is_missing, c.is_waiting AS is_waiting, ifNull(c.waits_days, 0) AS waits_days,
       c.is_sent AS is_sent, c.reminders AS reminders,
       c.placement != '' AND c.covered_until <= {{today:Date32}} AS is_after_end,
       if(c.placement != '' AND c.covered_until < toDate32('2299-12-31'), c.covered_until - 1, NULL)
           AS last_on,
       c.placement != '' AND last_on IS NULL AS is_open_ended,
       c.is_covered AND last_on IS NOT NULL AS is_expiring,
       p.framework = '' AS is_outside, ifNull(i.deviating, 0) AS deviating
FROM
(
    SELECT *, arrayLast(x -> x.1 <= {{at:DateTime64(6)}},
                        arrayZip(`stays.from`, `stays.provider`, `stays.care_form`)) AS stay,
           arrayLast(x -> x.1 <= {{today:Date32}},
                     arrayZip(`spans.from_on`, `spans.daily_kr`, `spans.extra_kr`)) AS price
    FROM placements_now
    WHERE municipality = {{municipality:String}} AND started_at <= {{at:DateTime64(6)}}
      AND (ended_at IS NULL OR ended_at > {{at:DateTime64(6)}})
) AS p
LEFT JOIN ({_PAPERS}) AS c ON c.placement = p.placement
LEFT JOIN
(
    SELECT provider, located_in,
           arrayCount(x -> x > {{today:Date32}}, `deficiencies.mended_on`) AS deficiencies
    FROM providers_now WHERE municipality = {{municipality:String}}
) AS v ON v.provider = stay.2
LEFT JOIN
(
    SELECT placement, count() AS deviating FROM ({LINES})
    WHERE is_off AND verdict IN ('open', 'disputed')
    GROUP BY placement
) AS i ON i.placement = p.placement
WHERE {UNITS}"""

_FITS: Final = """
    ({care_form:String} = '' OR care_form = {care_form:String})
    AND ({target_group:String} = '' OR target_group = {target_group:String})
    AND ({provider:String} = '' OR provider = {provider:String})
    AND ({place:String} = '' OR located_in = {place:String})
    AND ({search:String} = '' OR startsWith(key, {search:String}))"""

PLACED: Final = f"""
SELECT * FROM ({_PLACED})
WHERE {_FITS} AND multiIf(
    {{question:String}} = 'all', 1, {{question:String}} = 'missing', is_missing,
    {{question:String}} = 'waiting', is_waiting AND waits_days > {{days:Int32}},
    {{question:String}} = 'expiring',
    is_expiring AND dateDiff('day', {{today:Date32}}, last_on) <= {{days:Int32}},
    {{question:String}} = 'after_end', is_after_end,
    {{question:String}} = 'outside',
    is_outside AND ({{reason:String}} IN ('', award_reason)
                    OR {{reason:String}} = 'missing' AND award_reason = ''),
    {{question:String}} = 'invoice', deviating > 0, 0)
ORDER BY start_on DESC, key"""
"""Rows that answer one question."""

COUNTS: Final = f"""
SELECT countIf(fits) AS all, uniqExactIf(who, fits) AS persons, countIf(fits AND is_missing) AS missing,
       countIf(fits AND is_waiting) AS waiting, countIf(fits AND is_waiting AND waits_days > 7) AS waiting_7,
       countIf(fits AND is_waiting AND waits_days > 14) AS waiting_14,
       countIf(fits AND is_waiting AND waits_days > 30) AS waiting_30,
       countIf(fits AND is_expiring AND dateDiff('day', {{today:Date32}}, last_on) <= 30) AS expiring_30,
       countIf(fits AND is_expiring AND dateDiff('day', {{today:Date32}}, last_on) <= 60) AS expiring_60,
       countIf(fits AND is_expiring AND dateDiff('day', {{today:Date32}}, last_on) <= 90) AS expiring_90,
       countIf(fits AND is_after_end) AS after_end, countIf(fits AND is_outside) AS outside,
       countIf(fits AND is_outside AND award_reason = 'full') AS outside_full,
       countIf(fits AND is_outside AND award_reason = 'care_needs') AS outside_care_needs,
       countIf(fits AND is_outside AND award_reason = 'other') AS outside_other,
       countIf(fits AND is_outside AND award_reason = '') AS outside_missing,
       countIf(fits AND deviating > 0) AS invoice,
       arraySort(groupUniqArray(care_form)) AS care_forms,
       arraySort(groupUniqArray(target_group)) AS target_groups,
       arraySort(arrayFilter(x -> x != '', groupUniqArray(provider))) AS providers
FROM (SELECT *, {_FITS} AS fits FROM ({_PLACED}))"""
"""How many rows each question has under the filters, and what the filters can choose among."""

HISTORY: Final = f"""
WITH own AS
(
    SELECT p.entity AS entity, p.placement AS placement FROM placements_now AS p
    WHERE p.municipality = {{municipality:String}} AND {UNITS}
      AND length({{key:String}}) = 12 AND {KEY} = {{key:String}}
)
SELECT entity, toString(id) AS fact, recorded_at, body FROM events FINAL
WHERE topic = 'placements' AND municipality = {{municipality:String}}
  AND (entity IN (SELECT entity FROM own) OR entity IN
      (
          SELECT entity FROM events
          WHERE topic = 'placements' AND municipality = {{municipality:String}}
            AND type IN ('{type_of(ContractCreated)}', '{type_of(RequestSent)}', '{type_of(InvoiceReceived)}')
            AND JSONExtractString(body, 'data', 'placement') IN (SELECT placement FROM own)
      ))
ORDER BY recorded_at, entity, fact"""
"""Every version of every fact about one placement, its contracts, requests and invoices, as it came."""

DEFICIENCIES: Final = f"""
SELECT v.provider AS provider, v.care_form AS care_form,
       if(v.care_form = '{HIDDEN_FORM}', '', v.located_in) AS located_in,
       arraySort(x -> x.2, arrayFilter(x -> x.3 > {{today:Date32}}, arrayZip(
           `deficiencies.about`, `deficiencies.noted_on`, `deficiencies.mended_on`))) AS lacking,
       `frameworks.until_on` AS frameworks_until
FROM providers_now AS v
WHERE municipality = {{municipality:String}}
ORDER BY length(lacking) DESC, provider"""
"""Every provider with what it still has to mend."""
