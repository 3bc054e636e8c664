/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the two lists of kinds, made once from the faces of the probes and of the sinks, and what
 * must stand in the files that a sink names; how a configuration of them is read.
 */
#include "kinds/kinds.h"

#include "base/file.h"
#include "cell/sandbox.h"
#include "cell/secret.h"
#include "face/places.h"
#include "probes/specs.h"
#include "sinks/specs.h"

#include <fcntl.h>

#define TEMPLATE_FILE_MAX ((size_t)65536) /* bytes that are read of one */

int
kinds_sink_body(const struct sink_spec *s, const void *options, struct arena *a,
    struct sink_body *b, struct body_terms *t, struct err *e)
{
	char *text;
	size_t n;

	*b = s->body != NULL ? s->body(options) : (struct sink_body){ .format = NULL };
	*t = (struct body_terms){ .topic = b->topic, .firing_for = b->firing_for };
	if (b->file == NULL)
		return 0;
	if (file_read(AT_FDCWD, b->file, FILE_FOLLOW, TEMPLATE_FILE_MAX, a, &text, &n, e) < 0)
		return err_wrap(e, "%s", b->file);
	t->template_name = b->file;
	t->template_text = text;
	return body_check(b->format, t, e);
}

static const char *
text_of(const void *options, const struct opt *o)
{
	return *(const char *const *)((const char *)options + o->offset);
}

static int
read_secret(const struct sink_spec *s, const char *opt, const char *path, struct err *e)
{
	struct secret secret;
	int rc;

	if (secret_read(&secret, path, e) < 0)
		return -1;
	rc = s->secret != NULL ? s->secret(opt, secret.text, e) : 0;
	secret_free(&secret);
	return rc < 0 ? err_wrap(e, "%s", path) : 0;
}

/* The secrets and the template that a sink names are what they must be. */
static int
sink_files(const struct conf_kind *kind, const void *options, const char **opt, struct err *e)
{
	const struct sink_spec *s = sink_find(kind->name);
	struct arena *a = arena_new(4 * TEMPLATE_FILE_MAX);
	struct sink_body b;
	struct body_terms t;
	int rc = 0;

	for (const struct opt *o = s->opts; rc == 0 && o->name != NULL; o++) {
		*opt = o->name;
		if (o->type == OPT_SECRET && text_of(options, o) != NULL)
			rc = read_secret(s, o->name, text_of(options, o), e);
	}
	if (rc == 0 && (rc = kinds_sink_body(s, options, a, &b, &t, e)) < 0)
		for (const struct opt *o = s->opts; o->name != NULL; o++)
			if (o->type == OPT_TEXT && text_of(options, o) == b.file)
				*opt = o->name;
	arena_free(a);
	return rc;
}

const struct conf_kind *
kinds_checks(void)
{
	static struct conf_kind kinds[PROBE_KINDS_MAX + 1];

	for (size_t i = 0; probe_specs[i] != NULL; i++)
		kinds[i] = (struct conf_kind){ probe_specs[i]->name, probe_specs[i]->opts,
			probe_specs[i]->conf_size, probe_specs[i]->check, NULL };
	return kinds;
}

const struct conf_kind *
kinds_sinks(void)
{
	static struct conf_kind kinds[SINK_KINDS_MAX + 1];

	for (size_t i = 0; sink_specs[i] != NULL; i++)
		kinds[i] = (struct conf_kind){ sink_specs[i]->name, sink_specs[i]->opts,
			sink_specs[i]->conf_size, sink_specs[i]->check, sink_files };
	return kinds;
}

/* It parses what is in its memory and writes to one socket. Where a kernel cannot confine it at
 * all, whoever may not go on is told so by the checks. */
int
kinds_lock(struct err *e)
{
	const struct sandbox_terms none = {
		.state_fd = -1, .pure = true, .fence.unconfined = true
	};
	struct sandbox_held held;

	return sandbox_enter(&none, &held, e);
}

struct conf *
kinds_conf(const char *path, const char *instead)
{
	return conf_load_or(path, instead, kinds_checks(), kinds_sinks(), kinds_lock);
}

struct run_spec
kinds_run_spec(const struct check_conf *k, const struct fence *fence, struct arena *a)
{
	const struct probe_spec *s = probe_find(k->probe);
	const char *other = s->program != NULL ? s->program(k->options) : NULL;
	span valid = k->every < SPAN_MAX / 4 ? 2 * k->every + k->timeout : SPAN_MAX;

	return (struct run_spec){
		.check = k->id,
		.probe = s->name,
		.program = place_worker(other != NULL ? other : s->name, a),
		.opts = s->opts,
		.conf = k->options,
		.rules = s->rules,
		.fence = fence,
		.wants_state = (s->needs & NEED_STATE) != 0,
		.timeout = k->timeout,
		.valid_for = valid,
	};
}
