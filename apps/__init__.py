"""Shows figures; cli.py is the composition root."""
