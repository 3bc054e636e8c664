/* SPDX-License-Identifier: Apache-2.0
 *
 * init_ask: what init asks in cells: modules for tokens, ports for certificates. Both are foreign.
 */
#ifndef CLI_INIT_ASK_H
#define CLI_INIT_ASK_H

#include "init/init.h"

/* Which of the modules show a token. Blocks for seconds. */
void init_ask_modules(struct found *f, struct found_list *tokens);

/* Which of the ports show a certificate, and under which name they are to be watched: f->endpoints.
 * One that shows none where TLS belongs goes to f->puzzles. Blocks for seconds. */
void init_ask_ports(struct found *f);

#endif
