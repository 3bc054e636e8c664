/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd: the calls of the program for people. Each gets its own words (argv[0] is the call) and
 * returns the exit code.
 */
#ifndef APP_CMD_H
#define APP_CMD_H

#include "conf/conf.h"
#include "watch/runner.h"

int cmd_check(int argc, char **argv);
int cmd_init(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_probes(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_alerts(int argc, char **argv);

/* Prints one line and the way to help to stderr; returns EX_USAGE. */
__attribute__((format(printf, 1, 2))) int cmd_usage(const char *fmt, ...);

/* All kinds of check there are, from the faces of the probes. */
const struct conf_kind *app_kinds(void);

/* All kinds of sink, likewise. */
const struct conf_kind *app_sink_kinds(void);

/* FOREWARN_STATE_DIR, else /var/lib/forewarn for root, else the XDG folder. Borrowed. */
const char *app_state_dir(struct arena *a);

/* FOREWARN_SOCKET, else /run/forewarn/control for root and where it is there, else in the user's
 * runtime folder. */
const char *app_socket_path(struct arena *a);

/* /etc/forewarn/forewarn.conf for root, else the XDG place if it is there, else /etc. */
const char *app_conf_path(struct arena *a);

/* Where the programs that do one job are: beside this one as built, else the installed folder.
 * app_worker: the one of a probe. */
const char *app_cell(const char *program, struct arena *a);
const char *app_worker(const char *probe, struct arena *a);

/* What the runner needs to know of a configured check. */
struct run_spec app_run_spec(const struct check_conf *k, struct arena *a);

#endif
