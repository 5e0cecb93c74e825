# README's two commands are `make run` and `make test`; the others are for those who change the code.
# Everything that is missing is installed here and nowhere else.

SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
BUILD := .build/release
export SWIFT_BACKTRACE ?= enable=no

PACKAGES := g++ libarchive-dev libbrotli-dev libcld2-dev libcurl4-openssl-dev libsqlite3-dev libssl-dev libuchardet-dev libxml2-dev libyajl-dev libyaml-dev \
  libzstd-dev pkg-config python3 zlib1g-dev

.PHONY: run build test deps lint format gazetteer train-clean train-entities ablate-entities train-sentences bench bench-sentences bench-entities bench-clean bench-fetch asan tsan fuzz docs install uninstall clean golden smoke

run: build
	$(BUILD)/pipeline run pipelines/edm.yml || [ $$? -eq 3 ]

build: deps
	$(SWIFT) build -c release --product pipeline

test: deps
	$(SWIFT) test -c release --parallel

# Installs what is missing, and asks for nothing where nothing is.
deps:
	@./.ci/deps $(PACKAGES)

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Benchmarks Sources Plugins Tests

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Benchmarks Sources Plugins Tests

# Writes the golden files of the tests anew; read the diff before you commit it.
golden: deps
	RECORD_GOLDEN=1 $(SWIFT) test -c release --parallel; git diff --stat -- Tests

# The whole job beside its Python equivalent; needs the data set: make bench PIPELINE_DATA=../shared
bench: build
	python3 Benchmarks/whole_job.py

# Sentences and words beside six peers', scored and timed: make bench-sentences PIPELINE_DATA=../shared
# The packages are what PyICU is built with; without them its row says why it is missing.
bench-sentences: deps
	@./.ci/deps g++ libicu-dev pkg-config python3-dev python3-pip || true
	$(SWIFT) build -c release --product Bench
	python3 Benchmarks/sentences.py

# Entities beside spaCy's, scored and timed: make bench-entities PIPELINE_DATA=../shared
bench-entities: deps
	@./.ci/deps python3-pip || true
	$(SWIFT) build -c release --product Bench
	python3 Benchmarks/entities.py

# Pages beside the peers that PyPI has, scored and timed, and libxml2's own pace: make bench-clean PIPELINE_DATA=../shared
bench-clean: deps
	@./.ci/deps python3-pip || true
	$(SWIFT) build -c release --product Bench
	python3 Benchmarks/clean.py

# Ten thousand small pages from nginx on loopback, by ours, wget, curl, Scrapy and trafilatura, and lists
# of addresses parsed beside lxml and feedparser: make bench-fetch
bench-fetch: build
	@./.ci/deps curl nginx-light python3-pip python3-venv wget || true
	$(SWIFT) build -c release --product Bench
	python3 Benchmarks/fetch.py

# Compiles the tables of names into the file that `entities` maps, and puts it beside the program; a test tells when the
# file is older than the tables.
gazetteer: build
	$(BUILD)/pipeline gazetteer --tables Plugins/Entities/Data --out Plugins/Entities/Model/entities.gazetteer
	$(SWIFT) build -c release --product pipeline

# Trains the model of `clean` anew and scores it on pages of sites that it has not seen; Plugins/Clean/Model/README.md
# is its card.
train-clean: deps
	$(SWIFT) build -c release --product Bench
	$(BUILD)/Bench train-pages $(PIPELINE_DATA)/data/extraction Plugins/Clean/Model/clean.model
	python3 Benchmarks/clean_unseen.py
	$(SWIFT) build -c release --product pipeline

# Trains the model of `sentences` anew; Plugins/Sentences/Model/README.md is its card.
train-sentences: build
	$(BUILD)/pipeline train sentences --hold-out 50 --patience 10 \
	  --data $(PIPELINE_DATA)/data/sentences/ewt_train.jsonl.gz \
	  $(PIPELINE_DATA)/data/syntax/gum_open-ud-train.conllu.gz $(PIPELINE_DATA)/data/syntax/gum_more-ud-train.conllu.gz \
	  $(PIPELINE_DATA)/data/entities/train/crossner_politics_traindev.jsonl.gz \
	  $(PIPELINE_DATA)/data/entities/train/crossner_other.jsonl.gz $(PIPELINE_DATA)/data/entities/train/docred.jsonl.gz \
	  --out Plugins/Sentences/Model/sentences-en.model

# Trains the model of `entities` anew; Plugins/Entities/Model/README.md is its card.
ENTITY_SETS := btc crossner_other crossner_politics_traindev docred gum_more gum_open litbank uner_ewt_train wnut17_traindev
train-entities: build
	$(BUILD)/pipeline train entities --hold-out 50 --rounds 8 \
	  --set clusters=$(abspath $(PIPELINE_DATA))/data/entities/word_clusters.tsv.gz \
	  --data $(ENTITY_SETS:%=$(PIPELINE_DATA)/data/entities/train/%.jsonl.gz) \
	  --doubtful $(PIPELINE_DATA)/data/entities/train/amalgum_news.jsonl.gz \
	  --out Plugins/Entities/Model/entities-en.model

# What each set and each group of features is worth to it; a quarter of an hour.
ablate-entities: build
	python3 Benchmarks/entity_ablations.py

asan: deps
	$(SWIFT) test --sanitize=address --scratch-path .build/asan --parallel

tsan: deps
	$(SWIFT) test --sanitize=thread --scratch-path .build/tsan --parallel

# The table of stages in README.md, made from the code.
docs: build
	.ci/readme-table

# Random documents, mutated from the samples: through every annotator, texts through the splitter of sentences alone, and
# pages through clean alone, half of the seconds each; FUZZ_SECONDS=600 for longer. swiftc's own choice of counters is
# none that libFuzzer knows, so that without ours it would see no coverage.
FUZZ_SECONDS ?= 120
FUZZ := PIPELINE_FUZZ=1 $(SWIFT) build -c release --sanitize=fuzzer --sanitize=address --scratch-path .build/fuzz \
  -Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table
FUZZER := -max_total_time=$$(($(FUZZ_SECONDS) / 2)) -timeout=20 -rss_limit_mb=2048 -max_len=65536 -artifact_prefix=.build/fuzz/
fuzz: deps
	$(FUZZ) --product Fuzz
	$(FUZZ) --product FuzzClean
	mkdir -p .build/fuzz/corpus .build/fuzz/pages
	.build/fuzz/release/Fuzz $(FUZZER) .build/fuzz/corpus samples/edm samples/xml samples/text \
	  Tests/SentencesStageTests/Data/fuzz
	.build/fuzz/release/FuzzClean $(FUZZER) .build/fuzz/pages samples/edm samples/xml Tests/CleanStageTests/Data/fuzz

smoke: build
	.ci/smoke

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -d $(DESTDIR)$(PREFIX)/share/pipeline
	install -m 755 $(BUILD)/pipeline $(DESTDIR)$(PREFIX)/bin/pipeline
	install -m 644 $(BUILD)/pipeline_*Stage.resources/*.{model,gazetteer} NOTICE $(DESTDIR)$(PREFIX)/share/pipeline/
	$(BUILD)/pipeline completions bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/pipeline
	$(BUILD)/pipeline completions zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_pipeline
	$(BUILD)/pipeline completions fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/pipeline.fish

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/share/pipeline
	rm -f $(DESTDIR)$(PREFIX)/bin/pipeline $(DESTDIR)$(PREFIX)/share/bash-completion/completions/pipeline \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_pipeline $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/pipeline.fish

clean:
	rm -rf .build out
