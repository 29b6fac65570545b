#!/bin/sh
# Makes the passwords of the stack and the key ring of the masks, once; nothing is overwritten.
set -eu
cd "$(dirname "$0")"
umask 077
random() {
    head -c 32 /dev/urandom | base64 | tr -d '\n'
}
mkdir -p secrets
if [ ! -e .env ]; then
    {
        printf 'STORE_PASSWORD=%s\n' "$(random | tr -d '/+=')"
        printf 'CATALOG_PASSWORD=%s\n' "$(random | tr -d '/+=')"
    } >.env
fi
if [ ! -e secrets/mask-keys ]; then
    printf 'meshwright-key-ring 1\ncurrent 1\nkey 1 %s\n' "$(random)" >secrets/mask-keys
    # Trino's image runs as a user of its own
    chmod 644 secrets/mask-keys
fi
