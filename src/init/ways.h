/* SPDX-License-Identifier: Apache-2.0
 *
 * ways: the folders and files that an account must pass to read the certificates that were found,
 * and which of them are to be opened for it. A folder is opened only for a file that holds
 * certificates alone, and never in somebody's home.
 */
#ifndef INIT_WAYS_H
#define INIT_WAYS_H

#include "init/account.h"
#include "init/holds.h"
#include "init/init.h"

#define WAYS_FILES_MAX 4000 /* files of certificates, and files looked at for keys */
#define WAYS_DEPTH_MAX 6    /* folders below one that is to be opened */

/* One file of certificates as it is reached: its path may lead over links. */
struct reached {
	const char *path, *real;
	size_t cert; /* of found's certs; several where that is a folder */
	enum holds holds;
	bool closed; /* the account cannot read it */
	bool home;   /* a home would have to be opened for it */
};

struct ways {
	struct found *f;
	struct place *v;
	size_t n, cap;
	struct reached *files;
	size_t nfiles, files_cap;
	size_t looked; /* files looked at for keys */
	bool too_many; /* a limit was passed: not all is known */
};

/* All places on the ways to all certificates. Opens files to see what they hold. */
void ways_collect(struct ways *w);

/* After the account was asked: which files are closed to it, which folders are to be opened, and
 * the private keys below these, as further places to ask about. */
void ways_decide(struct ways *w);

/* NULL: not among them. */
struct place *ways_place(struct ways *w, const char *path);

/* Whether the folder's files are all certificates, so that its new ones may be opened too. */
bool ways_certificates_only(struct ways *w, const char *folder);

#endif
