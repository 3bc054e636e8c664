/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/syslog/syslog.h"
#include "tests/t.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct {
	const char *facility, *severity;
	int want;
} priorities[] = {
	{ "user", "emerg", 8 },
	{ "mail", "debug", 23 },
	{ "daemon", "warning", 28 },
	{ "auth", "alert", 33 },
	{ "authpriv", "info", 86 },
	{ "local0", "notice", 133 },
	{ "local4", "notice", 165 }, /* the example of RFC 5424, 6.5 */
	{ "local7", "crit", 186 },
	{ "local7", "err", 187 },
};

static void
lines(void)
{
	struct syslog_conf c = { .facility = "local4", .severity = "notice" };
	const instant at = 1795710643 * INSTANT_S;
	char want[256], long_text[8192];
	struct str s;

	str_init(&s, 65536);
	syslog_line(&s, &c, NULL, "ab", "Clock is off\nBy 3 s\n", at);
	snprintf(
	    want, sizeof(want), "<165>forewarn[%d]: Clock is off By 3 s (event ab)", (int)getpid());
	T_TEXT("the local form, on one line", s.s, want);
	syslog_line(&s, &c, "lab3", "ab", "Größe", at);
	snprintf(want, sizeof(want),
	    "<165>1 2026-11-26T16:30:43Z lab3 forewarn %d - - \xef\xbb\xbfGröße (event ab)",
	    (int)getpid());
	T_TEXT("RFC 5424, in UTC whatever the zone", s.s, want);
	syslog_line(&s, &c, NULL, "ab", "a\r\n<0>evil: b\033[31m\xff", at);
	T_HAS("no second message, no control", s.s, ": a  <0>evil: b [31m\xef\xbf\xbd (event ab)");
	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	syslog_line(&s, &c, "lab3", "ab", long_text, at);
	T_TRUE("cut at its limit", s.len <= SYSLOG_LINE_MAX && s.len > SYSLOG_LINE_MAX - 8);
	T_HAS("the event stays readable", s.s + s.len - 11, "(event ab)");
	str_fini(&s);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(priorities) / sizeof(priorities[0]); i++) {
		struct syslog_conf c = { .facility = priorities[i].facility,
			.severity = priorities[i].severity };

		T_INT(c.facility, syslog_priority(&c), priorities[i].want);
	}
	lines();
	return t_end();
}
