/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the thread that hashes while the caller reads on.
 */
#include "hasher.h"

#include <pthread.h>
#include <stdlib.h>

struct hasher {
	struct digester *digest[2]; /* of the caller's thread, of the other one */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct hashed_block *block[HASHER_BLOCKS]; /* not waited for, the oldest first; then NULL */
	bool runs, refused, ends;
};

struct hasher *
hasher_new(struct err *e)
{
	struct hasher *h = calloc(1, sizeof(*h));

	if (h == NULL) {
		err_set(e, ERR_SYS, "no memory for hashing");
		return NULL;
	}
	h->digest[0] = digest_new(e);
	if (h->digest[0] == NULL) {
		free(h);
		return NULL;
	}
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->changed, NULL);
	return h;
}

static void
hash_chunk(struct digester *d, struct hashed_block *b, size_t i)
{
	struct chunk *c = &b->chunk[i];

	digest_of(d, b->data + c->at, c->len, c->hash);
}

/* Hashes the next chunk of a block; false: all are begun, or there is no block. With the lock held,
 * which is free meanwhile. */
static bool
hash_next(struct hasher *h, struct digester *d, struct hashed_block *b)
{
	if (b == NULL || b->begun == b->n)
		return false;
	size_t i = b->begun++;

	pthread_mutex_unlock(&h->lock);
	hash_chunk(d, b, i);
	pthread_mutex_lock(&h->lock);
	if (++b->done == b->n)
		pthread_cond_broadcast(&h->changed);
	return true;
}

static void *
work(void *self)
{
	struct hasher *h = self;

	pthread_mutex_lock(&h->lock);
	while (!h->ends)
		if (!hash_next(h, h->digest[1], h->block[0]) &&
		    !hash_next(h, h->digest[1], h->block[1]))
			pthread_cond_wait(&h->changed, &h->lock);
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

/* Without a second thread the first one does it all. */
static void
need_thread(struct hasher *h)
{
	struct err why;

	if (h->runs || h->refused)
		return;
	h->digest[1] = digest_new(&why);
	h->runs = h->digest[1] != NULL && pthread_create(&h->thread, NULL, work, h) == 0;
	h->refused = !h->runs;
}

void
hasher_start(struct hasher *h, struct hashed_block *b)
{
	b->begun = b->done = 0;
	if (b->len > HASHER_ALONE)
		need_thread(h);
	pthread_mutex_lock(&h->lock);
	h->block[h->block[0] == NULL ? 0 : 1] = b;
	if (h->runs && b->len > HASHER_ALONE)
		pthread_cond_broadcast(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

void
hasher_wait(struct hasher *h, struct hashed_block *b)
{
	pthread_mutex_lock(&h->lock);
	while (hash_next(h, h->digest[0], b))
		;
	while (b->done < b->n)
		pthread_cond_wait(&h->changed, &h->lock);
	h->block[0] = h->block[1];
	h->block[1] = NULL;
	pthread_mutex_unlock(&h->lock);
}

void
hasher_free(struct hasher *h)
{
	if (h == NULL)
		return;
	if (h->runs) {
		pthread_mutex_lock(&h->lock);
		h->ends = true;
		pthread_cond_broadcast(&h->changed);
		pthread_mutex_unlock(&h->lock);
		pthread_join(h->thread, NULL);
	}
	pthread_cond_destroy(&h->changed);
	pthread_mutex_destroy(&h->lock);
	digest_free(h->digest[0]);
	digest_free(h->digest[1]);
	free(h);
}
