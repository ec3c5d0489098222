"""Keeps rows, computes and publishes figures."""
