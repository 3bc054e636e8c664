/* SPDX-License-Identifier: Apache-2.0
 *
 * conf: the whole configuration (libconfig syntax): one file, what it @includes, and conf.d/ beside
 * it in name order. One arena a generation: all text lives until conf_free. Reading never changes
 * anything, and a configuration with one fault is not used at all.
 */
#ifndef CONF_CONF_H
#define CONF_CONF_H

#include "base/week.h"
#include "conf/schema.h"

#define CONF_FILE_MAX ((size_t)4 << 20) /* bytes of one file */
#define CONF_FILES_MAX 1000             /* in conf.d */
#define CONF_CHECKS_MAX 10000
#define CONF_SINKS_MAX 64
#define CONF_FAULTS_MAX 100 /* listed; more are only counted */
#define CONF_ID_MAX 64
#define CONF_ID_OWN "forewarn" /* of the check that forewarnd makes of itself; no other has it */

/* Takes all rights away from the process that calls it: that which parses the files. -1 with *e
 * set. */
typedef int conf_lock(struct err *e);

/* A kind of check (or of sink): its name and its option table. */
struct conf_kind {
	const char *name;
	const struct opt *opts;
	size_t size;
	int (*check)(const void *options, const char **opt, struct err *e);
	/* What stands in the files that the options name; may be NULL. Blocks. */
	int (*files)(
	    const struct conf_kind *kind, const void *options, const char **opt, struct err *e);
};

struct person_conf {
	const char *id, *name, *contact;
	struct texts login; /* user names */
};

#define CONF_LEAD_UNSTATED (-1)

struct check_conf {
	const char *id, *title, *probe;
	span every, timeout, remind;
	span lead; /* CONF_LEAD_UNSTATED: the rule's own, or that of dated papers (judge/judge.h) */
	int64_t confirm;
	bool auto_renew;
	const char *owner, *secondary; /* ids of people, or NULL */
	const char *parent;            /* id of a check, or NULL */
	struct texts quiet_when_running;
	const struct conf_kind *kind;
	void *options;     /* kind->size bytes */
	const char *place; /* "file:line" */
};

struct sink_conf {
	const char *id, *type;
	struct texts levels;    /* names; none: all but ok */
	struct texts owners;    /* ids of people; none: whoever owns the check */
	struct texts checks;    /* patterns of ids (fnmatch); none: all */
	span after;             /* only what nobody has taken by then; 0: at once */
	const char *open_hours; /* as base/week reads them; NULL: always */
	const struct conf_kind *kind;
	void *options; /* kind->size bytes */
	const char *place;
};

/* Hours of each week in which some checks are expected to fail. */
struct downtime_conf {
	struct texts checks; /* patterns of ids (fnmatch) */
	const char *weekly, *reason;
	span lasts; /* its option is called `for` */
	struct week_moment begins;
};

struct conf {
	struct arena *arena;
	const char *path; /* of the main file, as it was given */
	const char *site;
	bool unconfined;   /* cells run also where the kernel filters no system calls */
	const char *owner; /* of `defaults`; NULL: none */
	struct person_conf *people;
	size_t npeople;
	struct check_conf *checks;
	size_t nchecks;
	struct sink_conf *sinks;
	size_t nsinks;
	struct downtime_conf *downtimes;
	size_t ndowntimes;
	/* every fault found, one line each: "file:line: name: what, what is allowed" */
	const char **faults;
	size_t nfaults;
	/* what somebody else could change: forewarnd refuses it as it does a fault, `config check`
	 * warns of it; listed and counted as the faults are */
	const char **doubts;
	size_t ndoubts;
	const char *main;            /* the file that was read last */
	const struct source *source; /* while loading: where the lines that are read came from */
};

/* The kinds of checks and of sinks each end with a NULL name. The files are parsed in a process of
 * its own, which lock disarms (NULL: it keeps its rights, for tests); when that process crashes,
 * hangs or lies, the one fault says so. Blocks. Returns NULL never: ask nfaults, and conf_free in
 * any case. */
struct conf *conf_load(const char *path, const struct conf_kind *probes,
    const struct conf_kind *sinks, conf_lock *lock);
/* Where there is neither that file nor one in conf.d, the text is the configuration. */
struct conf *conf_load_or(const char *path, const char *text, const struct conf_kind *probes,
    const struct conf_kind *sinks, conf_lock *lock);
void conf_free(struct conf *c);

const struct person_conf *conf_person(const struct conf *c, const char *id); /* NULL if none */
/* The user is the owner or the secondary of the check. */
bool conf_owns(const struct conf *c, const struct check_conf *k, const char *login);
const struct check_conf *conf_check(const struct conf *c, const char *id);
/* Whether another check names k as its parent. */
bool conf_has_children(const struct conf *c, const struct check_conf *k);
const struct sink_conf *conf_sink(const struct conf *c, const char *id);

/* The tables of what stands outside a kind's own options, for manuals. */
extern const struct opt conf_check_opts[], conf_person_opts[], conf_sink_opts[],
    conf_downtime_opts[];

#endif
