#!/bin/sh
# Tests a product against its contract once a day, for cron:
#   15 5 * * *  /opt/mesh/quality.sh orders.order-events
# Exits as the job does: 0 fine, 1 a finding, 2 wrong usage, 3 it cannot be told.
# An attempt that was killed is repeated under its own run id, so its results are recorded once. An attempt that came to its end with 3 has recorded
# that, so the next one is another run.
set -u
product=$1
jobs=${MESH_JOBS_JAR:?names the jar of the Spark jobs}
config=${MESH_CONFIG:?names mesh.yaml}
results=${MESH_RESULTS:-/var/lib/mesh/results}
pause=${MESH_RETRY_SECONDS:-300}
mkdir -p "$results"

day=$(date -u +%Y-%m-%d)
attempt=1
for try in 1 2 3; do
    while [ -e "$results/$product-$day-$attempt.json" ]; do
        attempt=$((attempt + 1))
    done
    spark-submit \
        --packages org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.11.0 \
        --class io.meshwright.spark.job.ContractTestJob "$jobs" \
        --config "$config" --product "$product" \
        --run-id "$product-$day-$attempt" --result-file "$results/$product-$day-$attempt.json"
    code=$?
    case $code in
        0 | 1 | 2) exit "$code" ;;
    esac
    [ "$try" = 3 ] || sleep "$pause"
done
exit 3
