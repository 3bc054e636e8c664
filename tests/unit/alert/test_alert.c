/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "probes/alert/alert.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define DAY (86400 * INSTANT_S)

static const struct alert_conf conf = { 60 * SPAN_DAY, 90 * SPAN_DAY, 3 * SPAN_DAY };
static const instant now = 1800000000 * INSTANT_S;

static const struct {
	const char *name;
	long long tested, confirmed; /* days ago; -1: never */
	const char *finding, *says;
} rows[] = {
	{ "never tried", -1, -1, "never", "Nobody has confirmed yet" },
	{ "tried just now", 0, -1, "never", "by way of msp" },
	{ "not answered in time", 3, -1, "unanswered", "Nobody has confirmed the test alert" },
	{ "confirmed today", 0, 0, NULL, "A person last saw" },
	{ "in the last days", 59, 59, NULL, "A person last saw" },
	{ "at two months", 60, 60, "due", "A person last saw" },
	{ "a day before three", 89, 89, "due", "A person last saw" },
	{ "at three months", 90, 90, "overdue", "A person last saw" },
	{ "the newest test waits for an answer", 2, 89, "due", "A person last saw" },
	{ "and got none", 3, 10, "unanswered", "Nobody has confirmed the test alert" },
	{ "an answer after the test counts", 80, 10, NULL, "A person last saw" },
};

static instant
ago(long long days)
{
	return days < 0 ? INSTANT_NONE : now - days * DAY;
}

static int
folder(const char *text, size_t len)
{
	char path[] = "/tmp/test_alert.XXXXXX";
	int dir = mkdtemp(path) != NULL ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

	if (dir < 0 || (text != NULL && file_replace(dir, ALERT_FILE, 0600, text, len, NULL) < 0))
		abort();
	return dir;
}

static void
gone(int dir)
{
	char path[64], name[256] = "";

	snprintf(path, sizeof(path), "/proc/self/fd/%d", dir);
	unlinkat(dir, ALERT_FILE, 0);
	if (readlink(path, name, sizeof(name) - 1) > 0)
		rmdir(name);
	close(dir);
}

static int
run(struct harness *h, const char *text, size_t len, struct err *e)
{
	static struct clk_fake clk;
	int dir = folder(text, len), rc;

	clk_fake_init(&clk, now);
	harness_clear(h);
	h->ctx.clk = &clk.clk;
	h->ctx.state_fd = dir;
	*e = (struct err){ 0 };
	rc = probe_run(&h->ctx, &conf, e);
	gone(dir);
	return rc;
}

static void
routes(struct harness *h)
{
	char text[256];
	struct err e;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct item *it;
		char at[2][32] = { "-", "-" };

		if (rows[i].tested >= 0)
			snprintf(at[0], 32, "%lld", (long long)ago(rows[i].tested) - 1);
		if (rows[i].confirmed >= 0)
			snprintf(at[1], 32, "%lld", (long long)ago(rows[i].confirmed));
		snprintf(text, sizeof(text), ALERT_HEAD "msp %s %s\n", at[0], at[1]);
		T_INT(rows[i].name, run(h, text, strlen(text), &e), 0);
		it = harness_item(h, "alert.path", "msp");
		T_TRUE(rows[i].name, it != NULL);
		if (it == NULL)
			continue;
		T_TEXT(rows[i].name, it->finding, rows[i].finding);
		T_HAS(rows[i].name, it->summary, rows[i].says);
	}
}

static void
files(struct harness *h)
{
	static const char whole[] = ALERT_HEAD "msp 1 2\n" ALERT_HERE " - -\n";
	struct err e;

	T_INT("no file", run(h, NULL, 0, &e), -1);
	T_HAS("no file", e.msg, "only forewarnd knows");
	T_INT("no route", run(h, ALERT_HEAD, strlen(ALERT_HEAD), &e), 0);
	T_TEXT("no route", h->items[0].finding, "no-route");
	T_INT("two routes", run(h, whole, strlen(whole), &e), 0);
	T_INT("two routes", (int)h->nitems, 2);
	T_HAS("the screen", harness_item(h, "alert.path", ALERT_HERE)->summary, "on this computer");
	for (size_t n = 0; n < strlen(whole); n++)
		T_TRUE("cut short: said or known", run(h, whole, n, &e) == 0 || e.msg[0] != '\0');
	T_INT("another file", run(h, "hello\n", 6, &e), -1);
	for (const char *const *bad = (const char *const[]){ "msp", "msp 1", "msp 1 x", "msp 1 2 3",
		 " 1 2", "msp 99999999999999999999 1", "msp  1", NULL };
	     *bad != NULL; bad++) {
		char text[128];

		snprintf(text, sizeof(text), ALERT_HEAD "%s\n", *bad);
		T_INT(*bad, run(h, text, strlen(text), &e), -1);
		T_HAS(*bad, e.msg, "name tested confirmed");
	}
}

/* forewarnd leaves facts in the folder of the check: without one they would go nowhere. */
static void
asks_for_facts(void)
{
	T_TRUE("it asks for the facts", (probe_self->needs & NEED_FACTS) != 0);
	T_TRUE("and has a folder for them", (probe_self->needs & NEED_STATE) != 0);
}

int
main(void)
{
	struct harness h;

	harness_init(&h);
	asks_for_facts();
	routes(&h);
	files(&h);
	harness_fini(&h);
	return t_end();
}
