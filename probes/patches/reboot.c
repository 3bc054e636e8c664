/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns looking for a restart that waits.
 */
#include "reboot.h"

#include "base/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define KERNEL "vmlinuz-"
#define SHORT_FILE ((size_t)4096)

/* Letters sort before everything else, and ~ before the end (deb-version(7), Sorting algorithm). */
static int
order(char c)
{
	if (c == '~')
		return -1;
	if (c == '\0' || isdigit((unsigned char)c))
		return 0;
	return isalpha((unsigned char)c) ? c : c + 256;
}

static int
compare_digits(const char **a, const char **b)
{
	int first = 0;

	*a += strspn(*a, "0");
	*b += strspn(*b, "0");
	while (isdigit((unsigned char)**a) && isdigit((unsigned char)**b)) {
		if (first == 0)
			first = **a - **b;
		(*a)++;
		(*b)++;
	}
	if (isdigit((unsigned char)**a))
		return 1;
	return isdigit((unsigned char)**b) ? -1 : first;
}

int
reboot_compare(const char *a, const char *b)
{
	while (*a != '\0' || *b != '\0') {
		int differs;

		while ((*a != '\0' && !isdigit((unsigned char)*a)) ||
		       (*b != '\0' && !isdigit((unsigned char)*b))) {
			differs = order(*a) - order(*b);
			if (differs != 0)
				return differs;
			a += *a != '\0';
			b += *b != '\0';
		}
		differs = compare_digits(&a, &b);
		if (differs != 0)
			return differs;
	}
	return 0;
}

/* 6.1.0-40-cloud-amd64: behind the last group that begins with a digit. */
const char *
reboot_flavour(const char *release)
{
	const char *flavour = "";

	for (const char *p = strchr(release, '-'); p != NULL; p = strchr(p + 1, '-'))
		if (isdigit((unsigned char)p[1]))
			flavour = "";
		else if (flavour[0] == '\0')
			flavour = p + 1;
	return flavour;
}

static bool
is_there(const char *root, const char *path, struct arena *a)
{
	return access(arena_printf(a, "%s%s", root, path), F_OK) == 0;
}

/* The newest kernel of the flavour in /boot; NULL: none. *any: whether there is one of any. */
static const char *
newest(const char *root, const char *flavour, bool *any, struct arena *a)
{
	DIR *d = opendir(arena_printf(a, "%s/boot", root));
	const char *best = NULL;
	struct dirent *entry;
	int left = REBOOT_KERNELS_MAX;

	*any = false;
	while (d != NULL && left > 0 && (entry = readdir(d)) != NULL) {
		const char *release = entry->d_name + strlen(KERNEL);

		if (strncmp(entry->d_name, KERNEL, strlen(KERNEL)) != 0)
			continue;
		left--;
		*any = true;
		if (strcmp(reboot_flavour(release), flavour) == 0 &&
		    (best == NULL || reboot_compare(release, best) > 0))
			best = arena_text(a, release);
	}
	if (d != NULL)
		closedir(d);
	return best;
}

static const char *
container(const char *root, struct arena *a)
{
	static const char *const signs[] = { "/run/systemd/container", "/.dockerenv",
		"/run/.containerenv" };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (is_there(root, signs[i], a))
			return signs[i];
	return NULL;
}

enum reboot
reboot_look(const char *root, struct arena *a, const char **why)
{
	const char *path = arena_printf(a, "%s/proc/sys/kernel/osrelease", root), *best;
	char *running;
	size_t len;
	struct err e = { 0 };
	bool any;

	if (is_there(root, "/run/reboot-required", a)) {
		*why = "an update asked for it";
		return REBOOT_WAITS;
	}
	if (container(root, a) != NULL) {
		*why = "this is a container, whose kernel is not its own";
		return REBOOT_NOT_OURS;
	}
	if (file_read(AT_FDCWD, path, FILE_FOLLOW, SHORT_FILE, a, &running, &len, &e) < 0) {
		*why = arena_printf(a, "which kernel runs cannot be read: %s", e.msg);
		return REBOOT_UNKNOWN;
	}
	running[strcspn(running, "\n")] = '\0';
	best = newest(root, reboot_flavour(running), &any, a);
	if (best == NULL) {
		*why = any ? arena_printf(
				 a, "the kernel that runs (%s) is of no installed sort", running)
			   : "its kernel is not installed here";
		return any ? REBOOT_UNKNOWN : REBOOT_NOT_OURS;
	}
	if (reboot_compare(best, running) <= 0) {
		*why = arena_printf(a, "kernel %s runs, none that is installed is newer", running);
		return REBOOT_NONE;
	}
	*why = arena_printf(a, "kernel %s is installed, %s runs", best, running);
	return REBOOT_WAITS;
}
