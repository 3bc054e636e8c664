/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_module: a PKCS#11 module that misbehaves as FAKE_MODE says: hang, crash, exit, init-error,
 * slots-error, token-error, gone, absurd, huge, endless, label, garbage, low, final, locked,
 * change, two, empty-reader, protected, attribute, hides, login-crash, keypad, many-slots, full,
 * over, overflow, grow; or hang, abort, quit, spin or noise, a "-", and the call in which it does
 * so. FAKE_CERT is a file with the DER bytes of its certificate, FAKE_END its CKA_END_DATE.
 * FAKE_COUNT is a file that gets a line for each C_OpenSession and C_Login, and with the latter the
 * environment. FAKE_TCP is a port of this computer that its device listens at. The PIN is PIN.
 *
 * As libpcsclite.so.1, which the module loads from FAKE_PCSC, it is the library of a card service
 * that answers FAKE_PCSC_CODE (hexadecimal) and lists FAKE_PCSC_READERS bytes of names.
 */
#include <p11-kit/pkcs11.h>

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned char cert[65536];
static size_t cert_len;
#define PIN "4815162342"

static unsigned found;
static int logged_in;

static int
mode(const char *name)
{
	const char *m = getenv("FAKE_MODE");

	return m != NULL && strcmp(m, name) == 0;
}

/* What a module may do wherever it is called: FAKE_MODE "hang-C_Finalize" hangs there. */
static void
misbehave(const char *call)
{
	const char *m = getenv("FAKE_MODE"), *at = m != NULL ? strchr(m, '-') : NULL;

	if (at == NULL || strcmp(at + 1, call) != 0)
		return;
	if (strncmp(m, "hang-", 5) == 0) {
		signal(SIGTERM, SIG_IGN);
		for (;;)
			pause();
	}
	if (strncmp(m, "abort-", 6) == 0)
		abort();
	if (strncmp(m, "quit-", 5) == 0)
		exit(0);
	if (strncmp(m, "spin-", 5) == 0)
		for (volatile unsigned long i = 0;; i++)
			;
	if (strncmp(m, "noise-", 6) == 0) {
		puts("\033[31mmodule 1.0 loaded");
		fflush(stdout);
	}
}

/* Adds a line to the file FAKE_COUNT, for who counts calls over many runs. */
static void
count(const char *call)
{
	const char *path = getenv("FAKE_COUNT");
	FILE *f = path != NULL ? fopen(path, "a") : NULL;

	if (f == NULL)
		return;
	fprintf(f, "%s\n", call);
	fclose(f);
}

/* Connects to the port FAKE_TCP of this computer; errno, or 0. */
static int
connect_tcp(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(getenv("FAKE_TCP"))),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), why = 0;

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0)
		why = errno;
	close(fd);
	return why;
}

static CK_RV
initialize(void *args)
{
	const char *path = getenv("FAKE_CERT");
	FILE *f = path != NULL ? fopen(path, "rb") : NULL;

	(void)args;
	misbehave("C_Initialize");
	if (f != NULL) {
		cert_len = fread(cert, 1, sizeof(cert), f);
		fclose(f);
	}
	/* as modules for cards load the library of the card service */
	if (getenv("FAKE_PCSC") != NULL)
		dlopen(getenv("FAKE_PCSC"), RTLD_NOW);
	if (getenv("FAKE_TCP") != NULL && connect_tcp() != 0)
		return CKR_DEVICE_ERROR;
	if (mode("init-error"))
		return CKR_GENERAL_ERROR;
	return CKR_OK;
}

/* As in winscard.h. */
long
SCardEstablishContext(unsigned long scope, const void *a, const void *b, long *context)
{
	(void)scope;
	(void)a;
	(void)b;
	*context = 1;
	return (long)strtoul(getenv("FAKE_PCSC_CODE"), NULL, 16);
}

long
SCardListReaders(long context, const char *groups, char *readers, unsigned long *len)
{
	(void)context;
	(void)groups;
	(void)readers;
	*len = strtoul(getenv("FAKE_PCSC_READERS"), NULL, 10);
	return 0;
}

long
SCardReleaseContext(long context)
{
	return context == 1 ? 0 : 1;
}

static CK_RV
finalize(void *reserved)
{
	(void)reserved;
	misbehave("C_Finalize");
	return CKR_OK;
}

static CK_RV
get_slot_list(CK_BBOOL present, CK_SLOT_ID *list, CK_ULONG *n)
{
	CK_ULONG have = mode("two")    ? 2
			: mode("full") ? 256
			: mode("over") ? 257
			: mode("gone") ? 0
				       : 1;

	misbehave("C_GetSlotList");
	if (mode("many-slots")) {
		*n = (CK_ULONG)1 << 40;
		return CKR_OK;
	}
	if (mode("empty-reader"))
		have = present ? 0 : 1;
	if (mode("slots-error"))
		return CKR_DEVICE_ERROR;
	for (CK_ULONG i = 0; list != NULL && i < have && i < *n; i++)
		list[i] = 7 + i;
	*n = have;
	return CKR_OK;
}

static CK_RV
get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
	static const char evil[] = "a\033[31m\xe2\x80\xae"
				   "b\xff";

	if (mode("hang"))
		for (;;)
			pause();
	if (mode("crash"))
		raise(SIGSEGV);
	if (mode("exit"))
		_exit(0);
	if (mode("token-error"))
		return CKR_DEVICE_ERROR;
	if (mode("not-present"))
		return CKR_TOKEN_NOT_PRESENT;
	memset(info, ' ', sizeof(*info));
	memcpy(info->label, "fake", 4);
	if (mode("label"))
		memcpy(info->label, evil, sizeof(evil) - 1);
	memcpy(info->serialNumber, slot == 7 ? "S7" : "S8", 2);
	info->flags = CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED;
	info->flags |= mode("keypad") ? CKF_PROTECTED_AUTHENTICATION_PATH : 0;
	info->flags |= mode("protected") ? CKF_WRITE_PROTECTED : 0;
	info->flags |= mode("low") ? CKF_USER_PIN_COUNT_LOW : 0;
	info->flags |= mode("final") ? CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_COUNT_LOW : 0;
	info->flags |= mode("locked") ? CKF_USER_PIN_LOCKED : 0;
	info->flags |= mode("change") ? CKF_USER_PIN_TO_BE_CHANGED : 0;
	return CKR_OK;
}

static CK_RV
open_session(CK_SLOT_ID slot, CK_FLAGS flags, void *app, CK_NOTIFY notify, CK_SESSION_HANDLE *out)
{
	(void)slot;
	(void)flags;
	(void)app;
	(void)notify;
	*out = 1;
	misbehave("C_OpenSession");
	count("C_OpenSession");
	return mode("busy") ? CKR_SESSION_COUNT : CKR_OK;
}

static CK_RV
close_session(CK_SESSION_HANDLE s)
{
	(void)s;
	return CKR_OK;
}

static CK_RV
login(CK_SESSION_HANDLE s, CK_USER_TYPE type, CK_UTF8CHAR *pin, CK_ULONG len)
{
	(void)s;
	count("C_Login");
	if (type != CKU_USER)
		return CKR_USER_TYPE_INVALID;
	if (mode("login-crash"))
		raise(SIGSEGV);
	for (char **e = environ; *e != NULL; e++)
		count(*e);
	logged_in = len == strlen(PIN) && memcmp(pin, PIN, len) == 0;
	return logged_in ? CKR_OK : CKR_PIN_INCORRECT;
}

static CK_RV
find_init(CK_SESSION_HANDLE s, CK_ATTRIBUTE *at, CK_ULONG n)
{
	CK_OBJECT_CLASS class = CKO_DATA;

	(void)s;
	if (n == 1)
		memcpy(&class, at->pValue, sizeof(class));
	found = class == CKO_CERTIFICATE ? 0 : 1;
	if (mode("hides") || mode("login-crash"))
		found += logged_in ? 0 : 1;
	return mode("find-error") ? CKR_DEVICE_ERROR : CKR_OK;
}

static CK_RV
find(CK_SESSION_HANDLE s, CK_OBJECT_HANDLE *list, CK_ULONG max, CK_ULONG *n)
{
	(void)s;
	*n = 0;
	misbehave("C_FindObjects");
	if (mode("overflow")) {
		*n = max + 1;
		return CKR_OK;
	}
	if (mode("endless"))
		for (; *n < max; (*n)++)
			list[*n] = 1;
	else if (found++ == 0) {
		list[0] = 1;
		*n = 1;
	}
	return CKR_OK;
}

static CK_RV
find_final(CK_SESSION_HANDLE s)
{
	(void)s;
	return CKR_OK;
}

static CK_RV
get_attribute(CK_SESSION_HANDLE s, CK_OBJECT_HANDLE o, CK_ATTRIBUTE *at, CK_ULONG n)
{
	static const CK_CERTIFICATE_TYPE attribute_type = CKC_X_509_ATTR_CERT;
	const void *v = "web";
	size_t len = 3;

	(void)s;
	(void)o;
	(void)n;
	if (at->type == CKA_VALUE) {
		v = mode("garbage") ? (const void *)"garbage" : cert;
		len = mode("garbage") ? 7 : cert_len;
	} else if (at->type == CKA_END_DATE && getenv("FAKE_END") != NULL) {
		v = getenv("FAKE_END");
		len = strlen(v);
	} else if (at->type == CKA_CERTIFICATE_TYPE && mode("attribute")) {
		v = &attribute_type;
		len = sizeof(attribute_type);
	} else if (at->type != CKA_LABEL && at->type != CKA_ID)
		len = 0;
	misbehave("C_GetAttributeValue");
	if (mode("grow") && at->pValue != NULL) {
		at->ulValueLen++;
		return CKR_OK;
	}
	if (mode("absurd") || mode("huge")) {
		at->ulValueLen = mode("huge") ? (CK_ULONG)1 << 40 : (CK_ULONG)-1;
		return CKR_OK;
	}
	if (at->pValue != NULL && at->ulValueLen >= len)
		memcpy(at->pValue, v, len);
	at->ulValueLen = len;
	return CKR_OK;
}

static CK_FUNCTION_LIST list = {
	.version = { 2, 40 },
	.C_Initialize = initialize,
	.C_Finalize = finalize,
	.C_GetSlotList = get_slot_list,
	.C_GetTokenInfo = get_token_info,
	.C_OpenSession = open_session,
	.C_CloseSession = close_session,
	.C_Login = login,
	.C_FindObjectsInit = find_init,
	.C_FindObjects = find,
	.C_FindObjectsFinal = find_final,
	.C_GetAttributeValue = get_attribute,
};

CK_RV
C_GetFunctionList(CK_FUNCTION_LIST **out)
{
	*out = &list;
	return CKR_OK;
}
