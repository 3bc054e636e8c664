/* SPDX-License-Identifier: Apache-2.0
 *
 * A log of any bytes in any format, with any options: the first byte chooses, the rest is the log.
 */
#include "probes/audit/account.h"
#include "probes/audit/audit.h"
#include "probes/audit/foreign.h"
#include "probes/audit/understood.h"
#include "probes/audit/order.h"
#include "probes/audit/reading.h"
#include "probes/audit/testimony.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct audit_conf confs[] = {
	{ .format = "auto", .time_format = "auto" },
	{ .format = "auto",
	    .time_format = "auto",
	    .time_field = "Date+Time",
	    .number_field = "a.b",
	    .user_field = "1" },
	{ .format = "auto",
	    .time_format = "%d.%m.%y %H:%M:%S.%f",
	    .zone = "+05:30",
	    .continued = true },
	{ .format = "auto", .time_format = "mdy", .number_field = "2" },
};

/* What is kept from run to run comes back as it was. */
static void
keep(struct scanner *s)
{
	struct reading back = { 0 };
	struct statement st;
	struct str text;

	str_init(&text, 4096);
	reading_put(&text, &s->reading);
	text.s[text.len - 1] = '\0';
	if (!statement_parse(text.s, text.len - 1, &st) || !reading_get(&back, &st))
		abort();
	str_fini(&text);
	scanner_go_on(s, &back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct order o = { .newest = INSTANT_NONE, .max_backward = 5 * SPAN_MIN };
	const char *p = (const char *)data + 1, *end = (const char *)data + size;
	struct understood u = { 0 };
	struct testimony t = { 0 };
	unsigned record = 0;
	static struct scanner s;
	const struct audit_conf *conf;
	struct account account = { 0 };
	enum format f;

	if (size < 2)
		return 0;
	f = (enum format)(data[0] % FORMAT_N);
	conf = &confs[data[0] / FORMAT_N % (sizeof(confs) / sizeof(confs[0]))];
	if (f == FORMAT_AUTO)
		f = format_guess(conf, p, (size_t)(end - p));
	if (format_foreign(p, (size_t)(end - p)) >= FORMAT_N)
		abort();
	scanner_init(&s, f, conf, 2000);
	scanner_begin(&s, p, (size_t)(end - p));
	o.before = 1795508040 * INSTANT_S;
	while (p < end) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		const char *stop = nl != NULL ? nl : end;
		struct record_info info;

		scanner_take(&s, p, (size_t)(stop - p), &info);
		testimony_take(&t, &(struct testimony_record){ p, (size_t)(stop - p), f, &info,
				       { 1, 1, 0 }, 1795508040 * INSTANT_S, true });
		if (info.has_seq && f == FORMAT_AUDITD && info.seq > UINT32_MAX)
			abort();
		if (!info.none)
			understood_take(&u, &info, &(struct order_place){ 1, 1, 0 });
		order_take(
		    &o, &info, f, &(struct order_place){ 1, 1, 0 }, p == (const char *)data + 1);
		if (info.user.n > 0)
			account_take(&account, info.user, info.at);
		if (info.nuls > (uint64_t)(stop - p) || info.before_nuls > (uint64_t)(stop - p))
			abort();
		p = stop + 1;
		if (record++ % 3 == 2)
			keep(&s);
	}
	order_settle(&o, INT64_MAX);
	understood_settle(&u);
	if (u.fit > u.records || u.times > u.records || u.numbers > u.records)
		abort();
	testimony_settle(&t, INT64_MAX);
	if (t.nrecorders > TESTIMONY_RECORDERS || t.nbreaks > TESTIMONY_BREAKS)
		abort();
	if (o.nholes > ORDER_HOLES || rhythm_silence(&o.rhythm, o.newest) < 0)
		abort();
	return 0;
}
