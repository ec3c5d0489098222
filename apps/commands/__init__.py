"""Commands of `puls`, one file per command; cli.py registers them."""
