# SPDX-License-Identifier: Apache-2.0
#
# make run     gets what is missing, builds, looks at this machine and checks it
# make test    gets what is missing, builds, runs every test
# make demo    a scratch lab that shows every level in under 20 s
# make         builds build/release/
# make install, make deb: packaging/install.mk, packaging/deb.mk
#
# Objects are found by wildcard: a new file needs no edit here. A new probe is a folder under probes/
# and one line in probes/probes.def; its pkg-config names stand in probes/<name>/pkgs.

MODE ?= release
O ?= build
B := $(O)/$(MODE)
PREFIX ?= /usr
LIBEXECDIR ?= $(PREFIX)/libexec/forewarn
LOCALEDIR ?= $(PREFIX)/share/locale
PROVEDIR ?= $(PREFIX)/share/forewarn/prove
PACKDIR ?= $(PREFIX)/share/forewarn/packs
VERSION := 0.1.0

ifeq ($(origin CC),default)
CC := gcc
endif

WARN := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wundef -Wformat=2 -Wwrite-strings \
	-Wstrict-prototypes -Wmissing-prototypes -Wimplicit-fallthrough
# warnings are errors in CI only: a stranger's newer compiler must not stop the build
ifdef CI
WARN += -Werror
endif
# What a compiler takes without a word, else nothing; asked once, with the compiler that is used. An
# attacker's bytes meet: canaries, no stack that jumps over its guard page, jumps only to where jumps
# lead (x86, arm64), no leftovers in automatic variables.
takes = $(shell echo 'int main(void) { return 0; }' | \
	$(CC) -Werror -O2 $(1) -x c -c - -o /dev/null 2>/dev/null && echo '$(1)')
HARDEN = $(eval HARDEN := -fstack-protector-strong -fPIE $$(call takes,-fstack-clash-protection) \
	$$(or $$(call takes,-fcf-protection=full),$$(call takes,-mbranch-protection=standard)) \
	$$(or $$(call takes,-ftrivial-auto-var-init=zero),$$(call takes,-ftrivial-auto-var-init=zero \
	-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang)))$(HARDEN)
ifeq ($(MODE),release)
# 3 needs a compiler that knows sizes as it runs (gcc 12, clang 9) and its libc; either says so
OPT = $(eval OPT := -O2 -g -D_FORTIFY_SOURCE=$$(if $$(call takes,-D_FORTIFY_SOURCE=3 \
	-include stdlib.h),3,2))$(OPT)
endif
ifeq ($(MODE),debug)
OPT := -O0 -g
endif
ifeq ($(MODE),asan)
OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
endif
ifeq ($(MODE),fuzz)
CC := clang
OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
endif

PROBES := $(sort $(patsubst probes/%/spec.c,%,$(wildcard probes/*/spec.c)))
# a second program of a probe, with what the first need not link: a folder with a file `of` that names
# the probe. It has that probe's face and work and its own files, and is taken where spec.program says so
SECOND_PROGRAMS := $(sort $(patsubst probes/%/of,%,$(wildcard probes/*/of)))
WORKERS := $(PROBES) $(SECOND_PROGRAMS)
of = $(or $(shell cat probes/$(1)/of 2>/dev/null),$(1))
pkgs_of = $(shell cat probes/$(1)/pkgs 2>/dev/null)
# a folder that several probes share (probes/net, probes/x509): named in probes/<name>/with. The
# folder of another probe may stand there too: all of it but probes/x/x.c, which has its probe_run
SHARED := $(sort $(foreach p,$(WORKERS),$(shell cat probes/$(p)/with 2>/dev/null)))
srcs_of = $(wildcard probes/$(1)/*.c) $(foreach w,$(shell cat probes/$(1)/with 2>/dev/null),\
	$(filter-out $(if $(filter $(w),$(PROBES)),probes/$(w)/$(w).c),$(wildcard probes/$(w)/*.c))) \
	$(if $(filter $(1),$(SECOND_PROGRAMS)),probes/$(call of,$(1))/$(call of,$(1)).c)

PKGS_forewarn := libconfig smartcols
PKGS_forewarnd := libconfig sqlite3
PKGS_generator := libseccomp
PKGS_forewarn_metrics := libevent_core libevent_extra
PKGS_forewarn_sink := libcurl libcrypto
# the session bus: on the tray alone
PKGS_forewarn_tray := gio-2.0 gio-unix-2.0 libnotify
PKGS_tests := libevent_core libevent_extra libevent_openssl libssl libcrypto
PKGS_ALL := $(sort $(PKGS_forewarn) $(PKGS_forewarnd) $(PKGS_generator) $(PKGS_forewarn_sink) \
	$(PKGS_forewarn_metrics) $(foreach p,$(WORKERS),$(call pkgs_of,$(p))))

TRAY_CFLAGS = $(eval TRAY_CFLAGS := $$(shell packaging/pkgs --cflags $(PKGS_forewarn_tray)))$(TRAY_CFLAGS)
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell packaging/pkgs --cflags $(PKGS_ALL)))$(PKG_CFLAGS)
CPPFLAGS_ALL = -D_GNU_SOURCE -Isrc -I. -I$(B)/gen -include src/banned.h \
	-DFOREWARN_VERSION='"$(VERSION)"' -DFOREWARN_LIBEXECDIR='"$(LIBEXECDIR)"' \
	-DFOREWARN_PACKDIR='"$(PACKDIR)"' -DFOREWARN_PROVEDIR='"$(PROVEDIR)"' $(CPPFLAGS)
# nobody asks errno about a square root, and without it that is one instruction and no libm
CFLAGS_ALL = -std=c17 -fno-math-errno $(OPT) $(WARN) $(HARDEN) $(CFLAGS)
LDFLAGS_ALL = $(OPT) -pie -Wl,--as-needed -Wl,-z,relro,-z,now -Wl,-z,noexecstack $(LDFLAGS)

# V=1 shows the whole commands, otherwise packaging/build counts these lines
ifeq ($(V),)
Q := @
say = @echo "  $(1)	$(2)"
endif

obj = $(patsubst %.c,$(B)/obj/%.o,$(1))

SRC_BASE := $(wildcard src/base/*.c src/model/*.c)
SRC_SCHEMA := src/conf/schema.c src/conf/foreign.c
SRC_CELL := src/cell/job.c src/cell/program.c $(wildcard src/cell/sandbox*.c)
SRC_LIB := $(SRC_BASE) $(wildcard src/conf/*.c src/cell/*.c src/watch/*.c src/judge/*.c src/show/*.c \
	src/tell/*.c)
SRC_STORE := $(wildcard src/store/*.c)
SRC_SPECS := probes/specs.c probes/builtin.c $(wildcard probes/*/spec.c) src/sinks/specs.c src/sinks/host.c \
	src/sinks/webhook/secrets.c $(wildcard src/sinks/*/spec.c) \
	$(foreach p,$(PROBES),$(addprefix probes/$(p)/,$(shell cat probes/$(p)/faces 2>/dev/null))) \
	probes/net/written.c
# the options of every program, their help, and where things are
SRC_FACE := $(wildcard src/face/*.c) src/show/wrap.c
SRC_KINDS := $(wildcard src/kinds/*.c) $(SRC_FACE)
SRC_DAEMON := $(SRC_KINDS) $(wildcard src/daemon/*.c)
SRC_INIT := $(wildcard src/init/*.c src/init/clocks/*.c src/init/readers/*.c)
SRC_PACKS := $(wildcard src/packs/*.c)
SRC_CLI := $(SRC_KINDS) $(wildcard src/cli/*.c) $(SRC_INIT) $(SRC_PACKS)
# what the tray decides needs no desktop; its desk does
SRC_TRAY := $(wildcard src/tray/*.c)
SRC_DESK := $(wildcard src/tray/desk/*.c)
SRC_SINK := $(SRC_BASE) $(SRC_SCHEMA) $(SRC_CELL) src/cell/secret.c \
	$(filter-out %/main.c,$(wildcard src/sinks/*.c src/sinks/*/*.c))
SRC_WORKER := $(SRC_BASE) $(SRC_SCHEMA) $(SRC_CELL) src/cell/secret.c probes/main.c probes/probe.c

# Which objects make which program. What has no sandbox gives no rights away: it asks who does.
SRC_NO_CELL := $(filter-out src/cell/sandbox%,$(SRC_LIB))
OBJS_forewarn := $(call obj,$(sort $(SRC_LIB) $(SRC_SPECS) $(SRC_CLI)))
# the daemon parses nothing foreign and links neither OpenSSL, libcurl nor GLib
OBJS_forewarnd := $(call obj,$(SRC_DAEMON) $(SRC_STORE) $(SRC_SPECS) $(filter-out src/show/%,\
	$(SRC_LIB)))
# all sinks in one: libcurl is what costs, and it hangs on this program only
OBJS_forewarn-sink := $(call obj,$(SRC_SINK) src/sinks/main.c)
OBJS_forewarn-metrics := $(call obj,$(SRC_NO_CELL) $(SRC_SPECS) $(wildcard src/face/*.c src/scrape/*.c))
OBJS_forewarn-tray := $(call obj,$(SRC_BASE) $(SRC_TRAY) $(SRC_DESK) $(SRC_FACE) src/tell/control_wire.c)
# each worker is one executable, so that none carries another's libraries
$(foreach p,$(WORKERS),$(eval OBJS_probe-$(p) := $(B)/obj/self/$(call of,$(p)).o \
	$(call obj,$(SRC_WORKER) $(call srcs_of,$(p)))))

NAMES := forewarn forewarnd forewarn-sink forewarn-metrics forewarn-tray $(WORKERS:%=probe-%)
PROGRAMS := $(NAMES:%=$(B)/%)
# beside the programs, where they are looked for first
PROVES := $(patsubst probes/%/prove,$(B)/prove/%,$(wildcard probes/*/prove))
PACKS := $(patsubst conf/packs/%,$(B)/packs/%,$(wildcard conf/packs/*.conf))

.PHONY: programs all run test demo picture bench check check-sys check-long torture fuzz fuzz-replay layers circles \
	headers format tidy conf clean FORCE
.DEFAULT_GOAL := programs
.SECONDARY:

all: $(PROGRAMS) $(PACKS) $(PROVES) desktop

# one line of progress; + since it is a make, which shares the jobs of this one
BUILD := MAKE='$(MAKE)' B=$(B) V='$(V)' packaging/build

programs:
	+@$(BUILD) all

# The two commands for a fresh machine. What is missing is got first, and only then is the rest of
# this file read again by a make of its own.
run:
	@packaging/install-deps build
	+@$(BUILD) all
	@packaging/run $(B)

test:
	@packaging/install-deps build test
	@CI=$(CI) tests/run

demo:
	@packaging/install-deps build demo
	+@$(BUILD) all
	@packaging/demo $(B)

# the picture of README.md, from a real run
picture:
	@packaging/install-deps build demo
	+@$(BUILD) all
	@COLUMNS=80 DEMO_FORMAT=picture packaging/demo $(B) >packaging/demo.ansi
	@COLUMNS=80 packaging/picture "forewarn check" <packaging/demo.ansi >packaging/demo.svg
	@rm -f packaging/demo.ansi

# A stamp that holds the whole compile command: other flags, other objects.
# COUNTING: packaging/build asks what is to be done, after this stamp was made.
$(B)/.flags: $(if $(COUNTING),,FORCE)
	@mkdir -p $(B)
	@echo '$(CC) $(subst ','\'',$(CPPFLAGS_ALL) $(PKG_CFLAGS) $(CFLAGS_ALL) $(LDFLAGS_ALL))' >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@

$(B)/obj/%.o: %.c $(B)/.flags
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(PKG_CFLAGS) $(EXTRA_CFLAGS) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(B)/forewarn: $(OBJS_forewarn)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarn)) -lm -o $@

$(B)/forewarn-sink: $(OBJS_forewarn-sink)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarn_sink)) -lm -o $@

$(B)/forewarnd: $(OBJS_forewarnd)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarnd)) -lm -o $@

# the inputs on which a probe shows its alarms: a link, so that what is added there is there at once
$(B)/prove/%: | probes/%/prove
	@mkdir -p $(@D)
	$(Q)ln -sfn $(abspath probes/$*/prove) $@

$(B)/packs/%.conf: conf/packs/%.conf
	@mkdir -p $(@D)
	$(Q)cp $< $@

# Answers scrapes for the daemon; HTTP is libevent's and hangs on this program only.
$(B)/forewarn-metrics: $(OBJS_forewarn-metrics)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarn) \
	    $(PKGS_forewarn_metrics)) -lm -o $@

# In the user's session; no other program links GLib.
$(call obj,$(SRC_DESK)): EXTRA_CFLAGS = $(TRAY_CFLAGS) -DFOREWARN_LOCALEDIR='"$(LOCALEDIR)"'
$(B)/forewarn-tray: $(OBJS_forewarn-tray)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarn_tray)) -lm -o $@

# System call filters: made once by libseccomp, carried by the workers as arrays.
$(B)/gen/filters: src/cell/gen/filters.c src/cell/gen/calls.h src/base/needs.h
	@mkdir -p $(@D)
	$(Q)$(CC) -D_GNU_SOURCE -Isrc -std=c17 -O1 $(WARN) $< $(shell packaging/pkgs --libs $(PKGS_generator)) -o $@
$(B)/gen/filters.h: $(B)/gen/filters
	$(Q)$< >$@.new && mv $@.new $@
$(call obj,src/cell/sandbox_calls.c): $(B)/gen/filters.h

# which probe a worker is: one file, compiled once a probe
$(PROBES:%=$(B)/obj/self/%.o): $(B)/obj/self/%.o: probes/self.c $(B)/.flags
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) -DPROBE_SPEC=$*_spec $(CFLAGS_ALL) -MMD -MP -c $< -o $@

define probe_program
$(B)/probe-$(1): $$(OBJS_probe-$(1))
	$$(call say,link,$$@)
	$$(Q)$$(CC) $$(LDFLAGS_ALL) $$^ $$(shell packaging/pkgs --libs $(call pkgs_of,$(1))) \
	    -lm -pthread -o $$@
endef
$(foreach p,$(WORKERS),$(eval $(call probe_program,$(p))))

# ---- tests: tests/unit/<folder>/test_x.c and tests/fuzz/<folder>/fuzz_x.c, where <folder> is one of
# src/, a probe's or one that probes share; the latter two are linked with that folder's files, and a
# probe's with tests/rig_<name>.c where there is one, and without its before.c, which opens a cell.
UNIT := $(wildcard tests/unit/*/test_*.c)
FUZZ := $(wildcard tests/fuzz/*/fuzz_*.c)
folder_of = $(notdir $(patsubst %/,%,$(dir $(1))))
in_probe = $(filter $(call folder_of,$(1)),$(WORKERS))
objs_for = $(if $(call in_probe,$(1)),$(call obj,$(SRC_BASE) $(SRC_SCHEMA) src/cell/program.c src/cell/secret.c probes/probe.c \
	$(filter-out %/before.c,$(call srcs_of,$(call in_probe,$(1)))) tests/probe_harness.c $(wildcard tests/rig_$(call in_probe,$(1)).c)) \
	$(B)/obj/self/$(call of,$(call in_probe,$(1))).o,$(call obj,$(if $(call in_shared,$(1)),\
	$(SRC_BASE) $(call srcs_of,$(call in_shared,$(1))),$(if $(call in_sinks,$(1)),$(SRC_SINK),\
	$(if $(call in_store,$(1)),$(SRC_STORE)) $(if $(call in_tray,$(1)),$(SRC_TRAY)) \
	$(if $(call in_init,$(1)),$(SRC_INIT)) $(if $(call in_packs,$(1)),$(SRC_PACKS)) \
	$(SRC_LIB) $(SRC_SPECS) probes/probe.c))))
in_shared = $(filter $(call folder_of,$(1)),$(SHARED))
# the daemon as it is, but for its main; workers and sink cells are played by tests/daemon_rig.c
objs_for_daemon = $(call obj,$(sort $(filter-out src/daemon/main.c src/watch/flight.c src/tell/post.c,\
	$(SRC_DAEMON) $(SRC_STORE) $(SRC_LIB))) $(SRC_SPECS) probes/probe.c tests/daemon_rig.c)
in_daemon = $(filter daemon,$(call folder_of,$(1)))
in_sinks = $(filter sinks,$(call folder_of,$(1)))
in_init = $(filter init,$(call folder_of,$(1)))
in_packs = $(filter packs,$(call folder_of,$(1)))
in_tray = $(filter tray,$(call folder_of,$(1)))
in_store = $(filter store,$(call folder_of,$(1)))
libs_for = packaging/pkgs --libs $(if $(call in_probe,$(1)),$(call pkgs_of,$(call in_probe,$(1))),\
	$(if $(call in_shared,$(1)),$(call pkgs_of,$(call in_shared,$(1))),\
	$(if $(call in_sinks,$(1)),$(PKGS_forewarn_sink),$(PKGS_forewarn) \
	$(if $(call in_store,$(1))$(call in_daemon,$(1)),$(PKGS_forewarnd)))))

define test_program
$(B)/$(1:.c=): $(call obj,$(1) $(2)) $(if $(call in_daemon,$(1)),$(objs_for_daemon),$(call objs_for,$(1)))
	@mkdir -p $$(@D)
	$$(call say,link,$$@)
	$$(Q)$$(CC) $$(LDFLAGS_ALL) $(3) $$^ $$(shell $(call libs_for,$(1))) -lm -pthread -o $$@
endef
$(foreach t,$(UNIT),$(eval $(call test_program,$(t))))
ifeq ($(MODE),fuzz)
$(foreach t,$(FUZZ),$(eval $(call test_program,$(t),,-fsanitize=fuzzer)))
else
$(foreach t,$(FUZZ),$(eval $(call test_program,$(t),tests/fuzz/replay.c)))
endif

TOOLS := $(patsubst tests/tools/%.c,$(B)/tests/tools/%,$(filter-out %_module.c,$(wildcard tests/tools/*.c)))
MODULES := $(patsubst tests/tools/%.c,$(B)/tests/tools/%.so,$(wildcard tests/tools/*_module.c))
$(B)/tests/tools/%: $(B)/obj/tests/tools/%.o $(call obj,$(SRC_BASE) $(SRC_SCHEMA) $(SRC_CELL))
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ -lm -pthread -o $@
# the pure parts of tell, which need no more of it
$(B)/tests/tools/exposition: $(call obj,src/tell/openmetrics.c)
$(B)/tests/tools/body: $(call obj,$(wildcard src/tell/body*.c))
# what a long outage, or many people, leave in a state folder
$(patsubst %,$(B)/tests/tools/%_fill,outbox pauses samples): $(B)/tests/tools/%: $(B)/obj/tests/tools/%.o \
	$(call obj,$(SRC_BASE) $(SRC_STORE))
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarnd)) -lm -pthread -o $@
# tries what is forbidden from inside each kind of cell
TOOLS += $(B)/tests/tools/prisoner/prisoner
$(B)/tests/tools/prisoner/prisoner: $(call obj,$(wildcard tests/tools/prisoner/*.c) $(SRC_BASE) $(SRC_SCHEMA) \
	$(SRC_CELL) src/cell/child.c $(SRC_SPECS))
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ -lm -pthread -o $@
# plays the daemon towards a sink cell
$(B)/tests/tools/post: $(call obj,tests/tools/post.c $(sort $(SRC_KINDS) $(SRC_LIB)) $(SRC_SPECS))
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarn)) -lm -pthread -o $@
# a desktop that does what it is told, and dies when it is told
$(B)/obj/tests/tools/desk.o: EXTRA_CFLAGS = $(TRAY_CFLAGS)
$(B)/tests/tools/desk: $(call obj,tests/tools/desk.c $(SRC_BASE))
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarn_tray)) -lm -o $@
# a receiver to be sent to
$(B)/tests/tools/hookd: $(B)/obj/tests/tools/hookd.o $(call obj,$(SRC_BASE))
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_tests)) -lm -pthread -o $@
$(B)/tests/tools/%.so: tests/tools/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) -D_GNU_SOURCE -Isrc -I. $(PKG_CFLAGS) -std=c17 -O1 -g -fPIC -shared $< -o $@

unit: $(UNIT:%.c=$(B)/%)
tools: $(TOOLS) $(MODULES) completions
fuzzers: $(FUZZ:%.c=$(B)/%)

# bad_worker: what the runner is tried with
check:
	@packaging/install-deps build
	+@$(BUILD) unit fuzzers $(B)/tests/tools/bad_worker
	@tests/run-unit $(B)

check-sys:
	@packaging/install-deps build test
	+@$(BUILD) all tools
	@tests/run-sys $(B)

check-long:
	@packaging/install-deps build test long
	@LONG=1 tests/run

# what must not get lost, by thousands of kills, power cuts and calls that fail: over an hour
torture:
	@packaging/install-deps build test
	+@$(BUILD) all tools unit
	@tests/torture/run $(B)

fuzz:
	@packaging/install-deps build test fuzz
	@$(MAKE) --no-print-directory MODE=fuzz fuzzers
	@tests/fuzz/run $(O)/fuzz

bench: all tools
	@packaging/install-deps build test
	@tests/bench/run $(B)

# ---- the house
layers:
	@packaging/layers

# each program by itself, then all their objects together, as a test may link them
circles: $(PROGRAMS) $(B)/gen/pages
	@$(MAKE) --no-print-directory -k $(NAMES:%=circles/%) circles/pages circles/all && echo "circles: 0"
circles/all:
	@packaging/circles "all programs" $(sort $(foreach n,$(NAMES) pages,$(OBJS_$(n))))
circles/%:
	@packaging/circles $* $(OBJS_$*)

headers:
	@for h in $$(git ls-files '*.h'); do \
	    echo "#include \"$$h\"" | $(CC) $(CPPFLAGS_ALL) $(PKG_CFLAGS) $(CFLAGS_ALL) \
	        -fsyntax-only -x c - || { echo "$$h does not compile alone"; exit 1; }; done

format:
	@clang-format -i $$(git ls-files '*.c' '*.h')

format-check:
	@clang-format --dry-run --Werror $$(git ls-files '*.c' '*.h')

tidy: $(B)/gen/filters.h
	@$(MAKE) --no-print-directory -k -j$$(nproc) \
	    $$(git ls-files 'src/*.c' 'probes/*.c' | sed 's,^,tidy/,') && echo "tidy: clean"
# the analyzer of clang 14 itself dies of a vfork
tidy/src/cell/child.c: TIDY_FLAGS := --checks=-clang-analyzer-*
tidy/%:
	@clang-tidy --quiet --warnings-as-errors='*' $(TIDY_FLAGS) $* -- $(CPPFLAGS_ALL) $(PKG_CFLAGS) \
	    $(if $(filter src/tray/desk/%,$*),$(TRAY_CFLAGS) -DFOREWARN_LOCALEDIR='""') \
	    -std=c17 -DPROBE_SPEC=clock_spec 2>/dev/null || { echo "$*: see above" >&2; exit 1; }

include packaging/install.mk packaging/deb.mk
-include packaging/install-desktop.mk

conf: $(B)/forewarn
	@$(B)/forewarn config example >conf/forewarn.conf.example
	@$(B)/forewarn config manual >conf/OPTIONS.md

clean:
	rm -rf $(O)

-include $(shell [ -d $(B)/obj ] && find $(B)/obj -name '*.d')
