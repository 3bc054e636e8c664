/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/clock/kernel.h"
#include "probes/clock/report.h"
#include "probes/clock/words.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <errno.h>

static void
test_servers(void)
{
	static const struct {
		const char *text, *name; /* NULL: refused */
		int port;
		bool nts;
	} s[] = {
		{ "ntp1.lab", "ntp1.lab", 123, false },
		{ "ntp1.lab:11123", "ntp1.lab", 11123, false },
		{ "127.0.0.1:65535", "127.0.0.1", 65535, false },
		{ "127.0.0.1:65536", NULL, 0, false },
		{ "127.0.0.1:0", NULL, 0, false },
		{ "127.0.0.1:", NULL, 0, false },
		{ "127.0.0.1:1a", NULL, 0, false },
		{ "[::1]:2101", "::1", 2101, false },
		{ "[fe80::1%eth0]", "fe80::1%eth0", 123, false },
		{ "2001:db8::1", "2001:db8::1", 123, false },
		{ "[::1", NULL, 0, false },
		{ "[::1]x", NULL, 0, false },
		{ "[host]:1", NULL, 0, false },
		{ "nts://time.example", "time.example", 4460, true },
		{ "ntp://time.example", NULL, 0, false },
		{ "", NULL, 0, false },
		{ ":123", NULL, 0, false },
		{ "a b", NULL, 0, false },
	};
	struct clock_server got;
	char name[CLOCK_NAME_MAX + 2];
	struct err e;

	for (size_t i = 0; i < sizeof(s) / sizeof(s[0]); i++) {
		int r = clock_server_parse(s[i].text, &got, &e);

		T_INT(s[i].text, r, s[i].name == NULL ? -1 : 0);
		if (r < 0 || s[i].name == NULL)
			continue;
		T_TEXT(s[i].text, got.name, s[i].name);
		T_INT(s[i].text, got.port, s[i].port);
		T_INT(s[i].text, got.nts, s[i].nts);
	}
	memset(name, 'a', sizeof(name));
	name[CLOCK_NAME_MAX] = '\0';
	T_INT("a name as long as it may be", clock_server_parse(name, &got, &e), 0);
	name[CLOCK_NAME_MAX] = 'a';
	name[CLOCK_NAME_MAX + 1] = '\0';
	T_INT("a name one longer", clock_server_parse(name, &got, &e), -1);
}

static void
test_check(void)
{
	const char *twice[] = { "a", "b:123", "A:123" };
	struct clock_conf c = { .servers = { twice, 3 }, .samples = 4, .max_offset = SPAN_S };
	const char *opt = NULL;
	struct err e;

	T_INT("a server that is there twice", probe_self->check(&c, &opt, &e), -1);
	T_TEXT("is told at its option", opt, "servers");
	c.servers.n = 2;
	T_INT("two servers", probe_self->check(&c, &opt, &e), 0);
	c.warn_offset = SPAN_S + 1;
	T_INT("a warning beyond the limit", probe_self->check(&c, &opt, &e), -1);
	T_TEXT("is told at its option, too", opt, "warn_offset");
	c.warn_offset = 0;
	T_INT("half of the limit unless given", clock_warn_offset(&c), SPAN_S / 2);
}

static void
test_words(void)
{
	static const struct {
		int64_t offset, bound, limit;
		const char *want;
	} w[] = {
		{ 2500003000, 12000, 500 * SPAN_MS, "2.500 s fast, give or take 0.001 s" },
		{ -2500003000, 1200000, 500 * SPAN_MS, "2.500 s slow, give or take 0.002 s" },
		{ 1000, 3000, 500 * SPAN_MS, "within 0.001 s of true time" },
		{ 499 * SPAN_MS, SPAN_MS, 500 * SPAN_MS, "within 0.500 s of true time" },
		{ 70000, 3000, 50000, "0.0700 ms fast, give or take 0.0031 ms" },
		{ 14 * SPAN_S, SPAN_MS, 60 * SPAN_S, "within 14.1 s of true time" },
		{ -3 * SPAN_H, SPAN_MS, SPAN_S, "about 3 h slow" },
		{ -20000 * SPAN_DAY, SPAN_MS, SPAN_S, "about 54 years slow" },
	};
	char buf[CLOCK_WORDS];

	for (size_t i = 0; i < sizeof(w) / sizeof(w[0]); i++)
		T_TEXT("offset in words", clock_words(w[i].offset, w[i].bound, w[i].limit, buf),
		    w[i].want);
}

static void
test_kernel(struct harness *h)
{
	struct timex t = { .status = STA_PLL | STA_INS, .freq = 65536 * 3 };

	kernel_tell(&h->ctx, &t, TIME_INS, 0);
	T_INT("kept right", h->items[0].state, ITEM_FINE);
	T_HAS("a leap second is told", harness_evidence(&h->items[0], "leap second"), "inserted");
	T_HAS("also to people", h->items[0].summary,
	    "a second is to be inserted at the end of the day");
	T_TEXT("frequency", harness_evidence(&h->items[0], "frequency ppm"), "3.000");
	t.status = STA_UNSYNC;
	t.maxerror = 20000;
	kernel_tell(&h->ctx, &t, TIME_ERROR, 0);
	T_INT("20 ms are fine, whatever the flag says", h->items[1].state, ITEM_FINE);
	T_TEXT("the flag is kept", harness_evidence(&h->items[1], "marked as not synchronised"),
	    "yes");
	t.status = 0;
	t.maxerror = 15000000;
	kernel_tell(&h->ctx, &t, TIME_OK, 0);
	T_TEXT("15 s are not, without the flag", h->items[2].finding, "not-kept-right");
	T_HAS("since when at most", h->items[2].summary, "for up to 8 h");
	kernel_tell(&h->ctx, &t, -1, EPERM);
	T_INT("not told", h->items[3].state, ITEM_UNKNOWN);
	t.maxerror = 3599999;
	kernel_tell(&h->ctx, &t, TIME_OK, 0);
	T_INT("nearly two hours", h->items[4].state, ITEM_FINE);
	t.maxerror = 3600000;
	kernel_tell(&h->ctx, &t, TIME_OK, 0);
	T_TEXT("two hours", h->items[5].finding, "not-kept-right");
	t.maxerror = 16000000;
	kernel_tell(&h->ctx, &t, TIME_ERROR, 0);
	T_TEXT("nobody knows since when", h->items[6].summary,
	    "No time service keeps this clock right, says the system");
	harness_clear(h);
}

static void
test_run(struct harness *h)
{
	const char *servers[] = { "127.0.0.1:1", "nts://a" };
	struct clock_conf c = { .samples = 1, .max_offset = SPAN_S, .family = "any" };
	struct err e = { 0 };

	T_INT("without servers it runs", probe_run(&h->ctx, &c, &e), 0);
	T_INT("the offset is unknown", harness_item(h, "clock.offset", NULL)->state, ITEM_UNKNOWN);
	T_INT("the kernel is asked", harness_count(h, "clock.kernel"), 1);
	T_TRUE("no offset of the host", !h->host_clock.measured);
	harness_clear(h);
	c.servers = (struct texts){ servers, 2 };
	T_INT("with servers that do not answer it runs", probe_run(&h->ctx, &c, &e), 0);
	T_INT("an item for each", harness_count(h, "clock.server"), 2);
	T_INT("the offset is unknown", harness_item(h, "clock.offset", NULL)->state, ITEM_UNKNOWN);
	T_INT("nts is unknown", harness_item(h, "clock.server", "nts://a")->state, ITEM_UNKNOWN);
	c.family = "ipv6";
	harness_clear(h);
	c.servers.n = 1;
	T_INT("an IPv4 address where IPv6 is wanted", probe_run(&h->ctx, &c, &e), 0);
	T_HAS("is not asked", harness_item(h, "clock.server", NULL)->summary, "family");
}

int
main(void)
{
	struct harness h;

	harness_init(&h);
	test_servers();
	test_check();
	test_words();
	test_kernel(&h);
	test_run(&h);
	harness_fini(&h);
	return t_end();
}
