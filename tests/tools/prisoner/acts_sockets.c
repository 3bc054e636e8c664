/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the acts on sockets and on the limits of the cell.
 */
#include "prison.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

/* The family's own refusal of a protocol or a missing module is not ours: see reached(). */
static int
family(int domain, int type)
{
	return reached(socket(domain, type | SOCK_CLOEXEC, 0));
}

#define FAMILY(name, domain, type)                                                                 \
	static int name(const struct prison *p)                                                    \
	{                                                                                          \
		(void)p;                                                                           \
		return family(domain, type);                                                       \
	}

FAMILY(tcp, AF_INET, SOCK_STREAM)
FAMILY(udp, AF_INET, SOCK_DGRAM)
FAMILY(udp6, AF_INET6, SOCK_DGRAM)
FAMILY(raw, AF_INET, SOCK_RAW)
FAMILY(netlink, AF_NETLINK, SOCK_RAW)
FAMILY(packet, AF_PACKET, SOCK_RAW)
FAMILY(vsock, 40, SOCK_STREAM)
FAMILY(alg, 38, SOCK_SEQPACKET)
FAMILY(bluetooth, 31, SOCK_RAW)
FAMILY(can, 29, SOCK_RAW)
FAMILY(xdp, 44, SOCK_RAW)
FAMILY(tipc, 30, SOCK_RDM)

static int
to_unix(int type, const char *name, size_t n)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);

	if (fd < 0 || n > sizeof(to.sun_path))
		return -1;
	memcpy(to.sun_path, name, n);
	return connect(
	    fd, (struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
}

static int
control_socket(const struct prison *p)
{
	const char *path = in_prison(p, "run/sock");

	return to_unix(SOCK_STREAM, path, strlen(path) + 1);
}

static int
abstract_socket(const struct prison *p)
{
	char name[64] = "";
	int n = snprintf(name + 1, sizeof(name) - 1, "forewarn-prison-%d", (int)p->warder);

	return to_unix(SOCK_STREAM, name, (size_t)n + 1);
}

static int
serve_unix(const struct prison *p)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", in_prison(p, "run/served"));
	return fd < 0 ? -1 : bind(fd, (struct sockaddr *)&at, sizeof(at));
}

static int
connect_tcp(const struct prison *p)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)p->port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return fd < 0 ? -1 : connect(fd, (struct sockaddr *)&to, sizeof(to));
}

static int
serve_tcp(const struct prison *p)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)p;
	return fd < 0 ? -1 : listen(fd, 1);
}

static int
ring(const struct prison *p)
{
	char params[256] = { 0 };

	(void)p;
	return (int)syscall(SYS_io_uring_setup, 1, params);
}

const struct act socket_acts[] = { { "tcp", tcp }, { "udp", udp }, { "udp6", udp6 },
	{ "raw-packets", raw }, { "netlink", netlink }, { "packet-socket", packet },
	{ "vsock", vsock }, { "kernel-crypto", alg }, { "bluetooth", bluetooth }, { "can", can },
	{ "xdp", xdp }, { "tipc", tipc }, { "control-socket", control_socket },
	{ "abstract-socket", abstract_socket }, { "serve-unix", serve_unix },
	{ "connect-tcp", connect_tcp }, { "serve-tcp", serve_tcp }, { "io-uring", ring }, { 0 } };

/* ---- limits: an act works when the limit is not there */

static int
unlimited(int what, rlim_t most)
{
	struct rlimit r;

	if (getrlimit(what, &r) < 0)
		return -1;
	errno = EDQUOT;
	return r.rlim_max > most ? 0 : -1;
}

static int
core_dump(const struct prison *p)
{
	(void)p;
	return unlimited(RLIMIT_CORE, 0);
}

static int
endless_cpu(const struct prison *p)
{
	(void)p;
	return unlimited(RLIMIT_CPU, 100000);
}

static int
endless_file(const struct prison *p)
{
	(void)p;
	return unlimited(RLIMIT_FSIZE, (rlim_t)1 << 30);
}

static int
endless_descriptors(const struct prison *p)
{
	(void)p;
	return unlimited(RLIMIT_NOFILE, 1024);
}

static int
raise_limit(const struct prison *p)
{
	struct rlimit r;

	(void)p;
	if (getrlimit(RLIMIT_NOFILE, &r) < 0)
		return -1;
	r.rlim_cur = r.rlim_max = r.rlim_max + 1;
	return setrlimit(RLIMIT_NOFILE, &r);
}

const struct act limit_acts[] = { { "core-dump", core_dump }, { "endless-cpu", endless_cpu },
	{ "endless-file", endless_file }, { "endless-descriptors", endless_descriptors },
	{ "raise-limit", raise_limit }, { 0 } };
