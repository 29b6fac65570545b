"""Tests a product against its contract every morning, with Airflow 2.9 or newer.

Exit codes of the job: 0 is a success. 1 (a finding) and 2 (wrong usage) fail the task at once, since the same data or arguments give the same answer.
3 (it cannot be told) and a job that was killed are tried again.
"""

import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException

PRODUCT = "orders.order-events"
JOBS = os.environ.get("MESH_JOBS_JAR", "/opt/mesh/spark-quality-jobs-all.jar")
CONFIG = os.environ.get("MESH_CONFIG", "/etc/mesh/mesh.yaml")
# shared by the workers: a retry may run on another one
RESULTS = Path(os.environ.get("MESH_RESULTS", "/var/lib/mesh/results"))


def attempt(run: str) -> tuple[str, Path]:
    """A killed attempt left no result and is repeated under its own id, so that it is recorded once; one that ended has recorded that, so the next is another."""
    number = 1
    while (RESULTS / f"{run}-{number}.json").exists():
        number += 1
    return f"{run}-{number}", RESULTS / f"{run}-{number}.json"


@dag(schedule="15 5 * * *", start_date=datetime(2026, 1, 1), catchup=False, tags=["quality"])
def orders_quality():
    @task(retries=3, retry_delay=timedelta(minutes=5), execution_timeout=timedelta(hours=2))
    def contract_test(run_id: str | None = None):
        run, result = attempt("".join(c if c.isalnum() or c in "-." else "-" for c in f"{PRODUCT}-{run_id}"))
        RESULTS.mkdir(parents=True, exist_ok=True)
        code = subprocess.run(
            [
                "spark-submit",
                "--packages", "org.apache.iceberg:iceberg-spark-runtime-4.1_2.13:1.11.0",
                "--class", "io.meshwright.spark.job.ContractTestJob",
                JOBS,
                "--config", CONFIG,
                "--product", PRODUCT,
                "--run-id", run,
                "--result-file", str(result),
            ],
            check=False,
        ).returncode
        if code in (1, 2):
            raise AirflowFailException(f"run {run}: " + ("the product breaks its contract" if code == 1 else "wrong usage, or nothing was checked"))
        if code != 0:
            raise AirflowException(f"run {run}: it cannot be told (exit code {code})")

    contract_test()


orders_quality()
