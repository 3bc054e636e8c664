/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the acts on the terminal, on contents of files and on names.
 */
#include "prison.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/tiocl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OWN_FOLDER 4 /* STATE_FD of cell/job.h */

static int
touch(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0600);
	char byte;

	if (fd < 0)
		return -1;
	if ((flags & O_ACCMODE) == O_RDONLY && (flags & O_DIRECTORY) == 0 && read(fd, &byte, 1) < 0)
		return -1;
	return close(fd);
}

/* ---- the terminal of whoever started the cell */

/* by the process's own terminal first, then by its name */
static int
terminal(const struct prison *p)
{
	int fd = open("/dev/tty", O_RDONLY | O_CLOEXEC);

	return fd >= 0 ? fd : open(p->tty, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

static int
tty_open(const struct prison *p)
{
	(void)p;
	return open("/dev/tty", O_RDONLY | O_CLOEXEC);
}

static int
tty_type(const struct prison *p)
{
	int fd = terminal(p);

	return fd < 0 ? -1 : ioctl(fd, TIOCSTI, "x");
}

/* the upper half of the number is not looked at by the kernel, nor may a filter be fooled by it */
static int
tty_type_high(const struct prison *p)
{
	int fd = terminal(p);

	return fd < 0 ? -1 : (int)syscall(SYS_ioctl, fd, (1UL << 32) | TIOCSTI, "x");
}

static int
tty_paste(const struct prison *p)
{
	char paste = TIOCL_PASTESEL;
	int fd = terminal(p);

	return fd < 0 ? -1 : ioctl(fd, TIOCLINUX, &paste);
}

static int
tty_seize(const struct prison *p)
{
	int fd = open(p->tty, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	return fd < 0 ? -1 : ioctl(fd, TIOCSCTTY, 1);
}

static int
tty_write(const struct prison *p)
{
	int fd = open(p->tty, O_WRONLY | O_CLOEXEC | O_NOCTTY);

	return fd < 0 ? -1 : (int)write(fd, "x", 1);
}

const struct act terminal_acts[] = { { "tty-open", tty_open }, { "tty-type", tty_type },
	{ "tty-type-high", tty_type_high }, { "tty-paste", tty_paste }, { "tty-seize", tty_seize },
	{ "tty-write", tty_write }, { 0 } };

/* ---- contents and names */

#define READ(name, path)                                                                           \
	static int name(const struct prison *p)                                                    \
	{                                                                                          \
		return touch(in_prison(p, path), O_RDONLY);                                        \
	}
#define WRITE(name, path, flags)                                                                   \
	static int name(const struct prison *p)                                                    \
	{                                                                                          \
		return touch(in_prison(p, path), flags);                                           \
	}

READ(read_secret, "secret")
READ(read_conf_secret, "conf/mail.secret")
READ(read_state, "state/forewarn.db")
READ(read_log, "log")
READ(read_passwd, "/etc/passwd")
READ(read_shadow, "/etc/shadow")
READ(read_hosts, "/etc/hosts")
WRITE(write_log, "log", O_WRONLY | O_APPEND)
WRITE(write_state, "state/forewarn.db", O_RDWR)
WRITE(write_conf, "conf/forewarn.conf", O_WRONLY)
WRITE(write_dot_file, "home/.bashrc", O_WRONLY | O_APPEND)
WRITE(write_run, "run/new", O_WRONLY | O_CREAT)
WRITE(create, "new", O_WRONLY | O_CREAT)
WRITE(create_conf, "conf/conf.d-new.conf", O_WRONLY | O_CREAT)
WRITE(create_dot_file, "home/.profile", O_WRONLY | O_CREAT)
WRITE(open_truncate, "log", O_RDONLY | O_TRUNC)
WRITE(write_truncate, "log", O_WRONLY | O_TRUNC)
WRITE(write_shm, "/dev/shm/forewarn-prisoner", O_WRONLY | O_CREAT)
WRITE(write_tmp, "/tmp/forewarn-prisoner", O_WRONLY | O_CREAT)
WRITE(list_root, "/", O_RDONLY | O_DIRECTORY)
WRITE(tmpfile_in, "home", O_RDWR | O_TMPFILE)

static int
truncate_log(const struct prison *p)
{
	return truncate(in_prison(p, "log"), 0);
}

static int
truncate_state(const struct prison *p)
{
	return truncate(in_prison(p, "state/forewarn.db"), 0);
}

static int
openat2_truncate(const struct prison *p)
{
	uint64_t how[3] = { O_RDONLY | O_TRUNC, 0, 0 };

	return (int)syscall(SYS_openat2, AT_FDCWD, in_prison(p, "log"), how, sizeof(how));
}

static int
own_folder(const struct prison *p)
{
	int fd = openat(OWN_FOLDER, "kept", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	(void)p;
	return fd < 0 ? -1 : ftruncate(fd, 0);
}

/* The folder that the kind is told to make files in. */
static int
make_in_share(const struct prison *p)
{
	int fd = open(in_prison(p, "share/made"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	close(fd);
	return unlink(in_prison(p, "share/made"));
}

static int
make_folder_in_share(const struct prison *p)
{
	return mkdir(in_prison(p, "share/folder"), 0700);
}

static int
into_share(const struct prison *p)
{
	return renameat(AT_FDCWD, in_prison(p, "log"), AT_FDCWD, in_prison(p, "share/log"));
}

static int
out_of_own_folder(const struct prison *p)
{
	if (own_folder(p) < 0)
		return -1;
	return renameat(OWN_FOLDER, "kept", AT_FDCWD, in_prison(p, "moved"));
}

static int
into_own_folder(const struct prison *p)
{
	return linkat(AT_FDCWD, in_prison(p, "secret"), OWN_FOLDER, "linked", 0);
}

static int
make_folder(const struct prison *p)
{
	return mkdir(in_prison(p, "folder"), 0700);
}

static int
remove_folder(const struct prison *p)
{
	return rmdir(in_prison(p, "empty"));
}

static int
remove_log(const struct prison *p)
{
	return unlink(in_prison(p, "log"));
}

static int
rename_log(const struct prison *p)
{
	return renameat(AT_FDCWD, in_prison(p, "log"), AT_FDCWD, "/tmp/forewarn-prisoner-log");
}

static int
link_secret(const struct prison *p)
{
	return linkat(AT_FDCWD, in_prison(p, "secret"), AT_FDCWD, "/tmp/forewarn-prisoner-link", 0);
}

static int
link_by_symbol(const struct prison *p)
{
	return symlink("/etc/shadow", in_prison(p, "symbol"));
}

static int
make_fifo(const struct prison *p)
{
	return mkfifo(in_prison(p, "fifo"), 0600);
}

static int
make_device(const struct prison *p)
{
	return mknod(in_prison(p, "device"), S_IFCHR | 0600, (dev_t)0x103);
}

const struct act file_acts[] = { { "read-secret", read_secret },
	{ "read-conf-secret", read_conf_secret }, { "read-state", read_state },
	{ "read-log", read_log }, { "read-passwd", read_passwd }, { "read-shadow", read_shadow },
	{ "read-hosts", read_hosts }, { "list-root", list_root }, { "write-log", write_log },
	{ "write-state", write_state }, { "write-conf", write_conf },
	{ "write-dot-file", write_dot_file }, { "write-run", write_run }, { "create", create },
	{ "create-conf", create_conf }, { "create-dot-file", create_dot_file },
	{ "create-unnamed", tmpfile_in }, { "write-shm", write_shm }, { "write-tmp", write_tmp },
	{ "truncate-log", truncate_log }, { "truncate-state", truncate_state },
	{ "open-truncate", open_truncate }, { "openat2-truncate", openat2_truncate },
	{ "write-truncate", write_truncate }, { "own-folder", own_folder },
	{ "out-of-own-folder", out_of_own_folder }, { "into-own-folder", into_own_folder },
	{ "make-in-share", make_in_share }, { "make-folder-in-share", make_folder_in_share },
	{ "into-share", into_share }, { "make-folder", make_folder },
	{ "remove-folder", remove_folder }, { "remove-log", remove_log },
	{ "rename-log", rename_log }, { "link-secret", link_secret },
	{ "link-by-symbol", link_by_symbol }, { "make-fifo", make_fifo },
	{ "make-device", make_device }, { 0 } };
