/* SPDX-License-Identifier: Apache-2.0
 *
 * journal: a trail that is a folder of systemd's journal files (JOURNAL_FILE_FORMAT of systemd). By
 * their headers: each entry has a number, counted through all files with one seqnum id; how many
 * there are between the lowest and the highest number is held against how many the files hold.
 * Files that are archived stay as they are, by their SHA-256.
 *
 * Not by libsystemd: it reads entries, which are not needed, and shows no header.
 *
 * In the notes: "fw1 journal stream= at= name= id= seqnum= head= len= sha256=": a file when it was
 * first seen, and again, with len and sha256, once it was archived.
 */
#ifndef PROBES_AUDIT_JOURNAL_H
#define PROBES_AUDIT_JOURNAL_H

#include "audit.h"
#include "digest.h"

#include "probes/probe.h"

#define JOURNAL_FILES_MAX 4096 /* of one folder */

/* conf->paths.v[path]: looks at the folder and tells of it. */
void journal_look(
    const struct probe_ctx *ctx, const struct audit_conf *conf, size_t path, struct digester *d);

#endif
