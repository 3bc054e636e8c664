/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the table of formats: what each carries, and who writes it.
 */
#include "tell/body.h"

#include "tell/body_private.h"
#include "tell/body_template.h"

#include <string.h>

#define BIT(k) (1u << (k))
#define ALERTS                                                                                     \
	(BIT(EVENT_RAISED) | BIT(EVENT_ESCALATED) | BIT(EVENT_EASED) | BIT(EVENT_ACKNOWLEDGED) |   \
	    BIT(EVENT_REMINDER) | BIT(EVENT_RESOLVED) | BIT(EVENT_EXCEPTED) | BIT(EVENT_TEST))
#define FOR_PEOPLE (ALERTS | BIT(EVENT_DIGEST) | BIT(EVENT_SUMMARY))
#define EVERY_KIND ((BIT(EVENT_KINDS) - 1) & ~BIT(EVENT_SUMMARY))

static const struct body_format {
	const char *name, *content_type;
	unsigned kinds;
	body_writer *write;
} formats[] = {
	{ "alertmanager", "application/json", ALERTS | BIT(EVENT_HEARTBEAT), body_alertmanager },
	{ "cloudevents", "application/cloudevents+json", EVERY_KIND, body_cloudevents },
	{ "discord", "application/json", FOR_PEOPLE, body_discord },
	{ "ntfy", "application/json", FOR_PEOPLE, body_ntfy },
	{ "pagerduty", "application/json", ALERTS, body_pagerduty },
	{ "slack", "application/json", FOR_PEOPLE, body_slack },
	{ "teams", "application/json", FOR_PEOPLE, body_teams },
	{ "template", "application/json", EVERY_KIND, body_own },
	{ "text", "text/plain; charset=utf-8", FOR_PEOPLE, body_text },
};
#define NFORMATS (sizeof(formats) / sizeof(formats[0]))

const char *const body_formats[] = { "alertmanager", "cloudevents", "discord", "ntfy", "pagerduty",
	"slack", "teams", "template", "text", NULL };

static const struct body_format *
find(const char *name)
{
	for (size_t i = 0; i < NFORMATS; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static int
unknown(const char *name, struct err *e)
{
	struct str known;
	int rc;

	str_init(&known, ERR_TEXT_MAX);
	for (size_t i = 0; i < NFORMATS; i++)
		str_addf(&known, " %s", formats[i].name);
	rc = err_set(e, ERR_RANGE, "format \"%s\" is not known, known are%s", name, known.s);
	str_fini(&known);
	return rc;
}

int
body_check(const char *format, const struct body_terms *t, struct err *e)
{
	if (find(format) == NULL)
		return unknown(format, e);
	if (strcmp(format, "ntfy") == 0 && *body_or(t->topic) == '\0')
		return err_set(e, ERR_ABSENT, "format \"ntfy\" needs a topic");
	if (strcmp(format, "template") != 0)
		return 0;
	if (t->template_text == NULL)
		return err_set(e, ERR_ABSENT, "format \"template\" needs a file");
	return template_check(body_or(t->template_name), t->template_text, e);
}

bool
body_carries(const char *format, enum event_kind k)
{
	const struct body_format *f = find(format);

	return f != NULL && (f->kinds & BIT(k)) != 0;
}

bool
body_is_for_people(const char *format)
{
	return body_carries(format, EVENT_SUMMARY);
}

bool
body_is_forgotten(const char *format)
{
	return strcmp(format, "alertmanager") == 0;
}

int
body_write(const char *format, const struct body_terms *t, const struct event *v, struct str *out,
    const char **content_type, struct err *e)
{
	const struct body_format *f = find(format);
	struct str s;
	int rc;

	if (f == NULL)
		return unknown(format, e);
	if ((f->kinds & BIT(v->kind)) == 0)
		return err_set(
		    e, ERR_RANGE, "format \"%s\" has no form for %s", format, event_type(v->kind));
	str_init(&s, 2 * BODY_MAX); /* room to write what is then taken back */
	rc = f->write(t, v, &s, e);
	if (rc == 0 && (s.cut || s.len > BODY_MAX))
		rc = err_set(e, ERR_LIMIT, "a %s body of more than %zu bytes", format, BODY_MAX);
	if (rc == 0)
		str_addn(out, s.s, s.len);
	str_fini(&s);
	*content_type = f->content_type;
	return rc;
}
