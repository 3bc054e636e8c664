/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the body in CloudEvents 1.0, JSON event format 1.0, structured. Extensions: sequence (text,
 * so zero-padded: it is compared as text), partitioning (partitionkey), severity (OpenTelemetry's
 * numbers), recordedtime. The data is forewarn.event/1: changes are additive only, and the schema
 * is packaging/forewarn-event.schema.json.
 */
#include "model/result_json.h"
#include "tell/body_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the body up to which metrics, then evidence, may come. What follows them is closing
 * brackets and a count. */
#define METRICS_END (BODY_MAX - 500)
#define EVIDENCE_END (BODY_MAX - 100)

/* unreserved of RFC 3986, 2.3; all else is percent-encoded */
static void
add_segment(struct str *out, const char *text)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					 "0123456789-._~";
	struct str s;

	str_init(&s, BODY_NAME_CHARS * 4 + 8);
	body_clean(&s, text, BODY_NAME_CHARS);
	str_addc(out, '/');
	/* a segment of dots alone would be taken for "here" or "one up" (RFC 3986, 5.2.4) */
	if (strcmp(s.s, ".") == 0 || strcmp(s.s, "..") == 0)
		str_add(out, "%2E");
	for (size_t i = 0; i < s.len; i++) {
		if (strchr(unreserved, s.s[i]) != NULL)
			str_addc(out, s.s[i]);
		else
			str_addf(out, "%%%02X", (unsigned)(unsigned char)s.s[i]);
	}
	str_fini(&s);
}

/* "/site/host"; "/host" without a site. */
static void
source(struct json *j, const struct event *v)
{
	struct str s;

	str_init(&s, BODY_MAX);
	if (*body_or(v->site) != '\0')
		add_segment(&s, v->site);
	add_segment(&s, v->host);
	json_text(j, "source", s.s);
	str_fini(&s);
}

/* An attribute may not be empty (CloudEvents 1.0, "subject"): then it is left out. */
static void
attribute(struct json *j, const char *name, const char *text)
{
	if (*body_or(text) != '\0')
		body_member(j, name, text, BODY_NAME_CHARS);
}

static void
attributes(struct json *j, const struct event *v)
{
	char sequence[24];

	snprintf(sequence, sizeof(sequence), "%020" PRIu64, v->sequence);
	json_text(j, "specversion", "1.0");
	json_text(j, "id", v->id);
	json_text(j, "type", event_type(v->kind));
	source(j, v);
	attribute(j, "subject", v->check);
	json_time(j, "time", event_true_time(v));
	json_time(j, "recordedtime", v->at);
	json_text(j, "sequence", sequence);
	attribute(j, "partitionkey", v->host);
	json_text(j, "severitytext", level_name(v->level));
	json_int(j, "severitynumber", body_severity(v->level));
	json_text(j, "datacontenttype", "application/json");
}

static void
wording(struct json *j, const struct event *v)
{
	body_member(j, "title", v->title, EVENT_TITLE_MAX);
	body_member(j, "body", v->body, EVENT_BODY_MAX);
	json_object(j, "parts");
	body_member(j, "what", body_or(v->parts.what), BODY_PART_CHARS);
	body_member(j, "when", body_or(v->parts.when), BODY_PART_CHARS);
	body_member(j, "so_what", body_or(v->parts.so_what), BODY_PART_CHARS);
	body_member(j, "do_now", body_or(v->parts.do_now), BODY_PART_CHARS);
	body_member(j, "who", body_or(v->parts.who), BODY_PART_CHARS);
	json_object_end(j);
}

static void
identity(struct json *j, const struct event *v)
{
	json_text(j, "schema", "forewarn.event/1");
	body_member(j, "alert", v->alert, BODY_ID_CHARS);
	body_member(j, "fingerprint", v->fingerprint, BODY_FINGERPRINT_CHARS);
	json_text(j, "level", level_name(v->level));
	json_text(j, "previous", level_name(v->previous));
	body_member(j, "site", v->site, BODY_NAME_CHARS);
	body_member(j, "host", v->host, BODY_NAME_CHARS);
	body_member(j, "check", v->check, BODY_NAME_CHARS);
	body_member(j, "check_title", v->check_title, BODY_NAME_CHARS);
	body_member(j, "target", v->target, BODY_TARGET_CHARS);
	body_member(j, "rule", v->rule, BODY_RULE_CHARS);
	body_member(j, "owner", v->owner, BODY_NAME_CHARS);
	body_member(j, "secondary", v->secondary, BODY_NAME_CHARS);
}

static void
times(struct json *j, const struct event *v)
{
	json_time(j, "since", v->since);
	if (v->deadline.kind == DEADLINE_NONE)
		json_null(j, "deadline");
	else {
		json_object(j, "deadline");
		deadline_members(j, &v->deadline);
		json_object_end(j);
	}
	json_time(j, "start_by", v->start_by);
	body_member(j, "acknowledged_by", v->taken_by, BODY_NAME_CHARS);
	body_member(j, "note", v->note, EVENT_NOTE_MAX);
	if (v->accepted == NULL)
		json_null(j, "accepted");
	else {
		json_object(j, "accepted");
		body_member(j, "by", v->accepted->by, ACCEPT_BY_MAX);
		body_member(j, "reason", v->accepted->reason, ACCEPT_REASON_MAX);
		json_time(j, "at", v->accepted->at);
		json_object_end(j);
	}
	json_time(j, "until", v->kind == EVENT_EXCEPTED ? v->until : INSTANT_NONE);
	host_clock_json(j, "clock", &v->clock);
	body_count(j, "suppressed", v->suppressed);
	body_count(j, "folded", v->folded);
}

static void
counts(struct json *j, const struct event *v)
{
	if (v->kind != EVENT_DIGEST && v->kind != EVENT_HEARTBEAT) {
		json_null(j, "counts");
		return;
	}
	json_object(j, "counts");
	json_object(j, "items");
	for (int l = LEVEL_OK; l < LEVEL_N; l++)
		body_count(j, level_name((enum level)l), v->counts.level[l]);
	body_count(j, "excepted", v->counts.excepted);
	json_object_end(j);
	body_count(j, "checks", v->counts.checks);
	body_count(j, "outbox", v->counts.outbox);
	body_count(j, "dropped", v->counts.dropped);
	json_number(j, "oldest", span_seconds(v->counts.oldest));
	json_object_end(j);
}

/* Takes back what was written since the mark when it goes past the end. */
static bool
fits(struct json *j, size_t mark, bool comma, size_t end)
{
	if (j->out->len <= end)
		return true;
	j->out->len = mark;
	j->out->s[mark] = '\0';
	j->comma = comma;
	return false;
}

static size_t
metrics(struct json *j, const struct event *v)
{
	size_t left_out = 0;

	json_array(j, "metrics");
	for (size_t i = 0; i < v->nmetrics; i++) {
		struct metric m = v->metrics[i];
		size_t mark = j->out->len;
		bool comma = j->comma;
		struct str name;

		str_init(&name, BODY_KEY_CHARS * 4 + 8);
		body_clean(&name, m.name, BODY_KEY_CHARS);
		m.name = name.s;
		metric_json(j, &m);
		str_fini(&name);
		left_out += !fits(j, mark, comma, METRICS_END);
	}
	json_array_end(j);
	return left_out;
}

/* A key that comes twice would hide one of its values: the later ones are key.2, key.3. */
static void
key_of(const struct event *v, size_t n, struct str *out)
{
	size_t twin = 1;

	for (size_t i = 0; i < n; i++)
		twin += strcmp(v->evidence[i].key, v->evidence[n].key) == 0;
	body_clean(out, v->evidence[n].key, BODY_KEY_CHARS);
	if (twin > 1)
		str_addf(out, ".%zu", twin);
}

static size_t
evidence(struct json *j, const struct event *v)
{
	size_t cut = 0;

	json_object(j, "evidence");
	for (size_t i = 0; i < v->nevidence; i++) {
		size_t mark = j->out->len;
		bool comma = j->comma, whole;
		struct str key, clean;

		str_init(&key, BODY_KEY_CHARS * 4 + 32);
		key_of(v, i, &key);
		str_init(&clean, BODY_EVIDENCE_CHARS * 4 + 8);
		whole = body_clean(&clean, v->evidence[i].value, BODY_EVIDENCE_CHARS);
		json_text(j, key.s, clean.s);
		cut += !fits(j, mark, comma, EVIDENCE_END) || !whole;
		str_fini(&clean);
		str_fini(&key);
	}
	json_object_end(j);
	return cut;
}

int
body_cloudevents(const struct body_terms *t, const struct event *v, struct str *out, struct err *e)
{
	size_t nmetrics, nevidence;
	struct json j;

	(void)t, (void)e;
	json_init(&j, out);
	json_object(&j, NULL);
	attributes(&j, v);
	json_object(&j, "data");
	identity(&j, v);
	wording(&j, v);
	times(&j, v);
	counts(&j, v);
	nmetrics = metrics(&j, v);
	nevidence = evidence(&j, v);
	json_object(&j, "cut"); /* how many were left out or shortened to keep under BODY_MAX */
	body_count(&j, "metrics", nmetrics);
	body_count(&j, "evidence", nevidence);
	json_object_end(&j);
	json_object_end(&j);
	json_object_end(&j);
	return 0;
}
