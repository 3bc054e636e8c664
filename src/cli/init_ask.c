/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns what init asks in cells.
 */
#include "cli/init_ask.h"

#include "kinds/kinds.h"
#include "probes/cert/spec.h"
#include "probes/specs.h"

#include <stdio.h>
#include <string.h>

#define MODULE_TIMEOUT (5 * SPAN_S)
#define PORTS_TIMEOUT (15 * SPAN_S)
#define ASKED_MAX 400 /* endpoints in one question */

static const struct fence none = { NULL, false };

/* Asks each module in a cell of its own whether it shows a token: it is foreign code. */
void
init_ask_modules(struct found *f, struct found_list *tokens)
{
	const struct probe_spec *hsm = probe_find("hsm");
	size_t n = f->modules.n;
	struct run_spec *specs = arena_array(f->arena, n + 1, sizeof(*specs));
	struct result *results = arena_array(f->arena, n + 1, sizeof(*results));
	struct runner r = { .clk = clk_system(), .state_dir = "", .parallel = 4 };

	if (hsm == NULL)
		return;
	for (size_t i = 0; i < n; i++) {
		struct check_conf k = { .id = "init", .probe = "hsm", .timeout = MODULE_TIMEOUT };

		k.options = arena_alloc(f->arena, hsm->conf_size);
		opts_defaults(hsm->opts, k.options, f->arena);
		opt_set_text(
		    opt_find(hsm->opts, "module"), k.options, f->modules.v[i], f->arena, NULL);
		specs[i] = kinds_run_spec(&k, &none, f->arena);
	}
	runner_run(&r, specs, n, f->arena, results);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < results[i].nitems; k++) {
			const struct item *it = &results[i].items[k];

			if (strcmp(it->rule, "hsm.token") == 0 && it->state == ITEM_FINE)
				found_add(f, tokens, f->modules.v[i], it->target);
		}
}

/* One run of the cert probe over these endpoints. */
static struct result *
ask(struct found *f, const struct found_list *endpoints)
{
	const struct probe_spec *cert = probe_find("cert");
	struct check_conf k = { .id = "init", .probe = "cert", .timeout = PORTS_TIMEOUT };
	struct runner r = { .clk = clk_system(), .state_dir = "", .parallel = 1 };
	struct result *result = arena_array(f->arena, 1, sizeof(*result));
	struct run_spec spec;

	if (cert == NULL || endpoints->n == 0)
		return result;
	k.options = arena_alloc(f->arena, cert->conf_size);
	opts_defaults(cert->opts, k.options, f->arena);
	if (opt_set_texts(opt_find(cert->opts, "endpoints"), k.options, endpoints->v, endpoints->n,
		f->arena, NULL) < 0)
		return result;
	spec = kinds_run_spec(&k, &none, f->arena);
	runner_run(&r, &spec, 1, f->arena, result);
	return result;
}

static const char *
evidence(const struct item *it, const char *key)
{
	for (size_t i = 0; i < it->nevidence; i++)
		if (strcmp(it->evidence[i].key, key) == 0)
			return it->evidence[i].value;
	return NULL;
}

static const struct item *
item_of(const struct result *r, const char *rule, const char *endpoint)
{
	for (size_t i = 0; i < r->nitems; i++)
		if (strcmp(r->items[i].rule, rule) == 0 &&
		    strcmp(r->items[i].target, endpoint) == 0)
			return &r->items[i];
	return NULL;
}

/* What an endpoint answered, or NULL. */
static const struct item *
answer_of(const struct result *r, const char *endpoint)
{
	return item_of(r, "cert.endpoint", endpoint);
}

/* Its chain leads to nobody whom this computer trusts, and is not at fault otherwise. */
static bool
is_own(const struct result *r, const char *endpoint)
{
	const struct item *it = item_of(r, "cert.chain", endpoint);

	return it == NULL || it->state == ITEM_UNKNOWN;
}

/* Whether the certificate of this item was seen there: one certificate is one item, which names all
 * its places. */
static bool
shown_at(const struct item *it, const char *endpoint)
{
	const char *places = evidence(it, "places");
	size_t n = strlen(endpoint);

	if (strcmp(it->target, endpoint) == 0)
		return true;
	for (const char *p = places; p != NULL && (p = strstr(p, endpoint)) != NULL; p += n)
		if ((p == places || p[-1] == ' ') && (p[n] == '\0' || p[n] == ';'))
			return true;
	return false;
}

/* The name in the certificate's subject, "" for none: CN=… of its evidence, where that is the name
 * of a host and not of a thing. */
static const char *
common_name(struct found *f, const struct result *r, const char *endpoint)
{
	for (size_t i = 0; i < r->nitems; i++) {
		const char *subject = evidence(&r->items[i], "subject"), *cn;

		if (subject == NULL || !shown_at(&r->items[i], endpoint) ||
		    (cn = strstr(subject, "CN=")) == NULL)
			continue;
		cn = arena_textn(f->arena, cn + 3, strcspn(cn + 3, ",+"));
		return strchr(cn, '.') != NULL ? cn : "";
	}
	return "";
}

/* The endpoint asked under a name: the name stands before its host. */
static const char *
under(struct found *f, const char *endpoint, const char *name)
{
	const char *host = strstr(endpoint, "://");
	size_t scheme = host != NULL ? (size_t)(host - endpoint) + 3 : 0;

	return arena_printf(f->arena, "%.*s%s@%s", (int)scheme, endpoint, name, endpoint + scheme);
}

/* The names in the certificate itself; one for many hosts names none of them. */
static void
add_own_names(struct found *f, const struct item *answer, struct found_list *names)
{
	const char *list = answer != NULL ? evidence(answer, "names") : NULL;

	for (size_t n; list != NULL && *list != '\0'; list += n + strspn(list + n, ", ")) {
		n = strcspn(list, ",");
		if (list[0] != '*')
			found_add(f, names, arena_textn(f->arena, list, n), "");
	}
}

/* The endpoint under each name that may fit, to be asked. */
static void
add_candidates(
    struct found *f, const struct result *r, const char *endpoint, struct found_list *out)
{
	struct found_list names = { 0 };
	struct cert_endpoint ep;
	struct err e;

	init_names(f, common_name(f, r, endpoint), &names);
	add_own_names(f, answer_of(r, endpoint), &names);
	for (size_t i = 0; i < names.n && out->n < ASKED_MAX; i++) {
		const char *text = under(f, endpoint, names.v[i]);

		if (cert_endpoint_parse(text, &ep, &e) < 0)
			continue;
		found_add(f, out, text, endpoint);
	}
}

/* The endpoint under the name that was found to fit; NULL: none did. */
static const char *
fitting(const struct result *r, const struct found_list *asked, const char *endpoint)
{
	for (size_t i = 0; i < asked->n; i++) {
		const struct item *it =
		    strcmp(asked->at[i], endpoint) == 0 ? answer_of(r, asked->v[i]) : NULL;

		if (it != NULL && it->state == ITEM_FINE)
			return asked->v[i];
	}
	return NULL;
}

/* Of an address of this computer the probe asks no name, so one that does not fit anything known
 * here is watched by its address. */
static void
settle(struct found *f, const struct result *first, const struct found_list *shown)
{
	struct found_list asked = { 0 };
	const struct result *r;

	for (size_t i = 0; i < shown->n; i++)
		add_candidates(f, first, shown->v[i], &asked);
	r = ask(f, &asked);
	for (size_t i = 0; i < shown->n; i++) {
		const char *fits = fitting(r, &asked, shown->v[i]);

		found_add(f, is_own(first, shown->v[i]) ? &f->own : &f->endpoints,
		    fits != NULL ? fits : shown->v[i],
		    fits != NULL ? "a port that listens here, and a name that its certificate bears"
				 : "a port that listens here");
	}
}

/* Only kinds of endpoint that the probe knows. */
static struct found_list
askable(struct found *f)
{
	struct found_list out = { 0 };
	struct cert_endpoint ep;
	struct err e;

	for (size_t i = 0; i < f->ports.n; i++)
		if (cert_endpoint_parse(f->ports.v[i], &ep, &e) == 0)
			found_add(f, &out, f->ports.v[i], f->ports.at[i]);
	return out;
}

void
init_ask_ports(struct found *f)
{
	struct found_list ports = askable(f), shown = { 0 };
	const struct result *r = ask(f, &ports);

	for (size_t i = 0; i < ports.n; i++) {
		const struct item *it = answer_of(r, ports.v[i]);

		if (it != NULL && it->state != ITEM_UNKNOWN)
			found_add(f, &shown, ports.v[i], "");
		else if (strcmp(ports.at[i], INIT_PORT_SURE) == 0)
			found_add(f, &f->puzzles,
			    arena_printf(f->arena, "%s: a port that listens here", ports.v[i]),
			    ", and showed no certificate when it was asked");
	}
	settle(f, r, &shown);
}
