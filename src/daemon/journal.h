/* SPDX-License-Identifier: Apache-2.0
 *
 * journal: one line to stderr, as the service manager takes it, of clean text (base/text.h).
 */
#ifndef DAEMON_JOURNAL_H
#define DAEMON_JOURNAL_H

#define JOURNAL_ERROR 3 /* priorities of syslog(3) */
#define JOURNAL_WARNING 4
#define JOURNAL_NOTICE 5
#define JOURNAL_LINE 2048 /* bytes of a line; what is longer is cut */

__attribute__((format(printf, 2, 3))) void journal(int priority, const char *fmt, ...);

#endif
