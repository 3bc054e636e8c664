/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the search for certificates that services on this machine name in their configurations, and
 * TLS ports that listen here. The trust store is not among them: nobody here renews a root.
 */
#include "init/init.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const directives[] = { "ssl_certificate", "SSLCertificateFile",
	"SSLCertificateChainFile", "smtpd_tls_cert_file", "smtp_tls_cert_file", "ssl_cert",
	"ssl.pemfile", "tls_certificate", "ssl_cert_file", "certfile", "cert", "ntsservercert",
	"olcTLSCertificateFile", "TLSCertificateFile", "TLS_Cert_File", "server-cert",
	"tls-cert-file", "tls_server_cert_file", NULL };

static const char *const folders[] = { "/etc/nginx", "/etc/apache2", "/etc/httpd", "/etc/dovecot",
	"/etc/lighttpd", "/etc/stunnel", "/etc/openvpn", "/etc/mosquitto", "/etc/postgresql",
	"/etc/ldap", "/etc/openldap", "/etc/exim4", "/etc/mysql", "/etc/redis", NULL };

static const char *const files[] = { "/etc/postfix/main.cf", "/etc/chrony/chrony.conf",
	"/etc/proftpd/tls.conf", "/etc/vsftpd.conf", NULL };

/* Places where programs keep the certificates they use. */
static const char *const places[] = { "/etc/letsencrypt/live/*/fullchain.pem",
	"/etc/cockpit/ws-certs.d/*.cert", "/etc/cockpit/ws-certs.d/*.crt",
	"/etc/pki/tls/certs/localhost.crt", "/etc/pve/local/pve-ssl.pem", NULL };

static void
directive_line(struct found *f, const char *path, char *line)
{
	for (size_t i = 0; directives[i] != NULL; i++) {
		const char *value = found_value(line, directives[i]);

		if (value != NULL) {
			if (value[0] == '/' && found_exists(f, value))
				found_add(f, &f->certs, value, path);
			return;
		}
	}
}

/* haproxy: "bind :443 ssl crt /etc/ssl/x.pem" */
static void
haproxy_line(struct found *f, const char *path, char *line)
{
	char *crt = strstr(line, " crt ");

	if (crt != NULL && (crt = found_value(crt + 1, "crt")) != NULL && crt[0] == '/' &&
	    found_exists(f, crt))
		found_add(f, &f->certs, crt, path);
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
		found_matches(f, places[i], places[i], add_cert);
}

/* /proc/net/tcp: "sl local_address rem_address st …", state 0A is LISTEN. */
static void
listening(struct found *f, const char *path, char *line)
{
	static const unsigned ports[] = { 443, 465, 636, 993, 995, 5671, 6514, 8443, 8883, 9443 };
	unsigned port, state;
	bool six = strchr(path, '6') != NULL;

	if (sscanf(line, "%*u: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x", &port, &state) != 2 ||
	    state != 0x0a)
		return;
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		if (ports[i] == port)
			found_add(f, &f->endpoints,
			    arena_printf(f->arena, six ? "[::1]:%u" : "127.0.0.1:%u", port),
			    "a port that listens on this machine");
}

void
init_certs(struct found *f)
{
	for (size_t i = 0; folders[i] != NULL; i++)
		found_folder(f, folders[i], "", INIT_DEPTH_MAX, directive_line);
	for (size_t i = 0; files[i] != NULL; i++)
		found_lines(f, files[i], directive_line, false);
	found_lines(f, "/etc/haproxy/haproxy.cfg", haproxy_line, false);
	known_places(f);
	found_lines(f, "/proc/net/tcp", listening, false);
	if (f->endpoints.n == 0)
		found_lines(f, "/proc/net/tcp6", listening, false);
}
