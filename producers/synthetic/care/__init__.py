"""Mittköping's hours and devices: home care, staffing, personal assistance and medicine dispensers.

All of it is invented. Truth is drawn first (`clients`, `visits`, `assistance`, `dispensers`), then told, with
faults on purpose; the answer key (`answer_*`) reads what was told, and shares no code with the hub.
"""
