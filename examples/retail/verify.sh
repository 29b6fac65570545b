#!/bin/sh
# Is the mesh healthy, end to end? Five steps on the example of this folder, each with the command that a team would run.
#
#   verify.sh              all steps; exit 0 when each of them holds, 1 when one does not, 2 when one cannot be checked
#   verify.sh --step N     step N alone
#   verify.sh --broken N   step N alone, on its broken twin in broken/: must exit 1
#
# Works in a folder of its own, which it removes, with a local Trino of its own, which it ends.
set -u

example=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
step=all
broken=
case "${1-} ${2-}" in
    ' ') ;;
    '--step '[1-5]) step=$2 ;;
    '--broken '[1-5]) step=$2 broken=yes ;;
    *)
        sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac

# MESH names another command than the one beside the example.
if [ -n "${MESH-}" ]; then
    mesh=$MESH
elif [ -x "$example/../../mesh" ]; then
    mesh=$example/../../mesh
elif [ -x "$example/../../bin/mesh" ]; then
    mesh=$example/../../bin/mesh
else
    mesh=mesh
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/mesh-verify.XXXXXX") || exit 2
finish() {
    status=$?
    trap - EXIT
    (cd "$work" && [ -d .mesh/trino ] && "$mesh" down --quiet >/dev/null)
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cp -R "$example"/. "$work"
rm -rf "$work/.mesh" "$work/.mesh-demo"
cd "$work" || exit 2

failed=0
unknown=0
# Runs a command and says whether step $1 holds.
check() {
    number=$1 title=$2
    shift 2
    printf '\n== %s. %s\n$ mesh %s\n' "$number" "$title" "$*"
    "$mesh" "$@"
    code=$?
    if [ "$code" -eq 0 ]; then
        echo "ok $number"
    elif [ "$code" -eq 1 ]; then
        echo "NOT OK $number (exit code 1)"
        failed=1
    else
        echo "NOT OK $number (exit code $code: it could not be checked)"
        unknown=1
    fi
}
pending() {
    echo "pending: $1"
}
wanted() {
    [ "$step" = all ] || [ "$step" = "$1" ]
}
# Runs a command that prepares a step; without it nothing can be said.
prepare() {
    "$mesh" "$@" --quiet >"$work/prepare.log" 2>&1 || {
        cat "$work/prepare.log" >&2
        echo "verify.sh: cannot prepare: mesh $*" >&2
        exit 2
    }
}

product=orders/data-products/order-events
contracts=$product/contracts
orders=verify/orders.sql
specification=$product/dataproduct.yaml
proposal=$contracts/order-events.v3-proposed.yaml
if [ -n "$broken" ]; then
    case $step in
        1) specification=broken/1-kafka-port-without-contract/dataproduct.yaml ;;
        3) proposal=broken/3-proposal-with-unknown-type/order-events.v3-proposed.yaml ;;
        4) specification=broken/4-product-that-cannot-register/dataproduct.yaml ;;
        5) orders=broken/5-stale-orders.sql ;;
    esac
fi

if wanted 1; then
    check 1 'The specification satisfies the global rules' product validate "$specification"
    pending 'policies of the guild in Rego (mesh policy check); the built-in rules are checked'
fi

if wanted 3; then
    check 3 'A proposed change breaks no consumer' contract lint "$contracts/order-events.v2.yaml" "$proposal"
    pending 'the comparison with registered consumers (mesh contract changelog); both contracts are checked by themselves'
fi

if wanted 4; then
    if [ -n "$broken" ]; then
        check 4 'The product is discoverable and addressable' product apply "$specification"
    else
        prepare product apply "$specification"
        check 4 'The product is discoverable and addressable' catalog get orders.order-events --show contract,sla
        check 4 'A consumer finds it by a word of its description' catalog search cancelled
    fi
    pending 'the lineage section'
fi

if wanted 2 || wanted 5; then
    prepare product apply "$product/dataproduct.yaml"
    prepare up --detach
    prepare sql --user paul "$(cat "$orders")"
    if wanted 2; then
        [ -z "$broken" ] || prepare sql --user paul "$(cat broken/2-negative-total.sql)"
        check 2 'The live output port matches its contract' contract test "$contracts/order-events.v2.yaml" --server iceberg-curated
    fi
    if wanted 5; then
        check 5 'The service level is met, not just declared' sla check orders.order-events --slo freshness
    fi
fi

echo
if [ "$unknown" -ne 0 ]; then
    echo 'Whether the mesh is healthy is not known: a step could not be checked.'
    exit 2
fi
if [ "$failed" -ne 0 ]; then
    echo 'The mesh is not healthy.'
    exit 1
fi
echo 'The mesh is healthy.'
