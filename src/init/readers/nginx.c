/* SPDX-License-Identifier: Apache-2.0
 *
 * nginx (nginx.org/en/docs/dirindex.html). Relative paths begin at the folder of nginx.conf
 * (ngx_conf_full_name with conf_prefix).
 */
#include "init/readers/reader.h"

static const struct grammar grammar = {
	.comment = "#", .quotes = "\"'", .escapes = true, .ends = ";", .blocks = true
};

#define OF(module)                                                                                 \
	{ .name = module "_certificate", .role = ROLE_CERT, .at = 1 },                             \
	    { .name = module "_trusted_certificate", .role = ROLE_CA, .at = 1 },                   \
	{                                                                                          \
		.name = module "_crl", .role = ROLE_CRL, .at = 1                                   \
	}

static const struct word words[] = {
	{ .name = "include", .role = ROLE_INCLUDE, .at = 1 },
	OF("ssl"),
	{ .name = "ssl_client_certificate", .role = ROLE_CA, .at = 1 },
	OF("proxy_ssl"),
	OF("grpc_ssl"),
	OF("uwsgi_ssl"),
	{ .name = "listen", .role = ROLE_PORT, .at = 1, .beside = "ssl" },
	{ .name = "server_name", .role = ROLE_NAME },
	{ 0 },
};

static const char *const mains[] = { "/etc/nginx/nginx.conf", "/usr/local/nginx/conf/nginx.conf",
	"/usr/local/etc/nginx/nginx.conf", "/opt/nginx/conf/nginx.conf", NULL };
static const char *const others[] = { "/etc/nginx/conf.d/*.conf", "/etc/nginx/sites-enabled/*",
	NULL };

const struct reader reader_nginx = { .name = "nginx",
	.grammar = &grammar,
	.mains = mains,
	.others = others,
	.base = { HOME, HOME, HOME },
	.home = "/etc/nginx",
	.words = words };
