/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the names of columns and of kinds.
 */
#include "columns.h"

#include "text.h"

#include <string.h>

/* Folded (text.h). A bare "date" is not among them: it may be the day of purchase. */
static const struct {
	const char *name, *words;
	bool first; /* where several columns are called so, the first counts */
} cols[COL_N] = {
	[COL_ID] = { "id",
	    "id nr no number num code tag assettag assetid inventarnr inventarnummer inventoryno "
	    "inventorynumber geratenr geraetenr geratenummer geraetenummer equipmentid equipmentno "
	    "toolno toolid toolnumber kennung nummer prufmittelnr pruefmittelnr prufmittelnummer "
	    "pruefmittelnummer numero reference ref identifiant ndinventaire numerodinventaire",
	    true },
	[COL_TITLE] = { "title",
	    "title name designation description item equipment instrument device tool what "
	    "bezeichnung benennung beschreibung gerat geraet gegenstand titel prufmittel "
	    "pruefmittel werkzeug libelle intitule nom appareil objet equipement outil",
	    true },
	[COL_KIND] = { "kind", "kind type art typ kategorie category categorie nature", false },
	[COL_AT] = { "at",
	    "at due duedate nextdue datedue expires expiry expirydate expiration expirationdate "
	    "validuntil validto enddate ends end calibrationdue nextcalibration nextreview "
	    "gultigbis gueltigbis fallig faellig falligam faelligam falligkeit faelligkeit "
	    "falligkeitsdatum faelligkeitsdatum ablauf ablaufdatum lauftab laeuftab bis enddatum "
	    "nachstekalibrierung naechstekalibrierung nachsteprufung naechstepruefung termin "
	    "echeance datedecheance dateecheance expirele dateexpiration datedexpiration "
	    "validejusquau valablejusquau findevalidite prochainetalonnage datelimite "
	    "prochaineverification",
	    false },
	[COL_LEAD] = { "lead_d",
	    "leadd lead leaddays leadtime leadtimedays noticedays vorlauf vorlaufzeit vorlauftage "
	    "vorlaufintagen vorlaufzeittage delai delaijours delaienjours preavis",
	    false },
	[COL_OWNER] = { "owner",
	    "owner responsible responsibleperson verantwortlich verantwortlicher verantwortliche "
	    "zustandig zustaendig besitzer responsable proprietaire",
	    false },
	[COL_SECONDARY] = { "secondary",
	    "secondary deputy substitute backup stellvertreter stellvertretung vertretung "
	    "vertreter "
	    "suppleant suppleante remplacant adjoint",
	    false },
	[COL_STARTED] = { "started",
	    "started begun ordered orderplaced orderedon begonnen bestellt bestelltam beauftragt "
	    "beauftragtam commence commande commandele debut",
	    false },
	[COL_HOURS_LOW] = { "hours_low", "hourslow", false },
	[COL_HOURS_LIKELY] = { "hours_likely", "hourslikely hours stunden heures", false },
	[COL_HOURS_HIGH] = { "hours_high", "hourshigh", false },
	[COL_NOTE] = { "note",
	    "note notes remark remarks comment comments bemerkung bemerkungen anmerkung "
	    "anmerkungen "
	    "kommentar hinweis remarque remarques commentaire",
	    true },
	[COL_FILE] = { "file", "file path datei pfad fichier chemin", false },
	[COL_URL] = { "url", "url link webaddress adresseweb lien", false },
	[COL_REVIEWED] = { "reviewed",
	    "reviewed reviewedon lastreview lastreviewed gepruftam geprueftam zuletztgepruft "
	    "zuletztgeprueft letzteprufung letztepruefung revu revule derniererevision verifiele",
	    false },
	[COL_HASH] = { "hash", "hash sha256 prufsumme pruefsumme sommedecontrole", false },
	[COL_FINGERPRINT] = { "fingerprint", "fingerprint thumbprint fingerabdruck empreinte",
	    false },
	[COL_AWAY_FROM] = { "away_from", "awayfrom abwesendvon abwesendab absentdu absencedu",
	    false },
	[COL_AWAY_TO] = { "away_to",
	    "awayto awayuntil abwesendbis absentau absenceau absentjusquau", false },
	[COL_AUTO_RENEW] = { "auto_renew",
	    "autorenew autorenewal automaticrenewal automatischverlangert automatischeverlangerung "
	    "automatischverlaengert renouvellementautomatique tacitereconduction",
	    false },
};

/* The closed list: what premortem cards and registers have in common. */
static const struct {
	const char *name, *words;
	bool dated;
} kinds[KIND_N] = {
	[KIND_LICENCE] = { "licence",
	    "licence licences license lizenz genehmigung permit zulassung autorisation "
	    "registration "
	    "registrierung enregistrement authorisation authorization",
	    true },
	[KIND_CALIBRATION] = { "calibration", "calibration kalibrierung eichung cal etalonnage",
	    true },
	[KIND_ACCREDITATION] = { "accreditation", "accreditation akkreditierung", true },
	[KIND_CONTRACT] = { "contract", "contract vertrag wartungsvertrag contrat", true },
	[KIND_DOMAIN] = { "domain", "domain domainname domaine", true },
	[KIND_CARD] = { "card", "card karte kreditkarte carte", true },
	[KIND_PIN] = { "pin", "pin", true },
	[KIND_SUBSCRIPTION] = { "subscription", "subscription abonnement abo", true },
	[KIND_PORTAL] = { "portal", "portal portalregistration portail", false },
	[KIND_EXCEPTION] = { "exception", "exception ausnahme waiver derogation", true },
	[KIND_REVIEW] = { "review", "review uberprufung ueberpruefung revue", true },
	[KIND_PLAYBOOK] = { "playbook", "playbook anleitung notfallplan procedure", false },
	[KIND_ROLE] = { "role", "role rolle funktion fonction", false },
	[KIND_KEY] = { "key", "key sealedkey schlussel schluessel cle", false },
	[KIND_AUDIT] = { "audit", "audit", true },
	[KIND_DRILL] = { "drill", "drill ubung uebung exercice", true },
	[KIND_PASSWORD] = { "password", "password passwort kennwort motdepasse", true },
	[KIND_PERSON] = { "person", "person mitarbeiter mitarbeiterin personne", false },
	[KIND_OTHER] = { "other", "other sonstiges andere autre", true },
};

const char *
col_name(enum col c)
{
	return cols[c].name;
}

enum col
col_find(const char *name)
{
	enum col c = 0;

	while (c < COL_N && strcmp(cols[c].name, name) != 0)
		c++;
	return c;
}

static enum col
col_called(const char *cell)
{
	char folded[FOLDED_MAX];
	enum col c = 0;

	text_fold(cell, folded);
	while (c < COL_N && !text_is_one_of(folded, cols[c].words))
		c++;
	return c;
}

size_t
columns_known(const char *const *cells, size_t n)
{
	size_t known = 0;

	for (size_t i = 0; i < n; i++)
		known += col_called(cells[i]) != COL_N;
	return known;
}

/* The column whose name in the list the check gives. -1 with *e. */
static int
take_own(struct columns *c, bool *taken, const char *const *cells, size_t n, const char *own,
    struct err *e)
{
	const char *equals = strchr(own, '=');
	char name[FOLDED_MAX], cell[FOLDED_MAX], wanted[32];

	snprintf(wanted, sizeof(wanted), "%.*s", (int)(equals - own), own);
	text_fold(equals + 1, name);
	for (size_t i = 0; i < n; i++)
		if (strcmp(text_fold(cells[i], cell), name) == 0) {
			c->at[col_find(wanted)] = (uint16_t)(i + 1);
			taken[i] = true;
			return 0;
		}
	return err_set(e, ERR_ABSENT, "no column is called \"%.100s\", as the check says of %s",
	    equals + 1, wanted);
}

static const char *
and_also(const char *names, const char *more, struct arena *a)
{
	return names == NULL ? more : arena_printf(a, "%.400s, %.100s", names, more);
}

int
columns_of(struct columns *c, const char *const *cells, size_t n, const struct texts *own,
    struct arena *a, struct err *e)
{
	bool *taken = arena_array(a, n + 1, sizeof(*taken));
	size_t held = own->n;

	*c = (struct columns){ 0 };
	for (size_t i = 0; i < own->n; i++)
		if (take_own(c, taken, cells, n, own->v[i], e) < 0)
			return columns_known(cells, n) >= 2 ? -1 : 0;
	for (size_t i = 0; i < n; i++) {
		enum col k = taken[i] ? COL_N : col_called(cells[i]);

		if (k == COL_N || (c->at[k] != 0 && cols[k].first)) {
			if (!taken[i] && cells[i][0] != '\0')
				c->ignored = and_also(c->ignored, cells[i], a);
			continue;
		}
		if (c->at[k] != 0 && !taken[c->at[k] - 1])
			return err_set(e, ERR_PARSE,
			    "the columns \"%.60s\" and \"%.60s\" both seem to be \"%s\"; say which "
			    "one is, by columns = [ \"%s=%.60s\" ]",
			    cells[c->at[k] - 1], cells[i], cols[k].name, cols[k].name, cells[i]);
		if (c->at[k] == 0) {
			c->at[k] = (uint16_t)(i + 1);
			held++;
		}
	}
	return held >= 2 && (c->at[COL_ID] != 0 || c->at[COL_TITLE] != 0);
}

const char *
kind_name(enum kind k)
{
	return kinds[k].name;
}

enum kind
kind_find(const char *word)
{
	char folded[FOLDED_MAX];
	enum kind k = 0;

	text_fold(word, folded);
	while (k < KIND_N && !text_is_one_of(folded, kinds[k].words))
		k++;
	return k;
}

bool
kind_needs_date(enum kind k)
{
	return kinds[k].dated;
}
