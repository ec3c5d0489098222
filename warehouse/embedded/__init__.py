"""ClickHouse's engine for one machine: its HTTP protocol in front of chDB, in a process of its own.

chDB lets one process open a folder; through this server workers, screens, checks and notebooks share that
one store, and nobody else in the code knows that it is not a ClickHouse server.
Start: `python -m warehouse.embedded --port 8123 --data DIR`.
"""
