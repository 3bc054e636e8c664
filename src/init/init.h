/* SPDX-License-Identifier: Apache-2.0
 *
 * init: what a machine already has that is worth watching. Reads, changes nothing; what cannot be
 * read is left out and counted, so that the configuration can say so.
 */
#ifndef INIT_INIT_H
#define INIT_INIT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define INIT_FILES_MAX 4000             /* configuration files looked into */
#define INIT_FILE_MAX ((size_t)1 << 20) /* bytes of one */
#define INIT_FOUND_MAX 500              /* things of one kind */
#define INIT_DEPTH_MAX 6                /* folders below a service's folder */

#define INIT_REASON_CHARS 400 /* of a reason that is written */

#define INIT_NAMES_MAX 20     /* names that a port is asked for */
#define INIT_PORT_SURE "sure" /* of a port: where no TLS is, that is said */

struct found_list {
	const char **v;  /* the thing */
	const char **at; /* where it was found */
	size_t n, cap;
	size_t more; /* that found no room */
};

struct found {
	struct arena *arena;
	const char *root;               /* "" for this machine; a test's own tree otherwise */
	struct found_list servers;      /* time servers */
	struct found_list servers_left; /* seen and not taken as one; at: why */
	struct found_list keepers;      /* clocks at this computer that keep its time; at: why */
	struct found_list certs, endpoints, modules, logs, journals;
	struct found_list own;   /* endpoints of an authority that this computer does not know */
	struct found_list ports; /* endpoints that listen here, not asked yet */
	size_t stores;           /* key stores among certs, which may need a password */
	struct found_list tls_ports; /* numbers that configurations give TLS */
	struct found_list names;     /* that programs here answer to */
	struct found_list puzzles;   /* what configurations say that was not understood */
	/* Probes of the running computer itself that need to be told nothing. at: what each looks
	 * at; of those that are left: why. */
	struct found_list self, self_left;
	struct found_list backups;         /* jobs of the probe of backups, as it takes them */
	struct found_list backups_left;    /* "TOOL, FILE"; at: why it is not watched */
	struct found_list backup_examples; /* options of checks that watch them, to be filled */
	size_t persons;                    /* accounts of people, and directories that have some */
	size_t update_lists;               /* signed lists of apt */
	struct found_list advice;          /* lines that open `closed` to the service's account */
	size_t closed; /* certificates that the account of the service may not read */
	size_t files, unreadable;
	size_t broken;          /* places that could not be looked at, for want of neither right */
	const char *broken_why; /* the first of them, "path: reason" */
};

/* Adds it unless it is there already. */
void found_add(struct found *f, struct found_list *l, const char *thing, const char *at);

/* Counts a file that could not be read. That it is not there is no news. */
void found_unread(struct found *f, const char *path, const struct err *e);
/* The same by errno, of a place that could not be looked at. */
void found_not_seen(struct found *f, const char *path);

/* Reads a text file below the root and calls use for each line (no line end, not trimmed). Missing
 * files are no fault; unreadable ones are counted, and so is what a broken disk does not show. */
void found_lines(struct found *f, const char *path,
    void (*use)(struct found *f, const char *path, char *line), bool comments);

/* found_lines for every file of a folder whose name ends with suffix ("" for all), depth folders
 * down. */
void found_folder(struct found *f, const char *folder, const char *suffix, int depth,
    void (*use)(struct found *f, const char *path, char *line));

/* If line is "name value" or "name = value" with that name (any case): the value, its end cut of
 * quotes, commas and semicolons. NULL otherwise. Changes the line. */
char *found_value(char *line, const char *name);

bool found_exists(struct found *f, const char *path);

/* Every path below the root that matches the glob(7) pattern; the root is left out of what use
 * gets. */
void found_matches(struct found *f, const char *pattern, const char *at,
    void (*use)(struct found *f, const char *path, const char *at));

void init_time(struct found *f);  /* time servers that services here ask (clocks/) */
void init_certs(struct found *f); /* certificates that services name, or keep in known places */
void init_ports(struct found *f); /* ports that listen here and may show a certificate */
/* The names that a certificate of this machine may bear, `more` first ("" for none); "*.x" becomes
 * "www.x", which it covers. */
void init_names(struct found *f, const char *more, struct found_list *out);
/* What the account of the service may not read of these, and how to open it. Only root can ask. */
void init_rights(struct found *f);
void init_modules(struct found *f); /* PKCS#11 modules, whether or not a token is in */
void init_logs(struct found *f);    /* audit and authentication logs, the journal */

void init_backups(struct found *f); /* what makes backups here; never copies a password */

/* What somebody wants of the checks that are written; NULL: as they are without it. */
struct init_terms {
	const char *max_offset, *warn_offset; /* of the clock */
	const char *cert_lead, *token_lead;
	bool ask_retention; /* how long logs are to be kept has to be given */
	const char *checks; /* more of them, each with a comma before it */
	const char *more;   /* comments at the end of the list of checks */
};

/* The commented configuration. tokens: the modules that have one. */
void init_write(const struct found *f, const struct found_list *tokens, const char *host,
    const struct init_terms *terms, struct str *out);

#endif
