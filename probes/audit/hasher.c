/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the thread that hashes while the caller reads on.
 */
#include "hasher.h"

#include <pthread.h>
#include <stdlib.h>

struct hasher {
	struct digester *digest[2]; /* of the caller's thread, of the other one */
	const struct side_key *key;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct hashed_block *block; /* in work; NULL: nothing */
	size_t next, done;          /* chunks of it that were begun and finished */
	bool runs, refused, ends;
};

struct hasher *
hasher_new(const struct side_key *key, struct err *e)
{
	struct hasher *h = calloc(1, sizeof(*h));

	if (h == NULL) {
		err_set(e, ERR_SYS, "no memory for hashing");
		return NULL;
	}
	h->key = key;
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
hash_chunk(const struct hasher *h, struct digester *d, struct hashed_block *b, size_t i)
{
	struct chunk *c = &b->chunk[i];

	digest_of(d, b->data + c->at, c->len, c->hash);
	c->side_n = 0;
	if (h->key == NULL || b->side == NULL)
		return;
	c->side_at = i * (SIDE_RECORDS + 1);
	c->side_n = side_split(h->key, b->data + c->at, c->len, b->side + c->side_at, SIDE_RECORDS);
	if (c->side_n > SIDE_RECORDS)
		c->side_n = 0;
}

/* Hashes the next chunk of the block in work; false: all are begun. With the lock held, which is
 * free meanwhile. */
static bool
hash_next(struct hasher *h, struct digester *d)
{
	struct hashed_block *b = h->block;
	size_t i = h->next;

	if (b == NULL || i == b->n)
		return false;
	h->next++;
	pthread_mutex_unlock(&h->lock);
	hash_chunk(h, d, b, i);
	pthread_mutex_lock(&h->lock);
	if (++h->done == b->n) {
		h->block = NULL;
		pthread_cond_broadcast(&h->changed);
	}
	return true;
}

static void *
work(void *self)
{
	struct hasher *h = self;

	pthread_mutex_lock(&h->lock);
	while (!h->ends)
		if (!hash_next(h, h->digest[1]))
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
	if (b->side == NULL && h->key != NULL)
		b->side = malloc(HASHER_CHUNKS * (SIDE_RECORDS + 1) * sizeof(*b->side));
	if (b->len > HASHER_ALONE)
		need_thread(h);
	pthread_mutex_lock(&h->lock);
	h->block = b->n > 0 ? b : NULL;
	h->next = h->done = 0;
	if (h->runs && b->len > HASHER_ALONE)
		pthread_cond_broadcast(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

void
hasher_wait(struct hasher *h)
{
	pthread_mutex_lock(&h->lock);
	while (hash_next(h, h->digest[0]))
		;
	while (h->block != NULL)
		pthread_cond_wait(&h->changed, &h->lock);
	pthread_mutex_unlock(&h->lock);
}

void
hashed_block_fini(struct hashed_block *b)
{
	free(b->side);
	b->side = NULL;
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
