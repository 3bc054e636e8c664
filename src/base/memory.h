/* SPDX-License-Identifier: Apache-2.0
 *
 * memory: what becomes of a process when there is no memory. There is no half of a text, a frame or
 * a table that would not be a wrong one: the process ends with one line and EX_OSERR. What it wrote
 * is whole (base/file, transactions); a cell is one UNKNOWN, a service is started anew.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

/* what: what the memory was for, as "a text". */
_Noreturn void memory_none(const char *what);

/* p, which is not NULL. */
void *memory_or_end(void *p, const char *what);

#endif
