# Everything that a developer types. `make demo` and `make test` need CPython 3.11-3.13, make, git and a package index.

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DUCKDB2 := .venv-duckdb2
TESTS := $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
unexport PYTHONDONTWRITEBYTECODE  # hundreds of tests start the command anew: compiled once is enough

.PHONY: demo test check lint format types soak bench evaluate dashboard pictures lock test-duckdb2 test-lake test-long clean

demo: $(READY)  ## run the whole pipeline against the recorded sample
	$(BIN)/gigawire demo

test: $(READY)  ## run the tests, a file to each core; what a plain machine lacks (browser, PostgreSQL) is skipped by name
	$(TESTS) -m "not long"

check: $(READY) lint types  ## what CI runs: style, types, tests with no skip allowed, DuckDB 2, evaluation floors
	GIGAWIRE_FAIL_ON_SKIP=1 $(MAKE) test
	$(MAKE) test-duckdb2

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(READY)
	$(BIN)/mypy

test-duckdb2: $(READY) $(DUCKDB2)/.ready  ## the same warehouse code on the next major version of DuckDB
	PYTHONPATH=$(DUCKDB2) $(TESTS) -m "not long" -q tests/warehouse/test_connection.py tests/warehouse/test_macros.py \
		tests/warehouse/test_publish.py tests/warehouse/test_migrations.py

test-long: $(READY)  ## what takes minutes: each place to be killed at alone, more of the lake, Dask and Ray, the dashboard over a large release; needs PostgreSQL and a browser
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-clusters.lock
	$(TESTS) -m long

test-lake: $(READY)  ## the same warehouse tests on DuckLake; needs a PostgreSQL server binary
	GIGAWIRE_TEST_WAREHOUSE=ducklake $(BIN)/pytest -q tests/warehouse/test_load.py tests/warehouse/test_pending.py tests/warehouse/test_checks.py tests/warehouse/test_publish.py

soak: $(READY)  ## 60 feeds with faults at random: 5,600 polls, then two weeks of the service by a simulated clock; ten minutes or more
	GIGAWIRE_SOAK_ROUNDS=100 GIGAWIRE_SOAK_DAYS=14 $(BIN)/pytest -q -s --timeout 3000 tests/hostile/test_soak.py tests/hostile/test_two_weeks.py

bench: $(READY)  ## speed as ratios measured in one run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-peers.lock
	for bench in tests/benchmarks/bench_*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

evaluate: $(READY)  ## accuracy on the labelled sets, into docs/accuracy.md and the README
	$(BIN)/python tests/evaluation/evaluate.py --write

dashboard: $(READY)  ## open what was published
	$(BIN)/gigawire dashboard

pictures: $(READY)  ## every page of the dashboard as docs/pictures/*.png; needs chromium
	$(BIN)/python -m tests.dashboards.pictures

lock:  ## resolve the pins anew (needs uv); DuckDB stays at 1.5.5, see docs/decisions/0002-duckdb.md
	echo 'duckdb==1.5.5' > .constraint
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --constraint .constraint \
		--extra dashboard --extra scale --extra lake --extra dev \
		--no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	echo 'chdb==4.4.0' > .constraint
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --constraint requirements.lock \
		--no-emit-index-url --no-header --no-annotate .constraint -o requirements-peers.lock
	printf 'distributed\nray[client]\n' > .constraint
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --constraint requirements.lock \
		--no-emit-index-url --no-header --no-annotate .constraint -o requirements-clusters.lock
	echo 'duckdb==2.0.0' > .constraint
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate .constraint -o requirements-duckdb2.lock
	rm .constraint

clean:
	rm -rf $(VENV) $(DUCKDB2) data build *.egg-info

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "gigawire needs CPython 3.11, 3.12 or 3.13: install one or run make PYTHON=/path/to/python3.11" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(DUCKDB2)/.ready: requirements-duckdb2.lock $(READY)
	rm -rf $(DUCKDB2)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target $(DUCKDB2) -r requirements-duckdb2.lock
	touch $@
