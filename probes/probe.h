/* SPDX-License-Identifier: Apache-2.0
 *
 * probe: what a kind of measurement shows of itself (its face: probe_spec, data only, linked into
 * the daemon and the command) and what its worker does (its work: probe_run, linked into its own
 * executable probe-<name> only). README.md beside this file walks through one.
 *
 * A probe measures and never judges, changes nothing on the machine, and answers two questions:
 * what is true now, and when will it fail.
 */
#ifndef PROBES_PROBE_H
#define PROBES_PROBE_H

#include "base/arena.h"
#include "base/clk.h"
#include "base/err.h"
#include "base/needs.h"
#include "conf/foreign.h"
#include "model/handed.h"
#include "model/result.h"
#include "model/rule.h"

struct probe_spec {
	const char *name;    /* its folder, its executable, the prefix of its rules */
	const char *summary; /* one line for people */
	const struct opt *opts;
	size_t conf_size; /* of the struct the table fills */
	unsigned needs;   /* NEED_*: rights the worker keeps, facts it is left (base/needs.h) */
	const struct rule *rules;
	/* NEED_EXEC, NEED_MODULE: its options of that sort; else NULL. */
	const struct foreign *(*foreign)(const void *conf);
	/* What a table cannot say (an URI, a port): -1 with *e set and *opt the name of the option
	 * at fault. Pure: it is called for every configuration that is read. May be NULL. */
	int (*check)(const void *conf, const char **opt, struct err *e);
	/* The worker for this configuration, where it is another than probe-<name>: the folder that
	 * it is built from (with a file `of`, README.md), so that only who needs a library links
	 * it. NULL: the usual one. Pure; may be NULL. */
	const char *(*program)(const void *conf);
};

struct probe_ctx {
	const char *check; /* id, for messages */
	struct clk *clk;
	span deadline;       /* on clk->mono: be done before it; at it the worker is killed */
	const char *guarded; /* as in struct fence; probe_kept reads it. NULL: nothing */
	int state_fd;        /* NEED_STATE: its own folder, locked for this run; else -1 */
	const struct handed *handed; /* what people accepted, what was kept; never NULL */
	struct arena *arena;         /* lives as long as the run */
	void (*emit)(void *self, const struct item *it);
	void (*note)(void *self, const char *what);
	void (*host_clock)(void *self, double offset, double bound);
	void (*keep)(void *self, const char *target, const char *text);
	void *self;
};

/* Hands one item over. Everything is copied before it returns. */
void probe_emit(const struct probe_ctx *ctx, const struct item *it);

/* Says what comes next ("C_Initialize of /usr/lib/x.so"): if the run never returns from it, the
 * result names it. Cheap enough to call before every foreign call. */
void probe_note(const struct probe_ctx *ctx, const char *what);

/* The host's clock against true time as measured: local - true and its bound, seconds. */
void probe_host_clock(const struct probe_ctx *ctx, double offset, double bound);

/* Has one line of at most HANDED_KEEP_TEXT_MAX bytes kept for the target outside of the check's own
 * folder; the next jobs hand it back (handed_keep). Only the newest counts. */
void probe_keep(const struct probe_ctx *ctx, const char *target, const char *text);

enum probe_kept { PROBE_FREE, PROBE_SECRET, PROBE_SECRET_AND_CERT };

/* Why a file cannot be read: it holds a secret of forewarn's own, which is kept from this probe,
 * and perhaps a certificate beside it. */
enum probe_kept probe_kept(const struct probe_ctx *ctx, const char *path);

/* The time left until ctx->deadline; never negative. */
span probe_left(const struct probe_ctx *ctx);

/* The work: measure once. May block until ctx->deadline and may crash, since it is alone in its
 * process. 0 when every target got at least one item, also the ones that could not be checked. -1
 * with *e set makes the whole result one UNKNOWN with that reason. Defined once in each probe. */
int probe_run(const struct probe_ctx *ctx, const void *conf, struct err *e);

/* What can only be seen with the rights that the worker gives up (which programs have a file open):
 * called once, before they are dropped and before the state folder is locked. A probe without such
 * a look does not define it. It may read what the kernel says, and keep it; it parses nothing that
 * others wrote. */
__attribute__((weak)) void probe_before(const struct probe_ctx *ctx, const void *conf);

/* The worker's own face. Defined by the build: the spec of the folder it is made from. */
extern const struct probe_spec *const probe_self;

#endif
