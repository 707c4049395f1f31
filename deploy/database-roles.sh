#!/bin/sh
# Runs once, when the database server makes its first database: an owner who may change tables, and the plain role of the application.
set -eu
psql --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
  --set=owner_password="$OWNER_PASSWORD" --set=app_password="$APP_PASSWORD" <<'SQL'
create role tessera_owner login password :'owner_password';
create role tessera_app login password :'app_password';
create database tessera owner tessera_owner encoding 'UTF8' template template0;
revoke connect on database tessera from public;
grant connect on database tessera to tessera_app;
SQL
