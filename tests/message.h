/* SPDX-License-Identifier: Apache-2.0
 *
 * message: how one message between our processes is packed and read, as the tests try it.
 */
#ifndef TESTS_MESSAGE_H
#define TESTS_MESSAGE_H

#include "base/frame.h"

struct message {
	const char *name;
	void (*put)(struct frame *f);
	/* reads f and, when that goes well, packs what it read into again */
	int (*take)(struct frame *f, struct arena *a, struct frame *again, struct err *e);
};

/* Reads one and packs it again. */
#define TAKE(name, type, get, put)                                                                 \
	static int take_##name(                                                                    \
	    struct frame *f, struct arena *a, struct frame *again, struct err *e)                  \
	{                                                                                          \
		type x;                                                                            \
                                                                                                   \
		if (get(f, a, &x, e) < 0)                                                          \
			return -1;                                                                 \
		put(again, &x);                                                                    \
		return 0;                                                                          \
	}

#endif
