#!/bin/sh
# Runs once, on an empty data directory: the role the server runs as. The migrations give it what it needs.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$ASSAY_APP_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role assay_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'password';
grant connect on database assay to assay_app;
SQL
