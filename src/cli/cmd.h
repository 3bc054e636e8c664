/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd: the calls of the program for people. Each gets its own words (argv[0] is the call) and
 * returns the exit code.
 */
#ifndef CLI_CMD_H
#define CLI_CMD_H

int cmd_check(int argc, char **argv);
int cmd_init(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_probes(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_certs(int argc, char **argv);
int cmd_alerts(int argc, char **argv);
int cmd_accept(int argc, char **argv);
int cmd_secret(int argc, char **argv);
int cmd_register(int argc, char **argv);
int cmd_preview(int argc, char **argv);
int cmd_playbook(int argc, char **argv);

/* usage.c. Prints one line and the way to help to stderr; returns EX_USAGE. */
__attribute__((format(printf, 1, 2))) int cmd_usage(const char *fmt, ...);

#endif
