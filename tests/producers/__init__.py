"""Tests of the producers room."""
