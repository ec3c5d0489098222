"""Who may see what in the work views: roles, logins, sessions, and the audit log. Deny by default.

For whoever writes a page. (1) `table.toml`: `[pages.<name>]` says its class and roles, `[queries.<name>]`
which role may run a query from it. (2) `warehouse/restricted.py`: the query's SQL. (3) `apps/work_pages.py`:
one line. Then in the page:

    from apps.access.reader import reader

    read = reader("placeringar")           # in each run and fragment; ends the run when it may not be
    town = read.municipality(st.query_params.get("kommun"))  # one of the login's; its first if none is said
    rows = read.rows("placed", {"cause": "abuse"}, municipality=town)       # audited, then given out
    rows = read.rows("placed", {"cause": "abuse"}, municipality=town, units=["vuxen"])       # narrower
    read.units(town)                       # unit codes of the login, None for every unit
    read.may("prices")                     # whether to show a table at all

Keep no rows in a cache that outlives the run: each view is a read of its own, with its own row in the log. An
export says `read.rows(…, act="export")`. A page that asks by itself every few seconds keeps a `Watch` in its
session and says `read.watched(…, watch, municipality=town)`: one row per view, and one whenever somebody new
is given out.
"""
