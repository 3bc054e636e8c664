/* SPDX-License-Identifier: Apache-2.0
 *
 * bubbles: which notification is shown when. Plan is told in one digest a day; act and "could not
 * check" once a day; stop stays until somebody has taken it or it is over. One bubble an alert,
 * replaced in place. Many at once end in one summary. On a locked screen only a number is shown.
 * Pure: `now` is an argument, and what is to be done comes out as steps.
 */
#ifndef TRAY_BUBBLES_H
#define TRAY_BUBBLES_H

#include "base/clk.h"
#include "base/str.h"
#include "tray/facts.h"
#include "tray/speech.h"

#define BUBBLE_KEY 48
#define BUBBLES_MAX 512   /* alerts that are remembered */
#define BUBBLES_AT_ONCE 3 /* new ones, and as many of stop, in BUBBLES_WINDOW */
#define BUBBLES_WINDOW (60 * SPAN_S)
#define BUBBLES_AGAIN (60 * SPAN_MIN)   /* what must stay and was closed comes back */
#define BUBBLES_GRACE (2 * SPAN_MIN)    /* a daemon that does not answer may be restarting */
#define BUBBLES_DAY_BEGINS (8 * SPAN_H) /* after midnight where the reader is */

enum bubble_urgency { BUBBLE_LOW, BUBBLE_NORMAL, BUBBLE_CRITICAL };

enum bubble_buttons {
	BUTTON_ACK = 1, /* "I saw this" */
	BUTTON_OPEN = 2
};

struct bubble_step {
	bool show;            /* else: close */
	char key[BUBBLE_KEY]; /* of an alert its id; "test", "more", "plan", "locked", "daemon" */
	enum level level;
	bool excepted; /* its sign is that of what is approved to be as it is */
	enum bubble_urgency urgency;
	bool stays;   /* until it is closed */
	bool passing; /* not kept in a list of what was missed */
	unsigned buttons;
	char title[SPEECH_MAX], body[SPEECH_MAX]; /* clean, not escaped */
};

/* What is so around the tray. */
struct bubbles_around {
	bool server;  /* of notifications: there */
	bool locked;  /* the screen */
	bool no_icon; /* nobody shows the tray's icon: bubbles are all there is */
};

struct bubbles;

struct bubbles *bubbles_new(void);
void bubbles_free(struct bubbles *b);

/* What is to be done now. The steps are borrowed until the next call; *n of them. */
const struct bubble_step *bubbles_plan(struct bubbles *b, const struct facts *f,
    const struct bubbles_around *around, instant now, size_t *n);
/* When to plan again though nothing has happened; INSTANT_NONE: never. */
instant bubbles_next(const struct bubbles *b);

/* The server says that it is no longer on the screen; by a person or by itself. */
void bubbles_gone(struct bubbles *b, const char *key, instant now);
/* All are gone: the server ended. */
void bubbles_lost(struct bubbles *b);
/* A test alert came; an alert is over, or excepted (which is not fine, and not open), in the
 * daemon's words. For the next plan. */
void bubbles_test(struct bubbles *b, const char *title, const char *body, instant now);
void bubbles_over(
    struct bubbles *b, const char *alert, bool excepted, const char *title, const char *body);

/* What outlives the tray, so that a new login does not tell it all again: a few lines of text. */
void bubbles_save(const struct bubbles *b, struct str *out);
void bubbles_load(struct bubbles *b, const char *text);
bool bubbles_changed(struct bubbles *b); /* since the last call: to be saved */

#endif
