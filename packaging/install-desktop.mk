# SPDX-License-Identifier: Apache-2.0
#
# The desktop part: the tray, its icons and words. `make desktop` builds it, `make install-desktop`
# installs it (DESTDIR, PREFIX), `make uninstall` takes it away with the rest.

DESK := packaging/desktop
ICONS := $(B)/icons/hicolor
LANGS := $(patsubst $(DESK)/po/%.po,%,$(wildcard $(DESK)/po/*.po))
MO := $(LANGS:%=$(B)/locale/%/LC_MESSAGES/forewarn-tray.mo)

.PHONY: desktop desktop-built install-desktop uninstall-desktop

desktop: $(B)/forewarn-tray $(ICONS)/.made $(MO)

# The icons are drawn from one table; the theme's SVG and the panel's pixels cannot differ.
$(B)/gen/icons: $(call obj,src/tray/gen/icons.c src/tray/icon.c $(SRC_BASE))
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS_ALL) $^ -lm -o $@
$(ICONS)/.made: $(B)/gen/icons
	$(call say,icons,$(ICONS))
	$(Q)$< $(ICONS) && touch $@

$(B)/locale/%/LC_MESSAGES/forewarn-tray.mo: $(DESK)/po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<

DATADIR = $(DESTDIR)$(PREFIX)/share

desktop-built: install-needs
	+@$(BUILD) desktop $(B)/man/forewarn-tray.1 $(call completions_of,forewarn-tray)

install-desktop: desktop-built
	install -d $(DESTDIR)$(PREFIX)/bin $(DATADIR)/applications $(DATADIR)/metainfo $(DATADIR)/man/man1 \
	    $(DESTDIR)/etc/xdg/autostart $(DESTDIR)$(PREFIX)/lib/systemd/user
	install -m 755 $(B)/forewarn-tray $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(DESK)/forewarn-tray.desktop $(DATADIR)/applications/
	install -m 644 $(DESK)/forewarn-tray-autostart.desktop $(DESTDIR)/etc/xdg/autostart/forewarn-tray.desktop
	install -m 644 $(DESK)/org.forewarn.Tray.metainfo.xml $(DATADIR)/metainfo/
	sed 's|/usr/bin/|$(PREFIX)/bin/|' $(DESK)/forewarn-tray.service \
	    >$(DESTDIR)$(PREFIX)/lib/systemd/user/forewarn-tray.service
	chmod 644 $(DESTDIR)$(PREFIX)/lib/systemd/user/forewarn-tray.service
	install -d $(DESTDIR)$(SYSTEMUNITDIR)/forewarnd.service.d
	install -m 644 packaging/systemd/people.conf $(DESTDIR)$(SYSTEMUNITDIR)/forewarnd.service.d/
	$(call install_completions,forewarn-tray)
	install -m 644 $(B)/man/forewarn-tray.1 $(DATADIR)/man/man1/
	for d in scalable/apps scalable/status symbolic/apps symbolic/status; do \
	    install -d $(DATADIR)/icons/hicolor/$$d && \
	    install -m 644 $(ICONS)/$$d/*.svg $(DATADIR)/icons/hicolor/$$d/ || exit 1; done
	for l in $(LANGS); do install -d $(DATADIR)/locale/$$l/LC_MESSAGES && install -m 644 \
	    $(B)/locale/$$l/LC_MESSAGES/forewarn-tray.mo $(DATADIR)/locale/$$l/LC_MESSAGES/ || exit 1; done

# the pictures by their names, not by what a build has made: there may be none
uninstall-desktop:
	rm -f $(DESTDIR)$(PREFIX)/bin/forewarn-tray $(DESTDIR)/etc/xdg/autostart/forewarn-tray.desktop \
	    $(DESTDIR)$(PREFIX)/lib/systemd/user/forewarn-tray.service $(DATADIR)/man/man1/forewarn-tray.1 \
	    $(DATADIR)/applications/forewarn-tray.desktop $(DATADIR)/metainfo/org.forewarn.Tray.metainfo.xml \
	    $(call completions_in,forewarn-tray)
	rm -f $(DESTDIR)$(SYSTEMUNITDIR)/forewarnd.service.d/people.conf
	-rmdir $(DESTDIR)$(SYSTEMUNITDIR)/forewarnd.service.d 2>/dev/null
	for d in scalable/apps scalable/status symbolic/apps symbolic/status; do \
	    rm -f $(DATADIR)/icons/hicolor/$$d/forewarn.svg $(DATADIR)/icons/hicolor/$$d/forewarn-*.svg; done
	rm -f $(LANGS:%=$(DATADIR)/locale/%/LC_MESSAGES/forewarn-tray.mo)
