/* SPDX-License-Identifier: Apache-2.0
 *
 * The dated files in a source, day after day: written once, noted, taken away when they are too
 * many; what was changed in the source is told.
 */
#include "base/file.h"
#include "probes/backup/canary.h"
#include "tests/probe_harness.h"
#include "tests/t.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct harness h;
static char dir[64], source[96];
static instant today;

static const struct item *
look(void)
{
	harness_clear(&h);
	canary_keep(&h.ctx, source, today);
	T_INT("one item", h.nitems, 1);
	return &h.items[0];
}

static size_t
files(void)
{
	DIR *d = opendir(source);
	size_t n = 0;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

static void
put(const char *name, const char *text)
{
	char path[160];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", source, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd) < 0)
		abort();
}

static void
days(void)
{
	char *notes, *text, path[160];
	struct canaries all;
	struct stat st;
	size_t n, len;

	T_INT("the first day", look()->state, ITEM_FINE);
	T_INT("a file", files(), 1);
	look();
	T_INT("the same day: no other", files(), 1);
	if (file_read(h.ctx.state_fd, CANARY_NOTES, FILE_NOFOLLOW, 1 << 16, h.ctx.arena, &notes, &n,
		NULL) < 0)
		abort();
	T_TRUE("the notes", canaries_read(notes, n, &all) && all.n == 1);
	T_TEXT("its day", all.v[0].name, "canary-2026-11-16");
	snprintf(path, sizeof(path), "%s/%s", source, all.v[0].name);
	file_read(AT_FDCWD, path, FILE_NOFOLLOW, 1 << 16, h.ctx.arena, &text, &len, NULL);
	T_HAS("what stands in it is what is noted", text, all.v[0].nonce);
	T_TRUE(
	    "whoever backs it up may read it", stat(path, &st) == 0 && (st.st_mode & 0444) == 0444);
	for (size_t i = 0; i < n; i++)
		T_TRUE("cut anywhere the notes are damaged or empty",
		    !canaries_read(notes, i, &all) || i == 0);
	for (int i = 1; i < CANARY_MAX; i++) {
		today = instant_plus(today, SPAN_DAY);
		look();
	}
	T_INT("as many as are kept", files(), CANARY_MAX);
	put("canary-of-somebody", "else");
	today = instant_plus(today, SPAN_DAY);
	T_HAS("one more", look()->summary, "40 dated files stand there");
	T_INT("the oldest went, what is not ours stays", files(), CANARY_MAX + 1);
	T_TRUE("the oldest", access(path, F_OK) < 0);
}

static void
changed(void)
{
	struct accept accept = { source, "backup.canary", NULL, 0, "Omar", "a drill" };
	char finding[32];
	const struct item *it;

	put("canary-2026-12-01", "other");
	it = look();
	T_TEXT("changed", it->finding, "altered");
	T_HAS("which one", it->summary, "canary-2026-12-01");
	snprintf(finding, sizeof(finding), "%s", harness_evidence(it, FINDING_KEY));
	today = instant_plus(today, SPAN_DAY);
	T_TEXT("it stays told", look()->finding, "altered");
	accept.finding = finding;
	h.handed.accepts = &accept;
	h.handed.naccepts = 1;
	T_INT("until somebody accepts it", look()->state, ITEM_FINE);
	h.handed.naccepts = 0;
	T_INT("for good", look()->state, ITEM_FINE);
	put("canary-2026-12-28", "of somebody else");
	today = instant_plus(today, SPAN_DAY);
	T_INT("a file of that name that is not ours", look()->state, ITEM_UNKNOWN);
	T_HAS("is left alone", h.items[0].summary, "is there, and not of this check");
}

static void
refused(void)
{
	char link[96], real[96];

	snprintf(real, sizeof(real), "%s", source);
	snprintf(link, sizeof(link), "%s/link", dir);
	if (symlink(real, link) < 0)
		abort();
	snprintf(source, sizeof(source), "%s", link);
	T_INT("a link is no folder", look()->state, ITEM_UNKNOWN);
	snprintf(source, sizeof(source), "%s/none", dir);
	T_HAS("a folder that is not there", look()->summary, "No dated file could be kept there");
	snprintf(source, sizeof(source), "%s", real);
	if (unlinkat(h.ctx.state_fd, CANARY_NOTES, 0) < 0)
		abort();
	close(openat(h.ctx.state_fd, CANARY_NOTES, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	int fd = openat(h.ctx.state_fd, CANARY_NOTES, O_WRONLY | O_CLOEXEC);
	T_TRUE("notes that are damaged", write(fd, "canary", 6) == 6);
	close(fd);
	T_HAS("are told, and nothing is written", look()->summary, "are damaged");
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

int
main(void)
{
	umask(077);
	harness_init(&h);
	snprintf(dir, sizeof(dir), "/tmp/forewarn-canary-XXXXXX");
	if (mkdtemp(dir) == NULL)
		abort();
	snprintf(source, sizeof(source), "%s/source", dir);
	if (mkdir(source, 0755) < 0 || instant_parse("2026-11-16T06:00:00Z", &today, NULL) < 0)
		abort();
	h.ctx.state_fd = file_open_folder(arena_printf(h.arena, "%s/state", dir), NULL);
	days();
	changed();
	refused();
	close(h.ctx.state_fd);
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	harness_fini(&h);
	return t_end();
}
