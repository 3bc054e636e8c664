/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the families of what the daemon knows.
 */
#include "tell/openmetrics.h"

#include "base/exposition.h"
#include "conf/conf.h"

static void
gauge(struct str *out, const char *name, const char *unit, const char *help)
{
	exposition_family(out, name, "gauge", unit, help);
}

static void
counter(struct str *out, const char *name, const char *help)
{
	exposition_family(out, name, "counter", NULL, help);
}

static void
host_labels(struct str *out, const struct om_state *s, const char *name, const char *suffix)
{
	str_addf(out, "%s%s", name, suffix);
	exposition_label(out, "site", s->site != NULL ? s->site : "", "{");
	exposition_label(out, "host", s->host, ",");
}

static void
end(struct str *out, double v)
{
	str_add(out, "} ");
	exposition_number(out, v);
	str_addc(out, '\n');
}

static void
of_host(struct str *out, const struct om_state *s, const char *name, const char *suffix, double v)
{
	host_labels(out, s, name, suffix);
	end(out, v);
}

static void
check_labels(struct str *out, const struct om_state *s, const struct om_check *c, const char *name)
{
	host_labels(out, s, name, "");
	exposition_label(out, "check", c->check, ",");
	exposition_label(out, "probe", c->probe, ",");
}

static void
of_check(
    struct str *out, const struct om_state *s, const struct om_check *c, const char *name, double v)
{
	check_labels(out, s, c, name);
	end(out, v);
}

static void
of_sink(struct str *out, const struct om_state *s, const struct om_sink *k, const char *name,
    const char *suffix, double v)
{
	host_labels(out, s, name, suffix);
	exposition_label(out, "sink", k->sink, ",");
	exposition_label(out, "type", k->type, ",");
	end(out, v);
}

static void
check_time(struct str *out, const struct om_state *s, const char *name, const char *help,
    instant (*get)(const struct om_check *c))
{
	gauge(out, name, "seconds", help);
	for (size_t i = 0; i < s->nchecks; i++)
		if (get(&s->checks[i]) != INSTANT_NONE)
			of_check(out, s, &s->checks[i], name, exposition_time(get(&s->checks[i])));
}

static instant
taken(const struct om_check *c)
{
	return c->taken;
}

static instant
succeeded(const struct om_check *c)
{
	return c->succeeded;
}

static instant
valid_until(const struct om_check *c)
{
	return c->valid_until;
}

static instant
start_by(const struct om_check *c)
{
	return c->start_by;
}

static void
checks(struct str *out, const struct om_state *s)
{
	static const char level[] = "forewarn_check_level";
	static const char alerts[] = "forewarn_check_alerts";
	static const char excepted[] = "forewarn_check_excepted";
	static const char until[] = "forewarn_check_until_start_by_seconds";

	gauge(out, level, NULL, "0 ok, 1 plan, 2 unknown, 3 act, 4 stop");
	for (size_t i = 0; i < s->nchecks; i++)
		of_check(out, s, &s->checks[i], level, s->checks[i].level);
	check_time(
	    out, s, "forewarn_check_taken_timestamp_seconds", "when it was last tried", taken);
	check_time(out, s, "forewarn_check_succeeded_timestamp_seconds",
	    "when it was last tried and measured anything", succeeded);
	check_time(out, s, "forewarn_check_valid_until_timestamp_seconds",
	    "until when the result may be believed", valid_until);
	check_time(out, s, "forewarn_check_start_by_timestamp_seconds",
	    "last moment to start the most pressing remedy", start_by);
	gauge(out, until, "seconds", "what is left until then; negative is late");
	for (size_t i = 0; i < s->nchecks; i++)
		if (s->checks[i].start_by != INSTANT_NONE)
			of_check(out, s, &s->checks[i], until,
			    span_seconds(instant_minus(s->checks[i].start_by, s->now)));
	gauge(out, alerts, NULL, "alerts that are open");
	for (size_t i = 0; i < s->nchecks; i++)
		of_check(out, s, &s->checks[i], alerts, (double)s->checks[i].alerts);
	gauge(out, excepted, NULL, "things that are bad, known and approved to be so");
	for (size_t i = 0; i < s->nchecks; i++)
		of_check(out, s, &s->checks[i], excepted, (double)s->checks[i].excepted);
}

/* Under the name that `forewarn status --format metrics` gives to each item. */
static void
own(struct str *out, const struct om_state *s)
{
	static const struct om_check self = { .check = CONF_ID_OWN, .probe = CONF_ID_OWN };
	static const char level[] = "forewarn_item_level";

	gauge(out, level, NULL, "what the daemon finds of itself: levels as of a check");
	for (size_t i = 0; i < s->nown; i++) {
		check_labels(out, s, &self, level);
		exposition_label(out, "target", s->own[i].target, ",");
		exposition_label(out, "rule", s->own[i].rule, ",");
		end(out, s->own[i].level);
	}
}

static void
items(struct str *out, const struct om_state *s)
{
	gauge(out, "forewarn_items", NULL, "things watched, by level");
	for (int l = LEVEL_OK; l < LEVEL_N; l++) {
		host_labels(out, s, "forewarn_items", "");
		exposition_label(out, "level", level_name((enum level)l), ",");
		end(out, (double)s->counts.level[l]);
	}
	host_labels(out, s, "forewarn_items", "");
	exposition_label(out, "level", "excepted", ",");
	end(out, (double)s->counts.excepted);
}

static void
outbox(struct str *out, const struct om_state *s)
{
	gauge(out, "forewarn_outbox_waiting", NULL, "letters that wait to be sent");
	of_host(out, s, "forewarn_outbox_waiting", "", (double)s->counts.outbox);
	gauge(out, "forewarn_outbox_oldest_seconds", "seconds", "age of the oldest of them");
	of_host(out, s, "forewarn_outbox_oldest_seconds", "", span_seconds(s->counts.oldest));
	counter(out, "forewarn_outbox_dropped", "letters that were given up");
	of_host(out, s, "forewarn_outbox_dropped", "_total", (double)s->counts.dropped);
	counter(out, "forewarn_events", "events so far: the highest sequence");
	of_host(out, s, "forewarn_events", "_total", (double)s->sequence);
	counter(out, "forewarn_commands_refused",
	    "requests of programs that forewarnd started, to change what is told");
	of_host(out, s, "forewarn_commands_refused", "_total", (double)s->commands_refused);
}

static void
sinks(struct str *out, const struct om_state *s)
{
	gauge(out, "forewarn_sink_waiting", NULL, "letters that wait for this sink");
	for (size_t i = 0; i < s->nsinks; i++)
		of_sink(
		    out, s, &s->sinks[i], "forewarn_sink_waiting", "", (double)s->sinks[i].waiting);
	gauge(out, "forewarn_sink_oldest_seconds", "seconds", "age of the oldest of them");
	for (size_t i = 0; i < s->nsinks; i++)
		of_sink(out, s, &s->sinks[i], "forewarn_sink_oldest_seconds", "",
		    span_seconds(s->sinks[i].oldest));
	gauge(out, "forewarn_sink_paused", NULL, "1 while it does not take what is sent");
	for (size_t i = 0; i < s->nsinks; i++)
		of_sink(out, s, &s->sinks[i], "forewarn_sink_paused", "", s->sinks[i].paused);
	counter(out, "forewarn_sink_delivered", "letters that arrived");
	for (size_t i = 0; i < s->nsinks; i++)
		of_sink(out, s, &s->sinks[i], "forewarn_sink_delivered", "_total",
		    (double)s->sinks[i].delivered);
	counter(out, "forewarn_sink_dropped", "letters that were given up");
	for (size_t i = 0; i < s->nsinks; i++)
		of_sink(out, s, &s->sinks[i], "forewarn_sink_dropped", "_total",
		    (double)s->sinks[i].dropped);
}

static void
times(struct str *out, const struct om_state *s)
{
	gauge(out, "forewarn_written_timestamp_seconds", "seconds", "when this was written");
	of_host(out, s, "forewarn_written_timestamp_seconds", "", exposition_time(s->now));
	gauge(out, "forewarn_heartbeat_age_seconds", "seconds",
	    "since the last heartbeat was delivered");
	if (s->heartbeat != INSTANT_NONE)
		of_host(out, s, "forewarn_heartbeat_age_seconds", "",
		    span_seconds(instant_minus(s->now, s->heartbeat)));
	gauge(out, "forewarn_clock_offset_seconds", "seconds",
	    "clock of this host less true time: negative is slow");
	if (s->clock.measured)
		of_host(out, s, "forewarn_clock_offset_seconds", "", s->clock.offset);
	gauge(out, "forewarn_clock_bound_seconds", "seconds",
	    "the truth is within the offset plus or minus this");
	if (s->clock.measured)
		of_host(out, s, "forewarn_clock_bound_seconds", "", s->clock.bound);
}

void
openmetrics_write(const struct om_state *s, struct str *out)
{
	checks(out, s);
	own(out, s);
	items(out, s);
	outbox(out, s);
	sinks(out, s);
	times(out, s);
	str_add(out, "# EOF\n");
}
