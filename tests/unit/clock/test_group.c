/* SPDX-License-Identifier: Apache-2.0 */
#include "probes/clock/group.h"

#include "tests/t.h"

static const struct {
	const char *row, *in, *want; /* want: members with ';', their addresses with ',' */
} cases[] = {
	{ "one address", "192.0.2.1", "192.0.2.1" },
	{ "two are two servers, in order", "192.0.2.9 192.0.2.1", "192.0.2.1;192.0.2.9" },
	{ "the same twice is one", "192.0.2.1 192.0.2.1", "192.0.2.1" },
	{ "five: the fifth stands by", "192.0.2.5 192.0.2.4 192.0.2.3 192.0.2.2 192.0.2.1",
	    "192.0.2.1,192.0.2.5;192.0.2.2;192.0.2.3;192.0.2.4" },
	{ "one server of both kinds is one", "2001:db8::1 192.0.2.1", "2001:db8::1,192.0.2.1" },
	{ "the first kind of two as many", "192.0.2.1 2001:db8::1", "192.0.2.1,2001:db8::1" },
	{ "the kind that it has more of", "2001:db8::1 192.0.2.1 192.0.2.2",
	    "192.0.2.1,2001:db8::1;192.0.2.2" },
	{ "a pool of both kinds", "2001:db8::1 2001:db8::2 192.0.2.1 192.0.2.2",
	    "2001:db8::1,192.0.2.1;2001:db8::2,192.0.2.2" },
};

static void
text(const struct group_member *m, size_t n, char out[512])
{
	char one[NET_ADDRESS_TEXT];
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m[i].n; k++) {
			net_address_text(&m[i].v[k], one);
			*strrchr(one, ':') = '\0';
			one[strcspn(one, "]")] = '\0';
			len += (size_t)snprintf(out + len, 512 - len, "%s%s",
			    i + k == 0 ? ""
			    : k > 0    ? ","
				       : ";",
			    one + (one[0] == '['));
		}
}

int
main(void)
{
	struct group_member m[GROUP_MAX];
	struct net_address many[NET_ADDRESSES_MAX + 1];
	char got[512], one[64];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct net_address v[NET_ADDRESSES_MAX];
		size_t n = 0;

		for (const char *p = cases[i].in; *p != '\0'; p += strspn(p, " ")) {
			size_t len = strcspn(p, " ");

			snprintf(one, sizeof(one), "%.*s", (int)len, p);
			T_TRUE(one, net_address_parse(one, 123, &v[n++]));
			p += len;
		}
		text(m, group_split(v, n, m), got);
		T_TEXT(cases[i].row, got, cases[i].want);
	}
	T_INT("no address, no server", group_split(many, 0, m), 0);
	for (size_t i = 0; i <= NET_ADDRESSES_MAX; i++) {
		snprintf(one, sizeof(one), "192.0.2.%zu", i + 1);
		net_address_parse(one, 123, &many[i]);
	}
	T_INT("as many as may be", group_split(many, NET_ADDRESSES_MAX, m), GROUP_MAX);
	T_INT("each has one that stands by", m[3].n, 2);
	T_INT("one more changes nothing", group_split(many, NET_ADDRESSES_MAX + 1, m), GROUP_MAX);
	T_INT("it is not looked at", m[0].n, 2);
	return t_end();
}
