/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a line of syslog, in both forms.
 */
#include "sinks/syslog/syslog.h"

#include "base/text.h"

#include <string.h>
#include <unistd.h>

/* RFC 5424, 6.2.1, tables 1 and 2 */
static const struct {
	const char *name;
	int number;
} facilities[] = {
	{ "user", 1 },
	{ "mail", 2 },
	{ "daemon", 3 },
	{ "auth", 4 },
	{ "authpriv", 10 },
	{ "local0", 16 },
	{ "local1", 17 },
	{ "local2", 18 },
	{ "local3", 19 },
	{ "local4", 20 },
	{ "local5", 21 },
	{ "local6", 22 },
	{ "local7", 23 },
};
static const char *const severities[] = { "emerg", "alert", "crit", "err", "warning", "notice",
	"info", "debug" };

int
syslog_priority(const struct syslog_conf *c)
{
	int f = 3, s = 4;

	for (size_t i = 0; i < sizeof(facilities) / sizeof(facilities[0]); i++)
		if (strcmp(c->facility, facilities[i].name) == 0)
			f = facilities[i].number;
	for (int i = 0; i < 8; i++)
		if (strcmp(c->severity, severities[i]) == 0)
			s = i;
	return 8 * f + s;
}

void
syslog_line(struct str *out, const struct syslog_conf *c, const char *host, const char *event,
    const char *text, instant at)
{
	char stamp[INSTANT_TEXT], clean[SYSLOG_LINE_MAX];
	size_t tail = strlen(event) + sizeof(" (event )"), head;

	str_clear(out);
	if (host == NULL)
		str_addf(out, "<%d>forewarn[%d]: ", syslog_priority(c), (int)getpid());
	else
		str_addf(out, "<%d>1 %s %.255s forewarn %d - - \xef\xbb\xbf", syslog_priority(c),
		    instant_text(at, stamp), host, (int)getpid());
	head = out->len;
	text_clean_buf(clean, SYSLOG_LINE_MAX - head - tail, text, strlen(text));
	str_add(out, clean);
	while (out->len > head && out->s[out->len - 1] == ' ')
		out->s[--out->len] = '\0';
	str_addf(out, " (event %s)", event);
}
