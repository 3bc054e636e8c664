/* SPDX-License-Identifier: Apache-2.0
 *
 * environment: what is set for a program before it starts (/etc/default, envvars of Apache).
 */
#ifndef INIT_READERS_ENVIRONMENT_H
#define INIT_READERS_ENVIRONMENT_H

#include "init/readers/reader.h"

extern const struct reader reader_environment;

#endif
