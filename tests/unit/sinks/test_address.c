/* SPDX-License-Identifier: Apache-2.0 */
#include "sinks/webhook/posting.h"
#include "tests/t.h"

#include <arpa/inet.h>
#include <sys/socket.h>

static bool
allowed(const struct webhook *h, const char *text)
{
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
		return posting_address_allowed(h, (struct sockaddr *)&four);
	if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
		return posting_address_allowed(h, (struct sockaddr *)&six);
	return false;
}

/* First and last of each range, and its neighbours. */
static const char *const public[] = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255",
	"100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0",
	"172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
	"198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:db8::1", "::ffff:8.8.8.8",
	"64:ff9b::8.8.8.8", "2002:808:808::1", "fbff::1", "2606:4700::1111" };
static const char *const private[] = { "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255",
	"100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.0.0",
	"169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.168.0.0",
	"192.168.255.255", "198.18.0.0", "198.19.255.255", "224.0.0.1", "255.255.255.255",
	"::", "::1", "fe80::1", "fec0::1", "fc00::1", "fdff::1", "ff02::1", "::ffff:10.0.0.1",
	"::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1" };

int
main(void)
{
	struct webhook_conf conf = { .private_addresses = "deny" };
	struct webhook h = { .conf = &conf, .url = { .tls = true } };
	struct sockaddr local = { .sa_family = AF_UNIX };

	for (size_t i = 0; i < sizeof(public) / sizeof(public[0]); i++)
		T_TRUE(public[i], allowed(&h, public[i]));
	for (size_t i = 0; i < sizeof(private) / sizeof(private[0]); i++)
		T_TRUE(private[i], !allowed(&h, private[i]));
	conf.private_addresses = "allow";
	for (size_t i = 0; i < sizeof(private) / sizeof(private[0]); i++)
		T_TRUE(private[i], allowed(&h, private[i]));
	T_TRUE("a local socket never", !posting_address_allowed(&h, &local));
	h.url.tls = false;
	T_TRUE("plain http to this machine", allowed(&h, "127.0.0.1") && allowed(&h, "::1"));
	T_TRUE("not to another", !allowed(&h, "1.1.1.1") && !allowed(&h, "10.0.0.1"));
	conf.allow_plain = true;
	T_TRUE("but when it is wanted", allowed(&h, "1.1.1.1"));
	return t_end();
}
