/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of a letter that stands for many alerts: the worst first, nobody left uncounted.
 */
#include "judge/phrase.h"
#include "judge/wording.h"
#include "tests/t.h"

#include <string.h>

#define MANY 500

static void
some(void)
{
	static const struct event_line v[] = {
		{ EVENT_RAISED, LEVEL_STOP, "Token: certificate ended Wed 25 November" },
		{ EVENT_ESCALATED, LEVEL_ACT, "Balance 3 PC: clock is 14 s slow" },
		{ EVENT_RAISED, LEVEL_UNKNOWN, "Could not check Portal" },
		{ EVENT_EXCEPTED, LEVEL_ACT, "HPLC: approved as it is until Thu 31 December" },
		{ EVENT_RESOLVED, LEVEL_OK, "Disk is right again" },
	};
	struct wording w;

	wording_summary(v, 5, &w);
	T_TEXT("counted by state", w.title,
	    "5 alerts: 1 stop, 1 act, 1 could not check, 1 excepted, 1 over");
	T_HAS("the worst comes first", w.body, "Token: certificate ended Wed 25 November; Balance");
	T_HAS("as many as there is room for", w.body, "; Disk is right again. ");
	T_HAS("where they are listed", w.body, "`forewarn alerts`");
	wording_summary(v + 4, 1, &w);
	T_TRUE("nothing to do when all is over", strstr(w.body, "forewarn alerts") == NULL);
}

static void
most(void)
{
	static struct event_line v[MANY];
	struct wording w;

	for (size_t i = 0; i < MANY; i++)
		v[i] = (struct event_line){
			EVENT_RAISED, LEVEL_UNKNOWN,
			"\x1b[31m a name as long as a title may ever be, and a little longer still"
		};
	wording_summary(v, MANY, &w);
	T_TEXT("many", w.title, "500 alerts: 500 could not check");
	T_TRUE("the body keeps its limit", phrase_chars(w.body) <= EVENT_BODY_MAX);
	T_HAS("and says how many there are besides", w.body, "; and 498 more.");
	T_TRUE("no control of a terminal", strchr(w.body, 0x1b) == NULL);
}

int
main(void)
{
	some();
	most();
	return t_end();
}
