/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the way of a configuration into force: read, built beside the one in force, exchanged with
 * it in one transaction, and only then is the old one freed. What cannot be built changes nothing.
 */
#include "daemon/daemon.h"

#include "base/notify.h"
#include "daemon/journal.h"
#include "daemon/rename.h"
#include "kinds/kinds.h"

#include <stdio.h>
#include <unistd.h>

/* In force from the installation until somebody writes one: it starts, and says what is missing. */
static const char first_conf[] =
    "checks = ( { id = \"clock\"; title = \"Clock of this computer\"; probe = \"clock\"; } );\n"
    "sinks = ( { id = \"desktop\"; type = \"desktop\"; } );\n";

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* Besides the built-in one. */
static size_t
configured(const struct conf *c)
{
	return c->nchecks - 1;
}

/* NULL with the first fault in *e; the journal has them all. */
static struct conf *
read_conf(const struct daemon *d, struct err *e)
{
	struct conf *c = kinds_conf(d->conf_path, d->own_conf ? first_conf : NULL);

	for (size_t i = 0; i < c->nfaults && i < CONF_FAULTS_MAX; i++)
		journal(JOURNAL_ERROR, "%s", c->faults[i]);
	for (size_t i = 0; i < c->ndoubts && i < CONF_FAULTS_MAX; i++)
		journal(JOURNAL_ERROR, "%s", c->doubts[i]);
	if (c->nfaults + c->ndoubts == 0)
		return c;
	err_set(e, ERR_PARSE, "%s", c->nfaults > 0 ? c->faults[0] : c->doubts[0]);
	conf_free(c);
	return NULL;
}

/* A generation beside the one in force; after the exchange it holds the old one. */
struct other {
	struct daemon *d;
	struct generation generation;
	struct ways ways;
	bool exchanged;
};

static void
exchange(struct other *o)
{
	struct daemon *d = o->d;
	struct generation g = d->generation;
	struct ways w = d->ways;

	d->generation = o->generation;
	d->ways = o->ways;
	o->generation = g;
	o->ways = w;
	o->exchanged = !o->exchanged;
}

/* May be called again after a disk that was full: it starts from the generation in force. */
static int
write_exchange(void *self, struct err *e)
{
	struct other *o = self;

	if (o->exchanged)
		exchange(o);
	if (ways_number(&o->ways, &o->generation, o->d->world.store, e) < 0)
		return -1;
	exchange(o);
	return rename_old(&o->d->ground, e);
}

/* All that reads the configuration in force takes the new one up. */
static void
adopt(struct daemon *d)
{
	runs_stop(&d->runs);
	posts_adopt(&d->posts);
	daemon_sweep(d);
	runs_adopt(&d->runs);
	digest_adopt(&d->digest);
	d->next_tick = 0; /* what is no longer configured ends now */
}

/* Takes c over. -1 with *e set: nothing has changed, and the journal says why. */
static int
install(struct daemon *d, struct conf *c, struct err *e)
{
	struct other o = { .d = d };

	generation_make(&o.generation, c, d->world.host);
	if (ways_make(&o.ways, &o.generation, e) < 0) {
		journal(JOURNAL_ERROR, "%s", e->msg);
		generation_end(&o.generation);
		return -1;
	}
	if (ledger_write(&d->ledger, write_exchange, &o) < 0) {
		if (o.exchanged)
			exchange(&o);
		generation_end(&o.generation);
		return err_set(e, ERR_SYS, "the state cannot be written");
	}
	adopt(d);
	generation_end(&o.generation);
	return 0;
}

static bool
nobody_wrote_one(const struct conf *c)
{
	return access(c->main, F_OK) < 0;
}

struct conf *
daemon_read_first(struct daemon *d)
{
	struct err e;
	struct conf *c = read_conf(d, &e);

	if (c == NULL)
		return NULL;
	d->own_conf = d->own_conf && nobody_wrote_one(c);
	if (d->own_conf)
		journal(JOURNAL_WARNING,
		    "no configuration at %s: it watches the clock only; forewarn init writes one",
		    d->conf_path);
	return c;
}

int
daemon_install_first(struct daemon *d, struct conf *c)
{
	struct err e = { 0 };

	if (install(d, c, &e) < 0)
		return -1;
	self_remember(&d->self);
	journal(JOURNAL_NOTICE, "watches %zu check%s, tells %zu sink%s", configured(c),
	    plural(configured(c)), c->nsinks, plural(c->nsinks));
	return 0;
}

static int
read_anew(struct daemon *d, struct err *e)
{
	bool own = d->own_conf;
	struct conf *c = read_conf(d, e);

	if (c == NULL)
		return -1;
	d->own_conf = own && nobody_wrote_one(c);
	if (install(d, c, e) < 0) {
		d->own_conf = own;
		return -1;
	}
	journal(JOURNAL_NOTICE, "%s: read anew, %zu check%s, %zu sink%s", d->conf_path,
	    configured(c), plural(configured(c)), c->nsinks, plural(c->nsinks));
	return 0;
}

void
daemon_reload(struct daemon *d)
{
	struct err e = { 0 };
	char state[64];

	snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)(world_mono(&d->world) / SPAN_US));
	notify_send(state);
	if (read_anew(d, &e) == 0) {
		self_configured(&d->self, NULL);
	} else {
		journal(JOURNAL_WARNING, "%s has faults: what was in force stays in force",
		    d->conf_path);
		self_configured(&d->self, e.msg);
	}
	notify_send("READY=1");
}
