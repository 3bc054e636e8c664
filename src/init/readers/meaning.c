/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what values say besides paths.
 */
#include "init/readers/meaning.h"

#include "init/readers/match.h"

#include <ctype.h>
#include <string.h>

const char *
meaning_bare(const char *value)
{
	value += *value == '<';
	if (strncmp(value, "file:", 5) == 0)
		value += strncmp(value + 5, "///", 3) == 0 ? 7 : 5;
	return value;
}

bool
meaning_nothing(const char *value)
{
	static const char *const none[] = { "", "none", "off", "no", "false", "auto", "-", "null",
		"~", "internal", "builtin" };

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (match_same(none[i], value))
			return true;
	return value[0] == '%' || strncmp(value, "pkcs11:", 7) == 0;
}

bool
meaning_open(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if ((*p == '$' && (isalpha((unsigned char)p[1]) || p[1] == '{' || p[1] == '(' ||
				      p[1] == '_')) ||
		    strncmp(p, "%{", 2) == 0 || (p[0] == '{' && p[1] != '\0') ||
		    (p == text && strncmp(p, "data:", 5) == 0))
			return true;
	return false;
}

bool
meaning_system_trust(const char *path)
{
	static const char *const stores[] = { "/etc/ssl/certs", "/etc/ssl/certs/",
		"/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
		"/etc/pki/tls/certs/ca-bundle.crt", "/etc/pki/tls/cert.pem",
		"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/usr/share/ca-certificates",
		"/usr/lib/ssl/certs", "/etc/pki/tls/certs" };

	for (size_t i = 0; i < sizeof(stores) / sizeof(stores[0]); i++)
		if (strcmp(stores[i], path) == 0)
			return true;
	return strstr(path, "{/etc/ssl/certs/ca-certificates.crt}") != NULL;
}
