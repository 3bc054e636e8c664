/* SPDX-License-Identifier: Apache-2.0
 *
 * reader: how the configuration of one program is read, as data. A program is one file of this
 * folder with one struct reader in it, and one line of readers.c. follow.c does the reading.
 */
#ifndef INIT_READERS_READER_H
#define INIT_READERS_READER_H

#include "init/readers/syntax.h"
#include "init/readers/values.h"

enum role {
	ROLE_CERT,  /* its value is a file of certificates, or a folder of such files */
	ROLE_CA,    /* authorities that it asks clients or servers for; the system's own are none */
	ROLE_CRL,   /* a revocation list */
	ROLE_STORE, /* a key store: PKCS#12, JKS */
	ROLE_INLINE,  /* the certificate itself stands in this file */
	ROLE_NAME,    /* names that the program answers to */
	ROLE_PORT,    /* where it listens with TLS: "443", "[::]:443" */
	ROLE_INCLUDE, /* a file to read too, or a folder, or a pattern */
	ROLE_BASE,    /* the folder that relative paths begin at, from here on */
	ROLE_SET,     /* a variable: its name is the value, its text the one behind */
	ROLE_VALUE,   /* a variable: its name is the word itself ("*": of any) */
	ROLE_IF,      /* what follows counts where this variable has a value … */
	ROLE_IF_NOT,  /* … where it has none */
	ROLE_ELSE,
	ROLE_END_IF,
	ROLE_UNSURE /* certificates hang on it, and it cannot be followed */
};

/* Which of the three folders a relative path begins at. Bits, where ROLE_BASE sets them. */
enum base { BASE_CERT, BASE_CA, BASE_INCLUDE, BASE_N };

struct word {
	const char *name; /* any case, "-" is "_"; "block/name": in that block; "*": any */
	enum role role;
	unsigned at;        /* which word behind it is the value; 0: all, each a value */
	bool anywhere;      /* not only as the first word of a statement */
	bool raw;           /* the name of a raw block */
	unsigned least;     /* so many values at least, or it means no file */
	const char *beside; /* counts only where this word stands in the statement; NULL: always */
	bool alone;         /* more behind the value is not understood */
	const char *list;   /* a value is a list, parted by these characters; NULL: it is one */
	bool optional;      /* what it names need not be there */
	unsigned bases;     /* ROLE_BASE: 1 << BASE_CERT … */
	const char *suffix; /* of a folder's files that are included; NULL: all */
	const struct reader *with; /* how an included file is read; NULL: as this one */
};

#define HOME "."
#define ABOVE ".." /* the folder above that of the main file */

struct reader {
	const char *name; /* the program, as people call it */
	const struct grammar *grammar;
	const char *const *mains;  /* patterns of its main files; NULL ends them */
	const char *const *others; /* … of what is read where there is no main file; may be NULL */
	const char *beside;        /* a second file in the main file's folder, or NULL */
	const struct reader *beside_with;
	const char *environment; /* a shell's file of variables, or NULL */
	/* where relative paths begin: NULL is the folder of the file that is read, HOME that of the
	 * main file */
	const char *base[BASE_N];
	const char *const *folder_names; /* variables that mean ABOVE; NULL ends them */
	const char *home;                /* HOME where there is no main file; NULL: "/" */
	unsigned forms;                  /* enum value_forms */
	bool late;                       /* variables count from the file's first line on */
	bool last_wins;                  /* of one word's values only the last counts */
	const char *toggle;       /* with last_wins: a variable; nothing counts where it is off */
	const struct word *words; /* a name of NULL ends them */
};

#endif
