/* SPDX-License-Identifier: Apache-2.0
 *
 * board: the clock of the board (RTC), which this computer starts with, against true time.
 */
#ifndef CLOCK_BOARD_H
#define CLOCK_BOARD_H

#include "report.h"
#include "surroundings.h"

#define BOARD_WRONG (60 * SPAN_S) /* off by more, the computer starts with a wrong day's work */

/* Emits clock.rtc where there is one that was read and this clock was measured, else nothing. One
 * that keeps local time is held against whole quarters of an hour. */
void board_tell(const struct probe_ctx *ctx, const struct told *told, const struct surroundings *s);

#endif
