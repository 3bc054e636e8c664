/* SPDX-License-Identifier: Apache-2.0
 *
 * replay: what servers and responders once showed, taken from a file in place of asking them, for
 * `forewarn probes cert --prove` (handed.replay). The file is text; a section begins with a line
 *
 *	endpoint portal.example:443 TLSv1.3     as configured, and the protocol that was agreed on
 *	responder http://ocsp.example/          an address that a certificate names
 *
 * and has what was shown behind it in PEM: CERTIFICATE blocks in the order of the handshake, and
 *OCSP RESPONSE, the staple of an endpoint or the answer of a responder.
 */
#ifndef PROBES_CERT_REPLAY_H
#define PROBES_CERT_REPLAY_H

#include "probes/cert/talk.h"

#define REPLAY_MAX ((size_t)1 << 20) /* bytes of the file */

/* Ends the talk as its section says; without one it could not be reached. */
void replay_talk(struct talk *t, const char *path, struct arena *a);

/* As responder_ask. */
bool replay_answer(
    const char *path, const char *url, struct arena *a, struct der *answer, const char **why);

#endif
