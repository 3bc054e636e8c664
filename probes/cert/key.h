/* SPDX-License-Identifier: Apache-2.0
 *
 * key: the private key that lies in a file or beside it: whether certificates belong to it, and who
 * may read it. Only its public half is kept; nothing is signed or decrypted with it.
 */
#ifndef PROBES_CERT_KEY_H
#define PROBES_CERT_KEY_H

#include "base/arena.h"
#include "probes/x509/der.h"

#include <stdbool.h>

#define KEY_FILE_MAX ((size_t)64 << 10) /* bytes of a file beside that is looked into */

struct key {
	bool there;       /* a private key stands in the file, encrypted or not */
	bool plain;       /* one that needs no password */
	struct der pub;   /* its SubjectPublicKeyInfo, in the arena; len 0: not known */
	const char *path; /* of the file that it is in */
};

/* Looks for one in the text of a file. The text stays as it is. */
void key_in(const char *data, size_t len, const char *path, struct arena *a, struct key *out);

/* Looks for one in a file beside that is named as its key: site.key of site.crt, privkey3.pem of
 * fullchain3.pem. One that cannot be read is as none. */
void key_beside(const char *path, struct arena *a, struct key *out);

enum key_reach { KEY_KEPT, KEY_OPEN_INSIDE, KEY_OPEN };

/* Who may read the file: its owner and group alone; others, but a folder above keeps them out;
 * everybody. */
enum key_reach key_reach(const char *path);

#endif
