"""Judges data with Great Expectations, in CI and on schedule only."""
