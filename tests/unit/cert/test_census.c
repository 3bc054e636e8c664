/* SPDX-License-Identifier: Apache-2.0
 *
 * What a census tells over several looks: certificates are made here, places are told by hand.
 */
#include "tests/probe_harness.h"
#include "tests/t.h"

#include "probes/census/census_private.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define START ((instant)1800000000 * INSTANT_S)
#define DAY (86400 * INSTANT_S)
#define DER_ROOM 2048
#define CERTS 32

static const struct census_rules rules = { "cert.expiry", "cert.validity", "cert.identity",
	"cert.strength", "cert.use" };

struct made {
	uint8_t der[DER_ROOM];
	size_t len;
};

static EVP_PKEY *keys[8];
static char folder[] = "/tmp/test_census.XXXXXX";
static struct harness h;

/* One certificate; name: subject's commonName and, unless it is an authority, its DNS name. */
static struct made
make(const char *name, const char *dns, int key, int from, int until, long serial, bool ca)
{
	X509 *x = X509_new();
	X509_NAME *n = X509_NAME_new();
	X509_EXTENSION *ext;
	struct made m = { .len = 0 };
	uint8_t *p = m.der;
	char san[128];
	int len;

	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_ASC, (const uint8_t *)name, -1, -1, 0);
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), serial);
	X509_set_subject_name(x, n);
	X509_NAME_free(n);
	n = X509_NAME_new();
	X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_ASC, (const uint8_t *)"Test CA", -1, -1, 0);
	X509_set_issuer_name(x, n);
	X509_NAME_free(n);
	ASN1_TIME_set(X509_getm_notBefore(x), (time_t)(START / INSTANT_S) + from * 86400L);
	ASN1_TIME_set(X509_getm_notAfter(x), (time_t)(START / INSTANT_S) + until * 86400L);
	X509_set_pubkey(x, keys[key]);
	if (dns != NULL) {
		snprintf(san, sizeof(san), "DNS:%s", dns);
		ext = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, san);
		X509_add_ext(x, ext, -1);
		X509_EXTENSION_free(ext);
	}
	if (ca) {
		ext = X509V3_EXT_conf_nid(NULL, NULL, NID_basic_constraints, "critical,CA:TRUE");
		X509_add_ext(x, ext, -1);
		X509_EXTENSION_free(ext);
	}
	X509_sign(x, keys[0], EVP_sha256());
	len = i2d_X509(x, NULL);
	m.len = (size_t)len;
	i2d_X509(x, &p);
	X509_free(x);
	return m;
}

static struct made web_old, web_new, web_later, web_gap, web_other, web_twin, mail, ca, ca_next;

static void
make_all(void)
{
	for (size_t i = 0; i < 8; i++)
		keys[i] = EVP_EC_gen("P-256");
	web_old = make("web", "web.test", 1, -300, 20, 1, false);
	web_new = make("web", "web.test", 2, -1, 364, 2, false);
	web_later = make("web", "web.test", 3, 10, 375, 3, false);
	web_gap = make("web", "web.test", 3, 25, 375, 4, false);
	web_other = make("shop", "shop.test", 4, -1, 364, 5, false);
	web_twin = make("web", "web.test", 5, -300, 20, 1, false);
	mail = make("mail", "mail.test", 1, -1, 364, 6, false);
	ca = make("Issuing CA", NULL, 6, -1000, 500, 7, true);
	ca_next = make("Issuing CA", NULL, 7, -1000, 2500, 8, true);
}

/* --- one look --- */

struct look {
	struct census *c;
	uint32_t entry;
};

static struct look
look(int day)
{
	struct look l;

	harness_clear(&h);
	l.c = census_new(&h.ctx, &rules, START + day * DAY);
	l.entry = census_entry(l.c, "/certs");
	return l;
}

static void
show(struct look *l, enum census_kind kind, const char *place, const struct made *m, size_t n)
{
	uint32_t p = census_place(l->c, l->entry, kind, place);
	struct err e;

	for (size_t i = 0; i < n; i++) {
		char target[64];

		snprintf(target, sizeof(target), i == 0 ? "%s" : "%s: %zu", place, i);
		T_INT(__func__,
		    census_show(
			l->c, p, i + 1, target, NULL, (struct der){ m[i].der, m[i].len }, &e),
		    0);
	}
	census_place_whole(l->c, p);
}

static void
file(struct look *l, const char *place, const struct made *m)
{
	show(l, CENSUS_FILE, place, m, 1);
}

static void
over(struct look *l, bool whole)
{
	if (whole)
		census_entry_whole(l->c, l->entry);
	census_end(l->c);
	census_free(l->c);
}

static const char *
found(const char *rule, const char *target)
{
	const struct item *it = harness_item(&h, rule, target);

	if (it == NULL)
		return "no item";
	return it->finding != NULL ? it->finding : it->state == ITEM_UNKNOWN ? "unknown" : "fine";
}

static bool
dated(const char *target)
{
	const struct item *it = harness_item(&h, "cert.expiry", target);

	return it != NULL && it->deadline.kind == DEADLINE_KNOWN;
}

static void
anew(void)
{
	unlinkat(h.ctx.state_fd, "census", 0);
	unlinkat(h.ctx.state_fd, "census.damaged", 0);
	h.handed = (struct handed){ .naccepts = 0 };
}

/* what was found is accepted by a person, as forewarnd hands it over */
static void
accept_it(const char *rule, const char *target)
{
	static struct accept a;
	static char id[64], where[128];
	const char *key = harness_evidence(harness_item(&h, rule, target), FINDING_KEY);

	snprintf(id, sizeof(id), "%s", key != NULL ? key : "");
	snprintf(where, sizeof(where), "%s", target);
	a = (struct accept){
		.target = where, .rule = rule, .finding = id, .by = "x", .reason = "y"
	};
	h.handed = (struct handed){ .accepts = &a, .naccepts = 1 };
}

/* --- situations --- */

static void
vanished(void)
{
	struct look l;

	anew();
	l = look(0), file(&l, "a.pem", &web_old), file(&l, "b.pem", &mail), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "fine");
	for (int day = 1; day < 4; day++) {
		l = look(day), file(&l, "b.pem", &mail), over(&l, true);
		T_TEXT(__func__, found("cert.expiry", "a.pem"), "gone");
		T_TRUE(__func__, dated("a.pem"));
		T_TRUE(__func__, harness_evidence(harness_item(&h, "cert.expiry", "a.pem"),
				     NOTICED_KEY) != NULL);
	}
	l = look(4), file(&l, "a.pem", &web_old), file(&l, "b.pem", &mail), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "fine");
	l = look(5), file(&l, "b.pem", &mail), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "gone");
	accept_it("cert.expiry", "a.pem");
	l = look(6), file(&l, "b.pem", &mail), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "no item");
	h.handed = (struct handed){ .naccepts = 0 };
	l = look(7), file(&l, "b.pem", &mail), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "no item");
}

static void
renewed(void)
{
	struct look l;

	/* in its place, late in its life */
	anew();
	l = look(0), file(&l, "a.pem", &web_old), over(&l, true);
	l = look(1), file(&l, "a.pem", &web_new), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "fine");
	T_TEXT(__func__, found("cert.identity", NULL), "no item");
	/* at another place: the target goes on */
	anew();
	l = look(0), file(&l, "a-2025.pem", &web_old), over(&l, true);
	l = look(1), file(&l, "a-2026.pem", &web_new), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a-2025.pem"), "fine");
	T_INT(__func__, (int)h.nitems, 1);
	/* beside the old one, which becomes a note under another name */
	anew();
	l = look(0), file(&l, "a-2025.pem", &web_old), over(&l, true);
	l = look(1), file(&l, "a-2025.pem", &web_old), file(&l, "a-2026.pem", &web_new),
	over(&l, true);
	T_TEXT(__func__, harness_evidence(harness_item(&h, "cert.expiry", "a-2025.pem"), "path"),
	    "a-2026.pem");
	T_TRUE(__func__, dated("a-2025.pem"));
	T_TRUE(__func__, !dated("a-2025.pem (before, serial 01)"));
	T_TEXT(__func__, found("cert.expiry", "a-2025.pem (before, serial 01)"), "fine");
	l = look(2), file(&l, "a-2026.pem", &web_new), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a-2025.pem"), "fine");
	T_INT(__func__, (int)h.nitems, 1);
}

static void
exchanged(void)
{
	struct look l;

	/* for one of another name: until it is accepted */
	anew();
	l = look(0), file(&l, "a.pem", &web_old), over(&l, true);
	for (int day = 1; day < 3; day++) {
		l = look(day), file(&l, "a.pem", &web_other), over(&l, true);
		T_TEXT(__func__, found("cert.identity", "a.pem"), "other");
		T_TEXT(__func__, found("cert.expiry", "a.pem"), "fine");
	}
	accept_it("cert.identity", "a.pem");
	l = look(3), file(&l, "a.pem", &web_other), over(&l, true);
	T_TEXT(__func__, found("cert.identity", NULL), "no item");
	/* put back: over by itself */
	anew();
	l = look(0), file(&l, "a.pem", &web_old), over(&l, true);
	l = look(1), file(&l, "a.pem", &web_other), over(&l, true);
	l = look(2), file(&l, "a.pem", &web_old), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "fine");
	/* long before its end */
	anew();
	l = look(-200), file(&l, "a.pem", &web_old), over(&l, true);
	l = look(-190), file(&l, "a.pem", &web_later), over(&l, true);
	T_TEXT(__func__, found("cert.identity", "a.pem"), "early");
	/* issuer and number are the same */
	anew();
	l = look(0), file(&l, "a.pem", &web_old), over(&l, true);
	l = look(1), file(&l, "a.pem", &web_twin), over(&l, true);
	T_TEXT(__func__, found("cert.identity", "a.pem"), "changed");
}

static void
unseen(void)
{
	struct look l;
	uint32_t p;

	anew();
	l = look(0), file(&l, "a.pem", &web_old), over(&l, true);
	for (int day = 1; day < 3; day++) {
		l = look(day), p = census_place(l.c, l.entry, CENSUS_FILE, "a.pem"), over(&l, true);
		(void)p;
		T_TEXT(__func__, found("cert.expiry", "a.pem"), "fine");
		T_TRUE(__func__, dated("a.pem"));
		T_TRUE(__func__, harness_evidence(harness_item(&h, "cert.expiry", "a.pem"),
				     "last_seen") != NULL);
	}
	/* the folder could not be listed to its end */
	l = look(3), over(&l, false);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "fine");
	l = look(4), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "a.pem"), "gone");
	/* the entry is not configured any more */
	l = look(5);
	l.c->entries[0].text = "/other";
	over(&l, true);
	T_INT(__func__, (int)h.nitems, 0);
}

static void
followed(void)
{
	struct look l;

	anew();
	l = look(0), file(&l, "new.pem", &web_later), file(&l, "old.pem", &web_old), over(&l, true);
	T_TEXT(__func__, found("cert.validity", "new.pem"), "begins-later");
	T_TRUE(__func__, !dated("old.pem"));
	anew();
	l = look(0), file(&l, "new.pem", &web_gap), file(&l, "old.pem", &web_old), over(&l, true);
	T_TEXT(__func__, found("cert.validity", "new.pem"), "gap");
	T_HAS(__func__, harness_item(&h, "cert.validity", "new.pem")->summary, "5 days without");
	T_TRUE(__func__, dated("old.pem"));
	anew();
	l = look(0), file(&l, "new.pem", &web_later), over(&l, true);
	T_TEXT(__func__, found("cert.validity", "new.pem"), "not-yet-valid");
	/* one key for two servers: neither stands for the other */
	anew();
	l = look(21), file(&l, "mail.pem", &mail), file(&l, "web.pem", &web_old), over(&l, true);
	T_TRUE(__func__, dated("web.pem"));
	T_TRUE(__func__, dated("mail.pem"));
	/* an authority of another key does not stand for the old one */
	anew();
	l = look(0), file(&l, "1.pem", &ca), file(&l, "2.pem", &ca_next), over(&l, true);
	T_TRUE(__func__, dated("1.pem"));
}

static void
served(void)
{
	struct look l;

	anew();
	l = look(0), file(&l, "web.pem", &web_new), show(&l, CENSUS_SERVER, "srv:443", &web_old, 1),
	over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "srv:443"), "still-served");
	T_TRUE(__func__, dated("srv:443"));
	/* two servers, each with a certificate of its own, both in files */
	anew();
	l = look(0), file(&l, "1.pem", &web_new), file(&l, "2.pem", &web_old);
	show(&l, CENSUS_SERVER, "one:443", &web_new, 1);
	show(&l, CENSUS_SERVER, "two:443", &web_old, 1);
	over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "2.pem"), "fine");
	T_TRUE(__func__, dated("2.pem"));
	T_TEXT(__func__, harness_evidence(harness_item(&h, "cert.expiry", "2.pem"), "places"),
	    "two:443; 2.pem");
}

static void
company(void)
{
	const struct made with[2] = { web_old, ca }, without[1] = { web_old };
	struct look l;

	anew();
	l = look(0), show(&l, CENSUS_FILE, "a.pem", with, 2), over(&l, true);
	l = look(1), show(&l, CENSUS_FILE, "a.pem", without, 1), over(&l, true);
	T_INT(__func__, (int)h.nitems, 1);
	anew();
	l = look(0), file(&l, "ca.pem", &ca), over(&l, true);
	l = look(1), over(&l, true);
	T_TEXT(__func__, found("cert.expiry", "ca.pem"), "gone-authority");
}

/* Cut at any byte, or with any byte changed: set aside, said, and nothing else is claimed. */
static void
damaged(void)
{
	static uint8_t bytes[8192];
	struct look l;
	ssize_t len;
	int fd;

	anew();
	l = look(0), file(&l, "a.pem", &web_old), file(&l, "b.pem", &mail), over(&l, true);
	fd = openat(h.ctx.state_fd, "census", O_RDONLY);
	len = read(fd, bytes, sizeof(bytes));
	close(fd);
	T_TRUE(__func__, len > 200 && len < (ssize_t)sizeof(bytes));
	for (ssize_t i = 0; i < 2 * len; i += i < len ? 1 : 5) {
		ssize_t n = i < len ? i : len;

		fd = openat(h.ctx.state_fd, "census", O_WRONLY | O_CREAT | O_TRUNC, 0600);
		if (i >= len)
			bytes[i - len] ^= 0x20;
		T_INT(__func__, (int)write(fd, bytes, (size_t)n), (int)n);
		if (i >= len)
			bytes[i - len] ^= 0x20;
		close(fd);
		l = look(1), file(&l, "b.pem", &mail), over(&l, true);
		/* the head's moment is in no hash */
		if (i >= len && harness_item(&h, "cert.expiry", "a.pem") != NULL)
			T_TRUE(__func__, i - len < 24);
		else
			T_TEXT(__func__, found("cert.identity", "notes of this check"), "unknown");
		T_TEXT(__func__, found("cert.expiry", "b.pem"), "fine");
	}
}

/* More than stays in memory: the rest comes back from the file. */
static void
large(void)
{
	struct look l = look(0);
	char name[32];

	anew();
	for (int i = 0; i < 12000; i++) {
		struct made m = web_old;

		m.der[m.len - 1] = (uint8_t)i, m.der[m.len - 2] = (uint8_t)(i >> 8);
		snprintf(name, sizeof(name), "%05d.pem", i);
		file(&l, name, &m);
	}
	over(&l, true);
	T_INT(__func__, (int)h.nitems, 12000);
	T_TEXT(__func__, found("cert.expiry", "00000.pem"), "fine");
	T_TEXT(__func__, found("cert.expiry", "11999.pem"), "fine");
}

int
main(void)
{
	make_all();
	harness_init(&h);
	T_TRUE(__func__, mkdtemp(folder) != NULL);
	h.ctx.state_fd = open(folder, O_RDONLY | O_DIRECTORY);
	vanished();
	renewed();
	exchanged();
	unseen();
	followed();
	served();
	company();
	damaged();
	large();
	anew();
	close(h.ctx.state_fd);
	rmdir(folder);
	harness_fini(&h);
	for (size_t i = 0; i < 8; i++)
		EVP_PKEY_free(keys[i]);
	return t_end();
}
