/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls that have hurt others: no bound, or the local time zone where UTC is meant. Included into
 * every file by the build, after nothing, so that a use does not compile.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok localtime gmtime mktime ctime asctime
