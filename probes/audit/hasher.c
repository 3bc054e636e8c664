/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the thread that hashes while the caller reads on.
 */
#include "hasher.h"

#include <pthread.h>
#include <stdlib.h>

struct hasher {
	struct digester *digest;
	const struct side_key *key;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct hashed_block *block; /* to be hashed; NULL: nothing */
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
	h->digest = digest_new(e);
	if (h->digest == NULL) {
		free(h);
		return NULL;
	}
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->changed, NULL);
	return h;
}

/* Room for the records of one more chunk; false: no memory, and then no sidecar for it. */
static bool
make_room(struct hashed_block *b, size_t at)
{
	size_t cap = at + SIDE_RECORDS + 1;
	uint64_t *side;

	if (cap <= b->side_cap)
		return true;
	cap += cap / 2;
	side = realloc(b->side, cap * sizeof(*side));
	if (side == NULL)
		return false;
	b->side = side;
	b->side_cap = cap;
	return true;
}

static void
hash_records(const struct hasher *h, struct hashed_block *b)
{
	size_t at = 0;

	for (size_t i = 0; i < b->n; i++) {
		struct chunk *c = &b->chunk[i];

		c->side_n = 0;
		if (h->key == NULL || !make_room(b, at))
			continue;
		c->side_at = at;
		c->side_n = side_split(h->key, b->data + c->at, c->len, b->side + at, SIDE_RECORDS);
		if (c->side_n > SIDE_RECORDS)
			c->side_n = 0;
		else
			at += c->side_n + 1;
	}
}

static void
hash_block(struct hasher *h, struct hashed_block *b)
{
	for (size_t i = 0; i < b->n; i++)
		digest_of(h->digest, b->data + b->chunk[i].at, b->chunk[i].len, b->chunk[i].hash);
	hash_records(h, b);
}

static void *
work(void *self)
{
	struct hasher *h = self;

	pthread_mutex_lock(&h->lock);
	for (;;) {
		struct hashed_block *b;

		while (h->block == NULL && !h->ends)
			pthread_cond_wait(&h->changed, &h->lock);
		if (h->ends)
			break;
		b = h->block;
		pthread_mutex_unlock(&h->lock);
		hash_block(h, b);
		pthread_mutex_lock(&h->lock);
		h->block = NULL;
		pthread_cond_broadcast(&h->changed);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

void
hasher_start(struct hasher *h, struct hashed_block *b)
{
	if (b->len > HASHER_ALONE && !h->runs && !h->refused) {
		h->runs = pthread_create(&h->thread, NULL, work, h) == 0;
		h->refused = !h->runs;
	}
	if (!h->runs || b->len <= HASHER_ALONE) {
		hash_block(h, b);
		return;
	}
	pthread_mutex_lock(&h->lock);
	h->block = b;
	pthread_cond_broadcast(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

void
hasher_wait(struct hasher *h)
{
	if (!h->runs)
		return;
	pthread_mutex_lock(&h->lock);
	while (h->block != NULL)
		pthread_cond_wait(&h->changed, &h->lock);
	pthread_mutex_unlock(&h->lock);
}

void
hashed_block_fini(struct hashed_block *b)
{
	free(b->side);
	b->side = NULL;
	b->side_cap = 0;
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
	digest_free(h->digest);
	free(h);
}
