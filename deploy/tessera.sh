#!/bin/sh
# The command line inside the container: docker compose exec tessera tessera doctor
exec node --enable-source-maps /opt/tessera/app/dist/server/cli.js "$@"
