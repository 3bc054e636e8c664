# SPDX-License-Identifier: Apache-2.0
#
# make deb         build/deb/forewarn_*.deb and forewarn-desktop_*.deb, and lintian over them
# make deb-twice   builds them once more, in another folder, time zone, language and umask, and holds
#                  the two against each other byte for byte
# make deb-test    installs, runs, upgrades, removes and purges them in bare roots (SUITES)
# make rpm-check   what rpm's own tools say of packaging/forewarn.spec

SUITES ?= bookworm trixie
DEBVERSION ?= $(VERSION)
DEBDIR := $(O)/deb

.PHONY: deb deb-twice deb-test rpm-check

deb:
	@packaging/install-deps build deb
	@packaging/deb $(DEBVERSION) $(DEBDIR)
	@# what one lintian must be told not to mind, another one has never heard of
	@lintian -I --pedantic --fail-on error,warning,info,pedantic --suppress-tags alien-tag,mismatched-override \
	    --allow-root $(DEBDIR)/*_$(DEBVERSION)_*.deb && echo "lintian: clean"

deb-twice: deb
	@rm -rf $(O)/deb-again
	@umask 077 && TZ=Asia/Karachi LC_ALL=C.UTF-8 USER=somebody packaging/deb $(DEBVERSION) $(O)/deb-again
	@for f in $(DEBDIR)/*_$(DEBVERSION)_*.deb; do \
	    cmp $$f $(O)/deb-again/$${f##*/} && echo "$${f##*/}: the same, byte for byte" || exit 1; done

deb-test:
	@packaging/install-deps root
	@packaging/deb-test $(VERSION) $(O) $(SUITES)

rpm-check:
	@packaging/install-deps build rpm
	@packaging/rpm-check $(VERSION)
