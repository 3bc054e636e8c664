/* SPDX-License-Identifier: Apache-2.0
 *
 * files: the half of a run that reads files, folders and patterns. A file that was named itself is
 * told of by itself; what is not read of a folder or a pattern is counted in one line.
 */
#ifndef PROBES_CERT_FILES_H
#define PROBES_CERT_FILES_H

#include "base/str.h"
#include "probes/cert/cert.h"
#include "probes/cert/forms.h"
#include "probes/cert/seen.h"

#define CERT_FILE_MAX ((size_t)32 << 20) /* bytes of one file: a list of revoked ones has 20 MB */
#define FOLDER_DEPTH_MAX 16              /* folders below a folder that is named */
#define FOLDER_FILES_MAX 200000u         /* files of one entry */
#define UNREAD_TEXT_MAX ((size_t)4096)   /* bytes of the list of what was not read */

/* Why a file counts as not read: what its form has to say (the first of FORM_TROUBLE_N), or: */
enum unread {
	UNREAD_DENIED = FORM_TROUBLE_N, /* it could not be opened */
	UNREAD_EMPTY,                   /* it is called as certificates are, and holds none */
	UNREAD_SECRET,                  /* it holds a secret of ours, which is kept from checks */
	UNREAD_N
};

struct files_run {
	struct cert_run *run;
	struct arena *arena; /* of one file, reset after each */
	struct seen paths;   /* only kept when two entries may name one file */
	struct seen keys;    /* files whose readers were told */
	struct form_passwords passwords;
	/* of the entry that is read */
	uint32_t entry; /* in the census */
	bool named;     /* it is one file */
	size_t read;    /* files with a certificate or a list, all of it read */
	size_t unread[UNREAD_N];
	struct str list; /* of what was not read, each with its reason */
	size_t unlisted;
};

/* Reads one file and shows what is in it. true: something was said or counted of it. */
bool file_show(struct files_run *f, const char *path);

/* Does its name end as those of certificate files do? */
bool file_is_called_so(const char *path);

/* An item for what cannot be read, under rule cert.read. reason may be NULL. */
void file_unreadable(struct files_run *f, const char *path, const char *what, const char *reason);

/* Passwords of PKCS #12 files, from the files that the configuration names; what cannot be read is
 * told. They are wiped by passwords_wipe. */
void passwords_read(struct files_run *f);
void passwords_wipe(struct files_run *f);

#endif
