/* SPDX-License-Identifier: Apache-2.0
 *
 * json_check: is a text JSON (RFC 8259)? Nothing is built, nothing is kept; no recursion.
 */
#ifndef BASE_JSON_CHECK_H
#define BASE_JSON_CHECK_H

#include "base/err.h"

#include <stddef.h>

#define JSON_DEPTH_MAX 64 /* arrays and objects inside each other */

/* 0 when the n bytes are one JSON value; else "line N: what is wrong", lines from 1. */
int json_check(const char *text, size_t n, struct err *e);

#endif
