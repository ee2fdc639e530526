#!/bin/sh
# Start the office on this machine: start.sh PORT. Data lives in var/ only.
set -eu
cd "$(dirname "$0")/.."
port=$1

mkdir -p var/log var/cache var/instance var/filestorage var/blobstorage
grep -qx "fast-listen = 127.0.0.1:$port" parts/instance/etc/wsgi.ini ||
    .venv/bin/buildout -q -N "instance:http-address=127.0.0.1:$port"

# The accounts are written last, so a founding that was broken off goes on here.
[ -f var/demo-accounts.txt ] || bin/instance run instance/create-demo.py

address="http://localhost:$port/eakte"
(
    .venv/bin/python instance/wait.py "$port" &&
        printf '\n  %s\n\n' "$address" && cat var/demo-accounts.txt &&
        printf '\n  The system administrator (configures everything, reads no content): admin, admin\n  Ctrl-C stops.\n\n'
) &
exec bin/instance console
