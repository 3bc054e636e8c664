/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns a run: the routes forewarnd left are read, and each is told by its last confirmation.
 */
#include "alert.h"

#include "base/day.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int
moment(const char *s, instant *out)
{
	char *end;

	if (s == NULL)
		return -1;
	*out = INSTANT_NONE;
	if (strcmp(s, "-") == 0)
		return 0;
	errno = 0;
	*out = strtoll(s, &end, 10);
	return errno != 0 || end == s || *end != '\0' ? -1 : 0;
}

/* One line, without its end. -1 with *e set. */
static int
parse_route(char *line, struct alert_route *out, struct err *e)
{
	char *rest = line;

	out->name = strsep(&rest, " ");
	if (out->name[0] == '\0' || moment(strsep(&rest, " "), &out->tested) < 0 ||
	    moment(strsep(&rest, " "), &out->confirmed) < 0 || rest != NULL)
		return err_set(
		    e, ERR_PARSE, "a line of %s is not \"name tested confirmed\"", ALERT_FILE);
	return 0;
}

static const char *
way(const struct alert_route *r, struct arena *a)
{
	return strcmp(r->name, ALERT_HERE) == 0 ? "on this computer"
						: arena_printf(a, "by way of %s", r->name);
}

/* The worst that is true of it; NULL: none is. */
static const char *
finding(const struct alert_conf *c, const struct alert_route *r, instant now)
{
	if (r->tested != INSTANT_NONE && r->tested > r->confirmed &&
	    instant_minus(now, r->tested) >= c->answer)
		return "unanswered";
	if (r->confirmed == INSTANT_NONE)
		return "never";
	if (instant_minus(now, r->confirmed) >= c->overdue)
		return "overdue";
	return instant_minus(now, r->confirmed) >= c->due ? "due" : NULL;
}

static const char *
summary(const struct alert_route *r, const char *key, instant now, struct arena *a)
{
	char day[DAY_TEXT];

	if (key != NULL && strcmp(key, "unanswered") == 0)
		return arena_printf(a, "Nobody has confirmed the test alert that went out %s on %s",
		    way(r, a), day_short(r->tested, now, day));
	if (r->confirmed == INSTANT_NONE)
		return arena_printf(a, "Nobody has confirmed yet that alerts arrive %s", way(r, a));
	return arena_printf(a, "A person last saw a test alert %s on %s", way(r, a),
	    day_short(r->confirmed, now, day));
}

static void
report(const struct probe_ctx *ctx, const struct alert_conf *c, const struct alert_route *r)
{
	instant now = ctx->clk->wall(ctx->clk);
	const char *key = finding(c, r, now);
	char tested[INSTANT_TEXT], confirmed[INSTANT_TEXT];
	struct evidence evidence[] = { { "tested", "never" }, { "confirmed", "never" } };
	const struct item it = { .target = r->name,
		.rule = "alert.path",
		.state = key != NULL ? ITEM_FOUND : ITEM_FINE,
		.finding = key,
		.summary = summary(r, key, now, ctx->arena),
		.evidence = evidence,
		.nevidence = 2 };

	if (r->tested != INSTANT_NONE)
		evidence[0].value = instant_text(r->tested, tested);
	if (r->confirmed != INSTANT_NONE)
		evidence[1].value = instant_text(r->confirmed, confirmed);
	probe_emit(ctx, &it);
}

int
probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e)
{
	struct alert_route r = { 0 };
	char *text, *line;
	size_t len, n = 0;

	if (file_read(ctx->state_fd, ALERT_FILE, FILE_NOFOLLOW, ALERT_FILE_MAX, ctx->arena, &text,
		&len, e) < 0)
		return e->code == ERR_ABSENT
			   ? err_set(e, ERR_ABSENT,
				 "only forewarnd knows whether alerts arrive; where it "
				 "runs, `forewarn status` says so")
			   : -1;
	if (strncmp(text, ALERT_HEAD, strlen(ALERT_HEAD)) != 0)
		return err_set(e, ERR_PARSE, "%s is not what forewarnd writes", ALERT_FILE);
	for (text += strlen(ALERT_HEAD); (line = strsep(&text, "\n")) != NULL && line[0] != '\0';
	     n++) {
		if (parse_route(line, &r, e) < 0)
			return -1;
		report(ctx, conf, &r);
	}
	if (n == 0)
		probe_emit(ctx, &(struct item){ .target = "none",
				    .rule = "alert.path",
				    .state = ITEM_FOUND,
				    .finding = "no-route",
				    .summary = "Alerts go nowhere: no sink is configured" });
	return 0;
}
