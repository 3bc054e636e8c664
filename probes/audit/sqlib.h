/* SPDX-License-Identifier: Apache-2.0
 *
 * sqlib: the calls of SQLite that reading a table needs. The library is loaded when a check asks
 * for it, so that a check of text logs, which is nearly every one, does not pay for it.
 */
#ifndef PROBES_AUDIT_SQLIB_H
#define PROBES_AUDIT_SQLIB_H

#include "base/err.h"

#include <sqlite3.h>

#define SQLIB_NAME "libsqlite3.so.0"

#define SQLIB_CALLS(X)                                                                             \
	X(open_v2)                                                                                 \
	X(close_v2)                                                                                \
	X(errmsg)                                                                                  \
	X(db_config)                                                                               \
	X(limit)                                                                                   \
	X(hard_heap_limit64)                                                                       \
	X(busy_timeout)                                                                            \
	X(progress_handler)                                                                        \
	X(exec)                                                                                    \
	X(prepare_v2)                                                                              \
	X(bind_text)                                                                               \
	X(bind_int64)                                                                              \
	X(step)                                                                                    \
	X(reset)                                                                                   \
	X(finalize)                                                                                \
	X(column_count)                                                                            \
	X(column_type)                                                                             \
	X(column_int64)                                                                            \
	X(column_double)                                                                           \
	X(column_blob)                                                                             \
	X(column_bytes)                                                                            \
	X(column_text)

struct sqlib {
#define SQLIB_MEMBER(call) __typeof__(&sqlite3_##call) call;
	SQLIB_CALLS(SQLIB_MEMBER)
#undef SQLIB_MEMBER
};

/* NULL with *e set: the library is not installed, or too old. Loaded once a process. */
const struct sqlib *sqlib(struct err *e);

#endif
