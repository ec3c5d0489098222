"""Mittköping (code 9999), the model municipality: invented, seeded, with an answer key. Nothing is real."""

from producers.synthetic.filling import fill

__all__ = ["fill"]
