# make run      install what is missing, build, and start the demo
# make test     install what is missing, run every test, print what the drills counted
# make bench    measure
# make check    formatting, vet, staticcheck, and whether generated files are current
# make generate write the generated files anew
# make drill    the long run of kills, interleavings, restoring and fuzzers, with its counts;
#               SHARE=5% FUZZ=1m a part of it
# make schema NAME=reports   keep the schema for the test that brings old ones up; UPTO=6 as of that migration
# make picture  take the picture of the README from the demonstration
# make clean    remove what building and testing left, the tests' Postgres included

# Where a machine gives no home folder, go still needs one for its caches.
ifeq ($(strip $(HOME)),)
export HOME := $(or $(shell getent passwd "$$(id -u)" 2>/dev/null | cut -d: -f6),/tmp)
endif
# The place Go's own installer uses, which some shells do not know.
export PATH := $(PATH):/usr/local/go/bin

# What was built in one folder serves the next clone in another: nothing names where
# it lay. Everything is built that way, so that nothing is built twice.
export GOFLAGS := $(shell go env GOFLAGS 2>/dev/null) -trimpath

# Two cores: two packages at a time, each with two tests at a time: more of them keep the
# cores no busier, and those that watch the clock stumble.
TEST := go run ./internal/database/dbtest/withpostgres go test -p 2 -parallel 2

.PHONY: run build test bench check check-generated generate drill schema picture clean

run:
	@.ci/install run
	@$(MAKE) --no-print-directory build
	@exec bin/danvan demo

build:
	go build -o bin/danvan ./cmd/danvan

# The longest packages begin, and those that mostly wait for a browser come next, so that
# none of them is left over at the end. -vet=all stands in place of a go vet that would
# load every package once more. Compiling takes a fifth less when what it leaves behind is
# collected less often.
test:
	@.ci/install test
	GOGC=400 .ci/counted $(TEST) -vet=all -timeout 15m ./web ./cmd/danvan ./web/ui ./web/reports ./web/plans ./internal/consolidation ./...
	.ci/fuzz 10s 9

bench:
	@.ci/install test
	$(TEST) -timeout 60m -run '^$$' -bench . -benchmem ./...

drill:
	@.ci/install test
	DANVAN_DRILL=$(or $(SHARE),long) .ci/counted $(TEST) -timeout 4h -count 1 -run Drill ./...
	.ci/fuzz $(or $(FUZZ),10m) 2 "$$(go env GOCACHE)/fuzz/danvan"

schema:
	@.ci/install test
	$(TEST) -count 1 -run TestEverySchemaOnceInUse ./internal/database -args -schema.write=$(NAME) $(if $(UPTO),-schema.upto=$(UPTO))

picture:
	@.ci/install test
	DANVAN_PICTURE=$(CURDIR)/web/testdata/overview.png $(TEST) -count 1 -run TakePicture$$ ./web/bench

check: check-generated
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')) && test -z "$$unformatted" || { echo "not formatted: $$unformatted" >&2; exit 1; }
	go vet ./...
	go tool staticcheck ./...

generate:
	go tool templ generate -log-level error

# The generated files are compared with new ones, whatever else has changed.
check-generated:
	@before=$$(git ls-files -co --exclude-standard '*_templ.go' | xargs cat /dev/null | cksum) && \
	$(MAKE) --no-print-directory generate && \
	after=$$(git ls-files -co --exclude-standard '*_templ.go' | xargs cat /dev/null | cksum) && \
	test "$$before" = "$$after" || { echo "generated files were not current; they are now: commit them" >&2; exit 1; }

clean:
	rm -rf bin
	rm -rf "$${XDG_CACHE_HOME:-$$HOME/.cache}/danvan-test" "/dev/shm/danvan-test-$$(id -u)"
	if [ "$$(id -u)" = 0 ]; then rm -rf /var/cache/danvan-test; fi
