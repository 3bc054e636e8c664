/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns reading what a server once showed.
 */
#include "probes/cert/replay.h"

#include "base/file.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#define ANSWER "OCSP RESPONSE"

/* One section: what stands behind its first line, up to the next. */
struct section {
	const char *rest; /* of the first line, behind the name */
	const char *p;
	size_t len;
};

static bool
begins(const char *line)
{
	return strncmp(line, "endpoint ", 9) == 0 || strncmp(line, "responder ", 10) == 0;
}

static bool
find(const char *path, const char *kind, const char *name, struct arena *a, struct section *out)
{
	size_t len, nname = strlen(name), nkind = strlen(kind);
	struct err e;
	char *text;

	if (file_read(AT_FDCWD, path, FILE_NOFOLLOW, REPLAY_MAX, a, &text, &len, &e) < 0)
		return false;
	for (char *line = text, *end; *line != '\0'; line = end) {
		end = line + strcspn(line, "\n");
		end += *end == '\n';
		if (!begins(line) || strncmp(line, kind, nkind) != 0 || line[nkind] != ' ' ||
		    strncmp(line + nkind + 1, name, nname) != 0 ||
		    strchr(" \n", line[nkind + 1 + nname]) == NULL)
			continue;
		line += nkind + 1 + nname;
		line += *line == ' ';
		out->rest = arena_textn(a, line, strcspn(line, "\n"));
		out->p = end;
		while (*end != '\0' && !begins(end)) {
			end += strcspn(end, "\n");
			end += *end == '\n';
		}
		out->len = (size_t)(end - out->p);
		return true;
	}
	return false;
}

/* Its blocks: certificates onto the chain (NULL: passed over), the last answer into *answer. */
static void
take(const struct section *s, STACK_OF(X509) * chain, struct arena *a, struct der *answer)
{
	BIO *in = BIO_new_mem_buf(s->p, (int)s->len);
	char *name, *header;
	unsigned char *data;
	long n;

	while (in != NULL && PEM_read_bio(in, &name, &header, &data, &n) == 1) {
		const unsigned char *p = data;
		X509 *x = chain != NULL && strcmp(name, PEM_STRING_X509) == 0
			      ? d2i_X509(NULL, &p, n)
			      : NULL;

		if (x != NULL && sk_X509_push(chain, x) <= 0)
			X509_free(x);
		if (strcmp(name, ANSWER) == 0)
			*answer = (struct der){ memcpy(arena_alloc(a, (size_t)n), data, (size_t)n),
				(size_t)n };
		OPENSSL_free(name);
		OPENSSL_free(header);
		OPENSSL_free(data);
	}
	BIO_free(in);
	ERR_clear_error();
}

void
replay_talk(struct talk *t, const char *path, struct arena *a)
{
	struct section s;

	if (t->keys != NULL || !find(path, "endpoint", t->text, a, &s)) {
		talk_end(t, "it is not in what was recorded", a);
		return;
	}
	t->chain = sk_X509_new_null();
	t->reached = true;
	take(&s, t->chain, a, &t->staple);
	t->protocol = s.rest;
	t->old_protocol = strcmp(s.rest, "TLSv1") == 0 || strcmp(s.rest, "TLSv1.1") == 0;
	talk_end(t, NULL, a);
}

bool
replay_answer(
    const char *path, const char *url, struct arena *a, struct der *answer, const char **why)
{
	struct section s;

	*answer = (struct der){ NULL, 0 };
	*why = "it is not in what was recorded";
	if (!find(path, "responder", url, a, &s))
		return false;
	take(&s, NULL, a, answer);
	return answer->len > 0;
}
