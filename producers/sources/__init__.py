"""One file per source that comes with the hub."""
