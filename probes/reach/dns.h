/* SPDX-License-Identifier: Apache-2.0
 *
 * dns: one question to one resolver and its answer (RFC 1035, 4). Pure.
 */
#ifndef REACH_DNS_H
#define REACH_DNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DNS_QUESTION_MAX 272 /* bytes: a head, a name of 255 and four more */
#define DNS_ANSWER_MAX 4096  /* bytes that are read */

enum dns_says {
	DNS_FINE,    /* it has an address, or another name */
	DNS_NOT,     /* no answer to this question */
	DNS_NO_NAME, /* there is no such name (NXDOMAIN) */
	DNS_NO_DATA, /* there is, without an address of this kind */
	DNS_REFUSED, /* it does not answer for us */
	DNS_FAILED   /* it could not find out (SERVFAIL and the like) */
};

/* Whether `name` has an IPv4 address (A). id: random. Bytes written; 0: it is no name. */
size_t dns_question(uint8_t out[DNS_QUESTION_MAX], const char *name, uint16_t id);

/* question: of n bytes, what was asked. */
enum dns_says dns_answer(const uint8_t *question, size_t n, const uint8_t *data, size_t len);

#endif
