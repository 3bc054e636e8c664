/* SPDX-License-Identifier: Apache-2.0
 *
 * places: where the files, the socket and the programs of forewarn are. Text lies in the arena or
 * in the environment: borrowed.
 */
#ifndef FACE_PLACES_H
#define FACE_PLACES_H

#include "base/arena.h"

/* FOREWARN_STATE_DIR, else /var/lib/forewarn for root, else the XDG folder. */
const char *place_state_dir(struct arena *a);

/* FOREWARN_SOCKET, else /run/forewarn/control for root and where it is there, else in the user's
 * runtime folder; where a user has none (XDG_RUNTIME_DIR), beside their state, in a folder that is
 * made if need be. */
const char *place_socket(struct arena *a);

/* /etc/forewarn/forewarn.conf for root, else the XDG place if it is there, else /etc. */
const char *place_conf(struct arena *a);

/* Where the programs that do one job are: beside this one as built, else the installed folder.
 * place_worker: the one of a probe. */
const char *place_cell(const char *program, struct arena *a);
const char *place_worker(const char *probe, struct arena *a);

/* The folder of the packs (packs/pack.h), as built or installed. */
const char *place_packs(struct arena *a);

/* The folder of the inputs on which a kind of check shows its alarms, as built or installed. */
const char *place_prove(const char *probe, struct arena *a);

#endif
