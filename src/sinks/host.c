/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns checks of names and paths that several faces share.
 */
#include "sinks/host.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

bool
host_is_loopback(const char *host)
{
	struct in6_addr six;
	struct in_addr four;

	if (strcasecmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &four) == 1)
		return (ntohl(four.s_addr) >> 24) == 127;
	return inet_pton(AF_INET6, host, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

int
host_check(const char *host, struct err *e)
{
	size_t n = strlen(host);

	if (n == 0 || n >= HOST_MAX ||
	    strspn(host, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:%") !=
		n)
		return err_set(
		    e, ERR_PARSE, "\"%.100s\" is neither a host name nor an address", host);
	return 0;
}

int
path_check(const char *path, struct err *e)
{
	if (path != NULL && path[0] != '/')
		return err_set(e, ERR_RANGE, "\"%.200s\" is not an absolute path", path);
	return 0;
}
