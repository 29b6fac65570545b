"""Makes a database of DuckDB with a view of Parquet files: its file, the view's name, a file that lists the files."""

import sys

import duckdb

database, view, listed = sys.argv[1:]
with open(listed) as lines:
    files = [line.strip() for line in lines]
connection = duckdb.connect(database)
connection.execute(f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM read_parquet({files!r})")
connection.close()
