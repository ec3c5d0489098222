#!/bin/sh
# Users and grants on a ClickHouse server, from the mounted secrets; run once by the image on an empty data folder.
# The public screens see the published layer and nothing else; all that they write is their own sign of life.
# The work views read, and append to the audit log: rights alone say so, as `readonly` would forbid the log as well.
set -eu

run() {
    clickhouse-client --user "$CLICKHOUSE_USER" --password "$(cat /run/secrets/hub)" --query "$1"
}

for user in worker publisher work screens; do
    hash=$(tr -d '\n' < "/run/secrets/$user" | sha256sum | cut -d ' ' -f 1)
    run "CREATE USER IF NOT EXISTS $user IDENTIFIED WITH sha256_hash BY '$hash'"
done

run "GRANT SELECT, INSERT ON kommunpuls.* TO worker"
run "GRANT SELECT, INSERT ON kommunpuls.* TO publisher"
run "GRANT SELECT ON kommunpuls.* TO work"
run "GRANT INSERT ON kommunpuls.audit TO work"
run "GRANT SELECT ON kommunpuls.publications TO screens"
run "GRANT SELECT ON kommunpuls.figures TO screens"
run "GRANT SELECT ON kommunpuls.revisions TO screens"
run "GRANT SELECT ON kommunpuls.governance TO screens"
run "GRANT INSERT ON kommunpuls.screens TO screens"
run "ALTER USER work SETTINGS max_execution_time = 60"
run "ALTER USER screens SETTINGS max_execution_time = 10"
