/* SPDX-License-Identifier: Apache-2.0
 *
 * headings: the six that each playbook has. Data only: who prints them and who looks for them go by
 * one table.
 */
#ifndef PROBES_REGISTER_HEADINGS_H
#define PROBES_REGISTER_HEADINGS_H

#define HEADINGS 6
#define HEADING_ORDER 2 /* the one whose steps a scenario knows */

static const struct heading {
	const char *name;
	const char *words; /* what it may be called, folded (text.h) */
	const char *ask;   /* what is to be written under it */
} headings[HEADINGS] = {
	{ "Where the copy is",
	    "wherethecopyis wodiekopieist wodiekopieliegt wodiesicherungliegt ouestlacopie",
	    "Place, medium, how to get there, and who has the right to." },
	{ "Keys", "keys schlussel schluessel cles",
	    "Where passwords, tokens and keys are kept, sealed; who opens them with whom." },
	{ "Order of systems",
	    "orderofsystems reihenfolgedersysteme reihenfolge ordredessystemes ordre",
	    "What is done first, step by step." },
	{ "How to check", "howtocheck wiepruefen wieprufen wiegepruftwird commentverifier",
	    "What shows that it works again: numbers, counts, a test." },
	{ "Who decides that it is good",
	    "whodecidesthatitisgood whodecidesgood whodecides werentscheidet quidecide",
	    "Name and stand-in; nobody works before they say so." },
	{ "Secondary contact",
	    "secondarycontact zweiterkontakt zweiteransprechpartner contactsecondaire "
	    "deuxiemecontact",
	    "Who is called when the first one does not answer." },
};

#endif
