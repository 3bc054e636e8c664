/* SPDX-License-Identifier: Apache-2.0
 *
 * grammars: those that several programs share. A program with one of its own has it in its file.
 */
#ifndef INIT_READERS_GRAMMARS_H
#define INIT_READERS_GRAMMARS_H

#include "init/readers/reader.h"

extern const struct grammar grammar_lines; /* name value …, or name = value; # */
extern const struct grammar grammar_ini;   /* [section], name = value; # and ; */
extern const struct grammar grammar_yaml;  /* name: value, - name: value; # */
extern const struct grammar grammar_json;  /* { "name": "value" } */
extern const struct grammar grammar_calls; /* name(part="value" …); # (rsyslog, syslog-ng) */
extern const struct grammar grammar_tree;  /* name { name = value }; # */

/* The folders that ROLE_BASE sets for certificates and authorities. */
#define BASES_CERT_CA (1u << BASE_CERT | 1u << BASE_CA)

#endif
