/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/t.h"

#include "probes/cert/spec.h"
#include "probes/cert/starttls.h"
#include "probes/x509/pem.h"
#include "probes/x509/x509_name.h"
#include "probes/x509/x509_time.h"

#include <stdlib.h>

#define U DER_UTC_TIME
#define G DER_GENERALIZED_TIME

static const struct {
	const char *row;
	unsigned tag;
	const char *text, *want; /* NULL: refused */
	bool odd;
} dates[] = {
	{ "the epoch", U, "700101000000Z", "1970-01-01T00:00:00Z", false },
	{ "NTP's era ends in 2036", U, "360207062816Z", "2036-02-07T06:28:16Z", false },
	{ "32 bits end in 2038", U, "380119031408Z", "2038-01-19T03:14:08Z", false },
	{ "49 is 2049", U, "491231235959Z", "2049-12-31T23:59:59Z", false },
	{ "50 is 1950", U, "500101000000Z", "1950-01-01T00:00:00Z", false },
	{ "2050 needs four digits", G, "20500101000000Z", "2050-01-01T00:00:00Z", false },
	{ "a leap day", G, "20240229120000Z", "2024-02-29T12:00:00Z", false },
	{ "no leap day in 2023", G, "20230229120000Z", NULL, false },
	{ "2000 was a leap year", U, "000229000000Z", "2000-02-29T00:00:00Z", false },
	{ "1900 was none", G, "19000229000000Z", NULL, false },
	{ "month 13", U, "241301000000Z", NULL, false },
	{ "day 0", U, "240100000000Z", NULL, false },
	{ "hour 24", U, "240101240000Z", NULL, false },
	{ "second 60", U, "240101000060Z", NULL, false },
	{ "without seconds", U, "2401010000Z", "2024-01-01T00:00:00Z", true },
	{ "one hour east", U, "240101010000+0100", "2024-01-01T00:00:00Z", true },
	{ "a day begins later in the west", U, "231231190000-0500", "2024-01-01T00:00:00Z", true },
	{ "a fraction is cut", G, "20240101000000.9Z", "2024-01-01T00:00:00Z", true },
	{ "a point without fraction", G, "20240101000000.Z", NULL, false },
	{ "no zone", U, "240101000000", NULL, false },
	{ "more behind it", U, "240101000000Z ", NULL, false },
	{ "empty", U, "", NULL, false },
	{ "another type", DER_UTF8, "240101000000Z", NULL, false },
	{ "no end", G, "99991231235959Z", "9999-12-31T23:59:59Z", false },
};

static void
test_dates(void)
{
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		struct der d = { (const uint8_t *)dates[i].text, strlen(dates[i].text) };
		char buf[INSTANT_TEXT];
		struct err e = { 0 };
		instant t = 0;
		bool odd;
		int rc = x509_time(dates[i].tag, d, &t, &odd, &e);

		T_INT(dates[i].row, rc, dates[i].want != NULL ? 0 : -1);
		if (dates[i].want != NULL) {
			T_TEXT(dates[i].row, instant_text(t, buf), dates[i].want);
			T_INT(dates[i].row, odd, dates[i].odd);
			T_INT(dates[i].row, x509_time_is_never(t),
			    dates[i].tag == G && d.p[0] == '9');
		}
	}
}

#define C "CERTIFICATE-----\n"
#define B "-----BEGIN " C
#define E "-----END " C

/* Each block as one letter: C with its bytes, B broken, O other. */
static const struct {
	const char *row, *text, *want;
} pems[] = {
	{ "one block", B "QUJD\n" E, "C:ABC " },
	{ "text before it", "Subject: x\n" B "QUJD\n" E, "C:ABC " },
	{ "CR LF", "-----BEGIN CERTIFICATE-----\r\nQUJD\r\n-----END CERTIFICATE-----\r\n",
	    "C:ABC " },
	{ "bare CR", "-----BEGIN CERTIFICATE-----\rQUJD\r-----END CERTIFICATE-----\r", "C:ABC " },
	{ "no line end at the end", B "QUJD\n-----END CERTIFICATE-----", "C:ABC " },
	{ "lines of one character", B "Q\nU\nJ\nD\n" E, "C:ABC " },
	{ "padding", B "QUI=\n" E, "C:AB " },
	{ "padding left out", B "QUI\n" E, "C:AB " },
	{ "a lone sextet", B "QUJDQ\n" E, "B " },
	{ "three pads", B "Q===\n" E, "B " },
	{ "data behind padding", B "QQ==QQ==\n" E, "B " },
	{ "not base64", B "Q?JD\n" E, "B " },
	{ "no end", B "QUJD\n", "B " },
	{ "another begins first", B "QUJD\n" B "QUJD\n" E, "B C:ABC " },
	{ "two", B "QUJD\n" E B "QUI=\n" E, "C:ABC C:AB " },
	{ "a key is stepped over",
	    "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n" B "QUJD\n" E,
	    "O C:ABC " },
	{ "the old label",
	    "-----BEGIN X509 CERTIFICATE-----\nQUJD\n-----END X509 CERTIFICATE-----\n", "C:ABC " },
	{ "OpenSSL's own",
	    "-----BEGIN TRUSTED CERTIFICATE-----\nQUJD\n-----END TRUSTED CERTIFICATE-----\n",
	    "C:ABC " },
	{ "the END of another kind", B "QUJD\n-----END PRIVATE KEY-----\n", "B " },
	{ "an END that begins as ours", B "QUJD\n-----END CERTIFICATE X-----\n", "B " },
	{ "an END that never closes", B "QUJD\n-----END CERTIFICATE\n", "B " },
	{ "a request is another thing", "-----BEGIN CERTIFICATE REQUEST-----\nQUJD\n" E, "O " },
	{ "a header line", B "Proc-Type: 4\nQUJD\n" E, "C:ABC " },
	{ "spaces around", "  " B " QU JD \n  " E, "C:ABC " },
	{ "glued", B "QUJD\n-----END CERTIFICATE-----" B "QUI=\n" E, "C:ABC C:AB " },
	{ "glued behind a key",
	    "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----" B "QUJD\n" E,
	    "O C:ABC " },
	{ "all on one line", "-----BEGIN CERTIFICATE-----QUJD-----END CERTIFICATE-----", "C:ABC " },
	{ "behind a quote", "cert = \"" B "QUJD\n" E, "C:ABC " },
	{ "behind a tag", "<cert>" B "QUJD\n" E, "C:ABC " },
	{ "behind a comment's sign", "# " B "# QUJD\n# " E, "" },
	{ "behind a word", "see -----BEGIN CERTIFICATE-----\nQUJD\n", "" },
	{ "a label that never ends", "-----BEGIN CERTIFICATE\nQUJD\n" E B "QUJD\n" E, "C:ABC " },
	{ "nothing", "", "" },
};

static void
test_pem(void)
{
	for (size_t i = 0; i < sizeof(pems) / sizeof(pems[0]); i++) {
		size_t len = strlen(pems[i].text);
		char *copy = malloc(len + 1);
		struct pem_block b;
		struct str got;
		struct pem p;

		memcpy(copy, pems[i].text, len + 1);
		str_init(&got, 1000);
		pem_init(&p, copy, len);
		while (pem_next(&p, &b) != PEM_END) {
			str_addc(&got, b.kind == PEM_OTHER    ? 'O'
				       : b.kind == PEM_BROKEN ? 'B'
							      : 'C');
			if (b.kind == PEM_CERTIFICATE) {
				str_addc(&got, ':');
				str_addn(&got, (const char *)b.der.p, b.der.len);
			}
			str_addc(&got, ' ');
		}
		T_TEXT(pems[i].row, got.s, pems[i].want);
		str_fini(&got);
		free(copy);
	}
}

static const struct {
	const char *row, *text, *want; /* host port name; NULL: refused */
} endpoints[] = {
	{ "host and port", "a.example:443", "a.example 443 a.example" },
	{ "IPv4", "127.0.0.1:8443", "127.0.0.1 8443 127.0.0.1" },
	{ "IPv6", "[::1]:443", "::1 443 ::1" },
	{ "a name to ask for", "b.example@127.0.0.1:1", "127.0.0.1 1 b.example" },
	{ "STARTTLS has its port", "smtp://m", "m 25 m" },
	{ "or another", "smtp://m:587", "m 587 m" },
	{ "https", "https://a.example", "a.example 443 a.example" },
	{ "IPv6 without a port", "tls://[::1]", "::1 443 ::1" },
	{ "no port", "a.example", NULL },
	{ "bare IPv6", "::1:443", NULL },
	{ "port 0", "a:0", NULL },
	{ "the last port", "a:65535", "a 65535 a" },
	{ "one past it", "a:65536", NULL },
	{ "no digits", "a:http", NULL },
	{ "no host", ":443", NULL },
	{ "empty", "", NULL },
	{ "unclosed", "[::1:443", NULL },
	{ "no address in brackets", "[a]:443", NULL },
	{ "a space", "a b:443", NULL },
	{ "a database", "postgres://db", "db 5432 db" },
	{ "by its other name", "postgresql://db", "db 5432 db" },
	{ "a remote desktop", "rdp://pc7", "pc7 3389 pc7" },
	{ "an unknown scheme", "gopher://a:70", NULL },
	{ "a path", "https://a/x", NULL },
};

static void
test_endpoints(void)
{
	char host[CERT_HOST_MAX + 8], got[700];
	struct cert_endpoint ep;
	struct err e = { 0 };

	for (size_t i = 0; i < sizeof(endpoints) / sizeof(endpoints[0]); i++) {
		int rc = cert_endpoint_parse(endpoints[i].text, &ep, &e);

		T_INT(endpoints[i].row, rc, endpoints[i].want != NULL ? 0 : -1);
		snprintf(got, sizeof(got), "%s %s %s", ep.host, ep.port, ep.name);
		if (endpoints[i].want != NULL)
			T_TEXT(endpoints[i].row, got, endpoints[i].want);
	}
	memset(host, 'a', sizeof(host));
	memcpy(host + CERT_HOST_MAX - 1, ":1", 3);
	T_INT("the longest name", cert_endpoint_parse(host, &ep, &e), 0);
	memcpy(host + CERT_HOST_MAX - 1, "a:1", 4);
	T_INT("one past it", cert_endpoint_parse(host, &ep, &e), -1);
}

static void
test_starttls(void)
{
	struct starttls s;

	starttls_init(&s, START_SMTP, "a.example");
	T_INT("a greeting that goes on", starttls_feed(&s, "220-a\r\n", 7), STARTTLS_MORE);
	T_INT("its end", starttls_feed(&s, "220 b\r\n", 7), STARTTLS_SEND);
	T_HAS("is answered", s.out, "EHLO");
	T_INT("in pieces", starttls_feed(&s, "250-", 4), STARTTLS_MORE);
	T_INT("in pieces", starttls_feed(&s, "x\r\n250 y\r\n", 10), STARTTLS_SEND);
	T_HAS("TLS is asked for", s.out, "STARTTLS");
	T_INT("refused", starttls_feed(&s, "502 no\r\n", 8), STARTTLS_FAILED);
	starttls_init(&s, START_POP3, "a.example");
	T_INT("pop3", starttls_feed(&s, "+OK\r\n", 5), STARTTLS_SEND);
	T_INT("pop3", starttls_feed(&s, "+OK\r\n", 5), STARTTLS_READY);
	starttls_init(&s, START_POP3, "a.example");
	T_INT("more than was asked for", starttls_feed(&s, "+OK\r\n+OK\r\n", 10), STARTTLS_FAILED);
	starttls_init(&s, START_IMAP, "a.example");
	for (size_t i = 0; i < STARTTLS_LINE_MAX; i++)
		T_INT("a long line", starttls_feed(&s, "x", 1), STARTTLS_MORE);
	T_INT("one past the limit", starttls_feed(&s, "x", 1), STARTTLS_FAILED);
}

#define BYTES(text) (text), sizeof(text) - 1
#define MYSQL_HELLO(flags)                                                                         \
	"\x24\0\0\0\x0a"                                                                           \
	"8.0.0\0\1\0\0\0abcdefgh\0" flags "\x21\2\0\0\0\x15\0\0\0\0\0\0\0\0"

/* What a server says after the client's first words, and what comes of it. */
static const struct {
	const char *row;
	enum cert_start start;
	const char *said;
	size_t n;
	enum starttls_next want;
} dialogues[] = {
	{ "PostgreSQL: yes", START_POSTGRES, BYTES("S"), STARTTLS_READY },
	{ "PostgreSQL: no", START_POSTGRES, BYTES("N"), STARTTLS_FAILED },
	{ "PostgreSQL: an error", START_POSTGRES, BYTES("E\0\0\0\x08no"), STARTTLS_FAILED },
	{ "PostgreSQL: yes and more", START_POSTGRES, BYTES("SR"), STARTTLS_FAILED },
	{ "MySQL: offers it", START_MYSQL, BYTES(MYSQL_HELLO("\xff\xff")), STARTTLS_SEND },
	{ "MySQL: does not", START_MYSQL, BYTES(MYSQL_HELLO("\xff\xf7")), STARTTLS_FAILED },
	{ "MySQL: refuses", START_MYSQL, BYTES("\x05\0\0\0\xff\x6a\4no"), STARTTLS_FAILED },
	{ "MySQL: half a packet", START_MYSQL, BYTES("\x22\0\0\0\x0a"), STARTTLS_MORE },
	{ "MySQL: a packet without end", START_MYSQL, BYTES("\xff\xff\xff\0\x0a"),
	    STARTTLS_FAILED },
	{ "LDAP: yes", START_LDAP, BYTES("\x30\x0c\2\1\1\x78\7\x0a\1\0\4\0\4\0"), STARTTLS_READY },
	{ "LDAP: with long lengths", START_LDAP,
	    BYTES("\x30\x84\0\0\0\x10\2\1\1\x78\x84\0\0\0\7\x0a\1\0\4\0\4\0"), STARTTLS_READY },
	{ "LDAP: no", START_LDAP, BYTES("\x30\x0c\2\1\1\x78\7\x0a\1\2\4\0\4\0"), STARTTLS_FAILED },
	{ "LDAP: half an answer", START_LDAP, BYTES("\x30\x0c\2\1"), STARTTLS_MORE },
	{ "LDAP: more than one", START_LDAP, BYTES("\x30\x0c\2\1\1\x78\7\x0a\1\0\4\0\4\0\x30"),
	    STARTTLS_FAILED },
	{ "LDAP: something else", START_LDAP, BYTES("HTTP/1.0 400"), STARTTLS_FAILED },
	{ "RDP: yes", START_RDP, BYTES("\3\0\0\x13\x0e\xd0\0\0\x12\x34\0\2\0\x08\0\2\0\0\0"),
	    STARTTLS_READY },
	{ "RDP: its own encryption", START_RDP,
	    BYTES("\3\0\0\x13\x0e\xd0\0\0\x12\x34\0\2\0\x08\0\0\0\0\0"), STARTTLS_FAILED },
	{ "RDP: a refusal", START_RDP, BYTES("\3\0\0\x13\x0e\xd0\0\0\x12\x34\0\3\0\x08\0\2\0\0\0"),
	    STARTTLS_FAILED },
	{ "RDP: an old Windows", START_RDP, BYTES("\3\0\0\x0b\x06\xd0\0\0\x12\x34\0"),
	    STARTTLS_FAILED },
	{ "XMPP: offers it", START_XMPP,
	    BYTES("<?xml version='1.0'?><stream:stream><stream:features><starttls "
		  "xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>"),
	    STARTTLS_SEND },
	{ "XMPP: does not", START_XMPP, BYTES("<stream:stream><stream:features></stream:features>"),
	    STARTTLS_FAILED },
	{ "XMPP: half of it", START_XMPP, BYTES("<stream:stream><stream:features>"),
	    STARTTLS_MORE },
	{ "XMPP: an error", START_XMPP, BYTES("<stream:error><host-unknown/>"), STARTTLS_FAILED },
};

static void
test_dialogues(void)
{
	char endless[STARTTLS_LINE_MAX];
	struct starttls s;

	for (size_t i = 0; i < sizeof(dialogues) / sizeof(dialogues[0]); i++) {
		enum starttls_next next = STARTTLS_MORE;
		const char *said = dialogues[i].said;

		starttls_init(&s, dialogues[i].start, "a.example");
		T_INT(dialogues[i].row, starttls_feed(&s, said, dialogues[i].n), dialogues[i].want);
		/* byte by byte it is the same, but for what follows too soon to be told apart */
		starttls_init(&s, dialogues[i].start, "a.example");
		for (size_t k = 0; k < dialogues[i].n && next == STARTTLS_MORE; k++)
			next = starttls_feed(&s, said + k, 1);
		if (strstr(dialogues[i].row, "more") == NULL)
			T_INT(dialogues[i].row, next, dialogues[i].want);
	}
	T_INT("XMPP names the server", starttls_init(&s, START_XMPP, "a.example"), STARTTLS_SEND);
	T_HAS("in its first words", s.out, "to='a.example'");
	memset(endless, '<', sizeof(endless));
	T_INT("the longest answer", starttls_feed(&s, endless, sizeof(endless)), STARTTLS_MORE);
	T_INT("one byte past it", starttls_feed(&s, "<", 1), STARTTLS_FAILED);
}

static void
test_names(void)
{
	/* SET { SEQ { CN "a,b" } }, SET { SEQ { O BMP "\u00e4" } } */
	static const uint8_t name[] = "\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03"
				      "a,b"
				      "\x31\x0b\x30\x09\x06\x03\x55\x04\x0a\x1e\x02\x00\xe4";
	struct str s;

	str_init(&s, 100);
	x509_name_text((struct der){ name, sizeof(name) - 1 }, &s);
	T_TEXT("the last part first, commas escaped", s.s, "O=\xc3\xa4,CN=a\\,b");
	T_TRUE("has a name", x509_name_short((struct der){ name, sizeof(name) - 1 }, &s));
	T_TEXT("the common name", s.s, "a,b");
	T_TRUE("an empty name is none", !x509_name_short((struct der){ name, 0 }, &s));
	str_fini(&s);
}

int
main(void)
{
	test_dates();
	test_pem();
	test_endpoints();
	test_starttls();
	test_dialogues();
	test_names();
	return t_end();
}
