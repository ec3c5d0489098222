"""What every query of a work view does alike: who may see a row, what it is called, what stays concealed."""

from __future__ import annotations

from typing import Final

HIDDEN_FORM: Final = "protected_housing"
"""The form of care whose provider and place never leave the warehouse."""
UNITS: Final = "({every_unit:UInt8} = 1 OR has({units:Array(String)}, p.unit))"


def key_of(column: str) -> str:
    """What a row is called in addresses: 12 signs made of its pseudonym; six of them are shown to people."""
    return f"substring(hex(MD5({column})), 1, 12)"
