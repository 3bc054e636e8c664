/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns which URIs of tokens are taken. Linked wherever a configuration is read.
 */
#include "probes/hsm/spec.h"

#include <string.h>

static const char *const uri_words[] = { "token", "manufacturer", "serial", "model", "object", "id",
	"type", "library-manufacturer", "library-description", "library-version", "slot-id",
	"slot-description", "slot-manufacturer" };

#define URI_WORDS (sizeof(uri_words) / sizeof(uri_words[0]))

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 7512 2.3: unreserved, percent-encoded, or one of these. */
static int
check_value(const char *p, size_t len, struct err *e)
{
	for (size_t i = 0; i < len; i++) {
		bool plain = (p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z') ||
			     (p[i] >= '0' && p[i] <= '9') ||
			     (p[i] != '\0' && strchr("-._~:[]@!$'()*+,=&", p[i]) != NULL);

		if (p[i] == '%') {
			if (len - i < 3 || hex_digit(p[i + 1]) < 0 || hex_digit(p[i + 2]) < 0)
				return err_set(e, ERR_PARSE,
				    "\"%%\" is not followed by two hexadecimal digits");
			i += 2;
		} else if (!plain)
			return err_set(e, ERR_PARSE,
			    "the character 0x%02x must be written as %%%02X (RFC 7512 2.3)",
			    (unsigned char)p[i], (unsigned char)p[i]);
	}
	return 0;
}

static int
check_word(const char *p, size_t len, unsigned *seen, struct err *e)
{
	const char *eq = memchr(p, '=', len);
	size_t name = eq != NULL ? (size_t)(eq - p) : len;

	for (size_t i = 0; i < URI_WORDS; i++) {
		if (strlen(uri_words[i]) != name || memcmp(uri_words[i], p, name) != 0)
			continue;
		if (eq == NULL)
			return err_set(e, ERR_PARSE, "\"%s\" has no value", uri_words[i]);
		if ((*seen & 1u << i) != 0)
			return err_set(e, ERR_PARSE, "\"%s\" stands twice", uri_words[i]);
		*seen |= 1u << i;
		if (strcmp(uri_words[i], "slot-id") == 0)
			return err_set(e, ERR_RANGE,
			    "slot-id is not used: modules renumber their slots (take token or "
			    "serial)");
		if (check_value(eq + 1, len - name - 1, e) < 0)
			return err_wrap(e, "%s", uri_words[i]);
		if (strcmp(uri_words[i], "type") == 0 &&
		    (len - name - 1 != 4 || memcmp(eq + 1, "cert", 4) != 0))
			return err_set(e, ERR_RANGE, "type can only be cert here");
		return 0;
	}
	return err_set(e, ERR_PARSE,
	    "\"%.*s\" is unknown (token, manufacturer, serial, model, object, id, type=cert)",
	    name < 40 ? (int)name : 40, p);
}

static int
check_query(const char *p, struct err *e)
{
	if (strstr(p, "pin-value") != NULL || strstr(p, "pin-source") != NULL)
		return err_set(e, ERR_RANGE, "a PIN does not stand here (see the option pin_file)");
	if (strstr(p, "module-path") != NULL || strstr(p, "module-name") != NULL)
		return err_set(e, ERR_RANGE, "the module is named by the option \"module\"");
	return err_set(e, ERR_PARSE, "nothing may follow \"?\"");
}

int
hsm_uri_check(const char *uri, struct err *e)
{
	static const char scheme[] = "pkcs11:";
	const char *p = uri;
	unsigned seen = 0;

	if (strlen(uri) > HSM_URI_MAX)
		return err_set(
		    e, ERR_LIMIT, "an URI of %zu bytes (at most %d)", strlen(uri), HSM_URI_MAX);
	if (strncmp(p, scheme, sizeof(scheme) - 1) != 0)
		return err_set(e, ERR_PARSE, "does not begin with \"pkcs11:\" (RFC 7512)");
	p += sizeof(scheme) - 1;
	while (*p != '\0' && *p != '?') {
		size_t len = strcspn(p, ";?");

		if (len == 0)
			return err_set(e, ERR_PARSE, "a \";\" too many");
		if (check_word(p, len, &seen, e) < 0)
			return -1;
		p += len;
		if (*p == ';' && (*++p == '\0' || *p == '?'))
			return err_set(e, ERR_PARSE, "a \";\" too many");
	}
	return *p == '?' ? check_query(p + 1, e) : 0;
}
