/* SPDX-License-Identifier: Apache-2.0
 *
 * The face of the probe baseline: its options, rules and words.
 */
#include "baseline.h"

#include <string.h>

static const struct opt baseline_opts[] = {
	OPT(struct baseline_conf, folders, OPT_TEXTS,
	    .help = "folders whose files must stay as a person approved them, with all below",
	    .example = "[ \"/srv/hplc/methods\" ]"),
	OPT(struct baseline_conf, skip, OPT_TEXTS,
	    .help =
		"names that are left out, with * and ?: of a file or folder, or of its way from "
		"the folder on",
	    .example = "[ \"*.log\", \"cache\" ]"),
	OPT(struct baseline_conf, approved, OPT_TEXT,
	    .help =
		"file with the approved state of the one folder, as sha256sum writes it; without "
		"it the first look counts as found, until a person accepts it",
	    .example = "\"/srv/quality/methods.sha256\""),
	OPT(struct baseline_conf, settings, OPT_TEXTS,
	    .help = "what settings files must say, each \"PATH: WORDS\"",
	    .example = "[ \"/etc/hplc/audit.ini: AuditTrail=on\" ]"),
	OPT_END,
};

static const struct finding change_findings[] = {
	{ "changed", LEVEL_ACT, "Results may come from a method or program that nobody approved.",
	    "Compare the files with what was approved; put them back, or have them accepted" },
	{ "unapproved", LEVEL_PLAN, "Nobody has said that these are the right files.",
	    "Compare the files with what was validated, then accept them by forewarn accept" },
	{ .key = NULL },
};

static const struct finding setting_findings[] = {
	{ "missing", LEVEL_STOP, "What the setting keeps does not hold from now on.",
	    "Stop the work that depends on it, then call whoever keeps the program" },
	{ .key = NULL },
};

static const struct finding read_findings[] = {
	{ "empty", LEVEL_ACT, "Nothing is watched there.",
	    "Check that the right folder is named, and that its files are there" },
	{ .key = NULL },
};

static const struct rule baseline_rules[] = {
	{
	    .name = "baseline.change",
	    .title = "files against their approved state",
	    .by = BY_FINDING,
	    .findings = change_findings,
	    .unknown_do = "Look whether the folder is there and its files may be read",
	},
	{
	    .name = "baseline.setting",
	    .title = "what a settings file must say",
	    .by = BY_FINDING,
	    .findings = setting_findings,
	    .unknown_do = "Look whether the settings file is there and may be read",
	},
	{
	    .name = "baseline.read",
	    .title = "whether all files could be read",
	    .by = BY_FINDING,
	    .findings = read_findings,
	    .unknown_do = "Look whether the folder is there and its files may be read",
	},
	{ .name = NULL },
};

static int
check_folders(const struct baseline_conf *c, struct err *e)
{
	if (c->folders.n > BASELINE_FOLDERS_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu folders (at most %d)", c->folders.n, BASELINE_FOLDERS_MAX);
	for (size_t i = 0; i < c->folders.n; i++) {
		const char *path = c->folders.v[i];

		if (path[0] != '/' || strpbrk(path, "\n\r") != NULL)
			return err_set(e, ERR_RANGE, "\"%.200s\" is not an absolute path", path);
		for (size_t k = 0; k < i; k++)
			if (strcmp(c->folders.v[k], path) == 0)
				return err_set(e, ERR_RANGE, "\"%.200s\" is there twice", path);
	}
	return 0;
}

static int
check_settings(const struct texts *list, struct err *e)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct setting one;
	int rc = 0;

	if (list->n > BASELINE_SETTINGS_MAX)
		rc = err_set(
		    e, ERR_LIMIT, "%zu entries (at most %d)", list->n, BASELINE_SETTINGS_MAX);
	for (size_t i = 0; i < list->n && rc == 0; i++)
		rc = setting_parse(list->v[i], a, &one, e);
	arena_free(a);
	return rc;
}

static int
baseline_check(const void *conf, const char **opt, struct err *e)
{
	const struct baseline_conf *c = conf;

	*opt = "folders";
	if (c->folders.n + c->settings.n == 0)
		return err_set(e, ERR_RANGE, "names no folder, and settings no file");
	if (check_folders(c, e) < 0)
		return -1;
	*opt = "skip";
	if (c->skip.n > BASELINE_SKIP_MAX)
		return err_set(
		    e, ERR_LIMIT, "%zu patterns (at most %d)", c->skip.n, BASELINE_SKIP_MAX);
	*opt = "approved";
	if (c->approved != NULL && c->folders.n != 1)
		return err_set(e, ERR_RANGE, "is the state of one folder, name just that");
	*opt = "settings";
	return check_settings(&c->settings, e);
}

const struct probe_spec baseline_spec = {
	.name = "baseline",
	.summary = "whether files and settings are as a person approved them",
	.opts = baseline_opts,
	.conf_size = sizeof(struct baseline_conf),
	.needs = NEED_FILES | NEED_STATE,
	.rules = baseline_rules,
	.check = baseline_check,
};
