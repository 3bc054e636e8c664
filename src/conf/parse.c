/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns libconfig: no other file knows it.
 */
#include "conf/parse.h"

#include "conf/schema.h"
#include "conf/tree.h"

#include <errno.h>
#include <libconfig.h>
#include <string.h>

#define SEND_AT ((size_t)65536) /* bytes of settings that are sent together */

struct out {
	int fd;
	struct frame f;
};

static void
put_text(struct frame *f, const char *text)
{
	size_t len = strlen(text);

	frame_put_u32(f, (uint32_t)len);
	frame_put_text(f, len <= OPT_VALUE_MAX ? text : NULL);
}

static void
put_head(struct frame *f, const config_setting_t *s, enum setting_kind kind)
{
	char cut[TREE_NAME_MAX + 1];
	const char *name = config_setting_name(s);

	if (name != NULL && strlen(name) > TREE_NAME_MAX) {
		memcpy(cut, name, TREE_NAME_MAX);
		cut[TREE_NAME_MAX] = '\0';
		name = cut;
	}
	frame_put_u32(f, kind);
	frame_put_u32(f, config_setting_source_line(s));
	frame_put_text(f, name);
}

/* What has no settings in it. */
static void
put_value(struct frame *f, const config_setting_t *s)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_STRING:
		put_head(f, s, SETTING_TEXT);
		put_text(f, config_setting_get_string(s));
		break;
	case CONFIG_TYPE_INT:
		put_head(f, s, SETTING_INT);
		frame_put_i64(f, config_setting_get_int(s));
		break;
	case CONFIG_TYPE_INT64:
		put_head(f, s, SETTING_INT);
		frame_put_i64(f, config_setting_get_int64(s));
		break;
	case CONFIG_TYPE_BOOL:
		put_head(f, s, SETTING_BOOL);
		frame_put_u32(f, config_setting_get_bool(s) != 0);
		break;
	default:
		put_head(f, s, SETTING_FLOAT);
		break;
	}
}

static int
flush(struct out *o, size_t at, struct err *e)
{
	if (o->f.len < at)
		return 0;
	if (frame_send(o->fd, &o->f, e) < 0)
		return -1;
	frame_restart(&o->f, TREE_SETTINGS);
	return 0;
}

/* NOLINTNEXTLINE(misc-no-recursion): TREE_DEPTH_MAX deep */
static int
put_setting(struct out *o, const config_setting_t *s, int depth, struct err *e)
{
	int type = config_setting_type(s), n;

	if (flush(o, SEND_AT, e) < 0)
		return -1;
	if (type != CONFIG_TYPE_GROUP && type != CONFIG_TYPE_LIST && type != CONFIG_TYPE_ARRAY) {
		put_value(&o->f, s);
		return 0;
	}
	put_head(&o->f, s,
	    type == CONFIG_TYPE_GROUP  ? SETTING_GROUP
	    : type == CONFIG_TYPE_LIST ? SETTING_LIST
				       : SETTING_ARRAY);
	n = depth < TREE_DEPTH_MAX ? config_setting_length(s) : 0;
	frame_put_u32(&o->f, (uint32_t)n);
	for (int i = 0; i < n; i++)
		if (put_setting(o, config_setting_get_elem(s, (unsigned)i), depth + 1, e) < 0)
			return -1;
	return 0;
}

int
parse_send(const char *text, int fd, struct err *e)
{
	struct out o = { .fd = fd };
	config_t config;
	int rc;

	config_init(&config);
	frame_init(&o.f, TREE_SETTINGS);
	errno = 0;
	rc = config_read_string(&config, text);
	/* the only trace that is left of an allocation that failed */
	if (errno == ENOMEM) {
		rc = err_set(e, ERR_LIMIT, "no memory");
	} else if (rc == CONFIG_TRUE) {
		rc = put_setting(&o, config_root_setting(&config), 0, e);
	} else {
		frame_restart(&o.f, TREE_FAULT);
		frame_put_u32(&o.f, (uint32_t)config_error_line(&config));
		frame_put_text(&o.f, config_error_text(&config));
		rc = 0;
	}
	if (rc == 0)
		rc = frame_send(fd, &o.f, e);
	frame_fini(&o.f);
	config_destroy(&config);
	return rc;
}
