/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for certificates that services on this machine name in their configurations. The
 * trust store is not among them: nobody here renews a root.
 */
#include "init/init.h"
#include "init/readers/follow.h"
#include "init/readers/readers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Places where programs keep the certificates they use. */
static const char *const places[] = { "/etc/letsencrypt/live/*/fullchain.pem",
	"/etc/cockpit/ws-certs.d/*.cert", "/etc/cockpit/ws-certs.d/*.crt",
	"/etc/pki/tls/certs/localhost.crt", "/etc/pve/local/pve-ssl.pem", "/etc/cups/ssl/*.crt",
	"/etc/kubernetes/pki/*.crt", "/etc/kubernetes/pki/etcd/*.crt",
	"/var/lib/kubelet/pki/kubelet.crt", "/var/lib/kubelet/pki/kubelet-client-current.pem",
	"/var/lib/rancher/k3s/server/tls/*.crt", "/root/.acme.sh/*/fullchain.cer",
	"/etc/acme.sh/*/fullchain.cer", "/home/*/.acme.sh/*/fullchain.cer",
	"/root/.lego/certificates/*.crt", "/etc/lego/certificates/*.crt",
	"/var/lib/lego/certificates/*.crt",
	"/var/lib/caddy/.local/share/caddy/certificates/*/*/*.crt", "/etc/swanctl/x509/*",
	"/etc/swanctl/x509ca/*", "/etc/ipsec.d/certs/*", "/etc/ipsec.d/cacerts/*",
	"/etc/ssl/private/pure-ftpd.pem", "/etc/pki/libvirt/servercert.pem",
	"/etc/pki/libvirt/clientcert.pem", "/etc/pki/CA/cacert.pem",
	"/etc/pki/qemu/server-cert.pem", "/etc/docker/certs.d/*/*.cert",
	"/etc/docker/certs.d/*/*.crt", "/var/lib/mysql/server-cert.pem",
	"/var/lib/samba/private/tls/cert.pem", "/var/lib/icinga2/certs/*.crt",
	"/etc/gitlab/ssl/*.crt", NULL };

static const char *
place_of(struct found *f, struct spot spot, bool there)
{
	return arena_printf(f->arena, "%s, %s:%lu%s", spot.program, spot.file, spot.line,
	    there ? "" : "; nothing is there now");
}

/* A file that is named and not there is kept: the check says so, until somebody mends it. */
static void
named(void *self, enum role role, const char *path, bool there, struct spot spot)
{
	struct found *f = self;

	f->stores += role == ROLE_STORE;
	found_add(f, &f->certs, path, place_of(f, spot, there));
}

static void
answers_to(void *self, enum role role, const char *text)
{
	struct found *f = self;
	const char *colon = strrchr(text, ':');

	if (role == ROLE_PORT)
		found_add(f, &f->tls_ports, colon != NULL ? colon + 1 : text, "");
	else
		found_add(f, &f->names, text, "");
}

static void
not_understood(void *self, const char *words, const char *why, struct spot spot)
{
	struct found *f = self;

	found_add(f, &f->puzzles,
	    arena_printf(f->arena, "%s: %s:%lu: %s", spot.program, spot.file, spot.line, words),
	    why != NULL ? arena_printf(f->arena, ": %s; what it names is not watched", why)
			: " was not understood: name the files yourself");
}

static void
unread(void *self, const char *path, const struct err *e)
{
	found_unread(self, path, e);
}

static void
add_cert(struct found *f, const char *path, const char *at)
{
	found_add(f, &f->certs, path, at);
}

static void
known_places(struct found *f)
{
	for (size_t i = 0; places[i] != NULL; i++)
		found_matches(f, places[i], "a place where programs keep certificates", add_cert);
}

void
init_certs(struct found *f)
{
	const struct listener l = { f, named, answers_to, not_understood, unread };

	for (size_t i = 0; readers[i] != NULL; i++)
		follow(readers[i], f->root, &f->files, &l);
	known_places(f);
}
