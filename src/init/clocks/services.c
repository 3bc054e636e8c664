/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the list of time services.
 */
#include "init/clocks/service.h"

#define SERVICE(name) extern const struct service service_##name;
#include "init/clocks/list.def"
#undef SERVICE

#define SERVICE(name) &service_##name,
const struct service *const services[] = {
#include "init/clocks/list.def"
	NULL
};
