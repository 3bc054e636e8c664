# SPDX-License-Identifier: Apache-2.0
#
# make install DESTDIR= PREFIX=   programs, cells, units, accounts, manual pages, completions
# make uninstall                  takes the same files and the desktop part away; configuration and
#                                 state stay
# The desktop part is a rule of its own: install-desktop.mk.

# the tray comes with the desktop part, and so do its page and its completions
CORE := $(B)/forewarn $(B)/forewarnd $(B)/forewarn-metrics
CELLS := $(WORKERS:%=$(B)/probe-%) $(B)/forewarn-sink
CORE_NAMES := $(notdir $(CORE))
MAN := $(filter-out forewarn-tray.1,$(patsubst packaging/man/%.scd,%,$(wildcard packaging/man/*.scd)))
completions_of = $(B)/complete/bash/$(1) $(B)/complete/zsh/_$(1) $(B)/complete/fish/$(1).fish

UNITDIR = $(PREFIX)/lib/systemd
SYSTEMUNITDIR ?= $(UNITDIR)/system
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
MANDIR = $(PREFIX)/share/man
DOCDIR = $(PREFIX)/share/doc/forewarn
DOCS := conf/forewarn.conf.example conf/OPTIONS.md packaging/feed.md packaging/forewarn-event.schema.json \
	packaging/systemd/people.conf

# a date in a page is that of the source, so that two builds are alike
ifeq ($(origin SOURCE_DATE_EPOCH),undefined)
SOURCE_DATE_EPOCH := $(shell packaging/source-date)
endif
export SOURCE_DATE_EPOCH

.PHONY: man completions install-needs install-built install uninstall

man: $(MAN:%=$(B)/man/%)
completions: $(foreach p,$(CORE_NAMES),$(call completions_of,$(p)))

# Makes the options of the pages, and the completions, from the tables of the programs.
OBJS_pages := $(call obj,$(wildcard src/face/gen/*.c) src/face/options.c src/face/options_use.c \
	src/show/wrap.c $(SRC_BASE) $(wildcard src/conf/*.c) $(SRC_SPECS))
$(B)/gen/pages: $(OBJS_pages)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ $(shell packaging/pkgs --libs $(PKGS_forewarn)) -lm -o $@

$(B)/man/%: packaging/man/%.scd $(B)/gen/pages
	@mkdir -p $(@D)
	$(call say,man,$*)
	$(Q)$(B)/gen/pages man <$< >$@.scd && scdoc <$@.scd >$@.roff
	@# man draws tables only where the first line asks for it
	$(Q)if grep -q '^\.TS' $@.roff; then echo "'\\\" t"; fi | cat - $@.roff >$@.new && mv $@.new $@

$(B)/complete/bash/%: $(B)/gen/pages
	@mkdir -p $(@D)
	$(Q)$< bash $* >$@.new && mv $@.new $@
$(B)/complete/zsh/_%: $(B)/gen/pages
	@mkdir -p $(@D)
	$(Q)$< zsh $* >$@.new && mv $@.new $@
$(B)/complete/fish/%.fish: $(B)/gen/pages
	@mkdir -p $(@D)
	$(Q)$< fish $* >$@.new && mv $@.new $@

# install_completions PROGRAM…
define install_completions
	install -d $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	install -m 644 $(1:%=$(B)/complete/bash/%) $(DESTDIR)$(BASHDIR)/
	install -m 644 $(1:%=$(B)/complete/zsh/_%) $(DESTDIR)$(ZSHDIR)/
	install -m 644 $(1:%=$(B)/complete/fish/%.fish) $(DESTDIR)$(FISHDIR)/
endef

completions_in = $(1:%=$(DESTDIR)$(BASHDIR)/%) $(1:%=$(DESTDIR)$(ZSHDIR)/_%) $(1:%=$(DESTDIR)$(FISHDIR)/%.fish)

# a unit, with the folders of this installation
unit = sed 's|/usr/bin/|$(PREFIX)/bin/|; s|/usr/share/doc|$(PREFIX)/share/doc|' packaging/systemd/$(1) \
	>$(DESTDIR)$(2) && chmod 644 $(DESTDIR)$(2)

# who installs into a folder of their own makes a package, and has seen to what it needs
install-needs:
	@$(if $(DESTDIR),,packaging/install-deps build install)

install-built: install-needs
	+@$(BUILD) $(CORE) $(CELLS) man completions

install: install-built
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(LIBEXECDIR) $(DESTDIR)/etc/forewarn/conf.d
	install -m 755 $(CORE) $(DESTDIR)$(PREFIX)/bin/
	install -m 755 $(CELLS) $(DESTDIR)$(LIBEXECDIR)/
	install -d $(DESTDIR)$(SYSTEMUNITDIR) $(DESTDIR)$(UNITDIR)/user \
	    $(DESTDIR)$(PREFIX)/lib/sysusers.d $(DESTDIR)$(PREFIX)/lib/tmpfiles.d
	$(call unit,forewarnd.service,$(SYSTEMUNITDIR)/forewarnd.service)
	$(call unit,forewarnd-user.service,$(UNITDIR)/user/forewarnd.service)
	install -m 644 packaging/systemd/forewarn.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/forewarn.conf
	install -m 644 packaging/systemd/forewarn.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/forewarn.conf
	install -d $(DESTDIR)$(PACKDIR) $(DESTDIR)$(PROVEDIR)
	install -m 644 $(wildcard conf/packs/*.conf) $(DESTDIR)$(PACKDIR)/
	for d in $(wildcard probes/*/prove); do to=$${d#probes/} && to=$(DESTDIR)$(PROVEDIR)/$${to%/prove} && \
	    install -d $$to && cp -R --no-preserve=ownership $$d/. $$to/ && chmod -R u=rwX,go=rX $$to || exit; done
	install -d $(DESTDIR)$(DOCDIR)
	install -m 644 $(DOCS) $(DESTDIR)$(DOCDIR)/
	for m in $(MAN); do install -d $(DESTDIR)$(MANDIR)/man$${m##*.} && \
	    install -m 644 $(B)/man/$$m $(DESTDIR)$(MANDIR)/man$${m##*.}/ || exit 1; done
	$(call install_completions,$(CORE_NAMES))

uninstall: uninstall-desktop
	rm -f $(CORE_NAMES:%=$(DESTDIR)$(PREFIX)/bin/%)
	rm -rf $(DESTDIR)$(LIBEXECDIR) $(DESTDIR)$(DOCDIR) $(DESTDIR)$(PACKDIR) $(DESTDIR)$(PROVEDIR)
	-rmdir $(DESTDIR)$(dir $(PACKDIR)) 2>/dev/null
	rm -f $(DESTDIR)$(SYSTEMUNITDIR)/forewarnd.service $(DESTDIR)$(UNITDIR)/user/forewarnd.service \
	    $(DESTDIR)$(PREFIX)/lib/sysusers.d/forewarn.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/forewarn.conf
	for m in $(MAN); do rm -f $(DESTDIR)$(MANDIR)/man$${m##*.}/$$m; done
	rm -f $(call completions_in,$(CORE_NAMES))
	-rmdir $(DESTDIR)/etc/forewarn/conf.d $(DESTDIR)/etc/forewarn 2>/dev/null
	@[ ! -e $(DESTDIR)/etc/forewarn ] && [ ! -e $(DESTDIR)/var/lib/forewarn ] || \
	    echo "The configuration in /etc/forewarn and the state in /var/lib/forewarn stay."
