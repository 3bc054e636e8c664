/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the thread that hashes while the caller reads on.
 */
#include "hasher.h"

#include <pthread.h>
#include <stdlib.h>

struct hasher {
	struct digester *digest;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct hashed_block *block; /* to be hashed; NULL: nothing */
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
	h->digest = digest_new(e);
	if (h->digest == NULL) {
		free(h);
		return NULL;
	}
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->changed, NULL);
	return h;
}

static void
hash_block(struct hasher *h, struct hashed_block *b)
{
	for (size_t i = 0; i < b->n; i++)
		digest_of(h->digest, b->data + b->chunk[i].at, b->chunk[i].len, b->chunk[i].hash);
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
