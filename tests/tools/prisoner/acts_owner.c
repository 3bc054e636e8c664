/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the acts on rights, owners, times and attributes of files, and on the user of the cell.
 */
#include "prison.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <grp.h>
#include <sys/fsuid.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

static int
log_fd(const struct prison *p)
{
	return open(in_prison(p, "log"), O_RDONLY | O_CLOEXEC);
}

static int
chmod_log(const struct prison *p)
{
	return chmod(in_prison(p, "log"), 0666);
}

static int
fchmod_log(const struct prison *p)
{
	int fd = log_fd(p);

	return fd < 0 ? -1 : fchmod(fd, 0666);
}

static int
chmod_dot_file(const struct prison *p)
{
	return chmod(in_prison(p, "home/.bashrc"), 0777);
}

static int
chown_log(const struct prison *p)
{
	return chown(in_prison(p, "log"), getuid(), getgid());
}

static int
xattr_log(const struct prison *p)
{
	return setxattr(in_prison(p, "log"), "user.prisoner", "1", 1, 0);
}

static int
times_log(const struct prison *p)
{
	return utimes(in_prison(p, "log"), NULL);
}

static int
times_of_fd(const struct prison *p)
{
	int fd = log_fd(p);

	return fd < 0 ? -1 : futimens(fd, NULL);
}

/* the inode's own flags, by a descriptor that may only read: as chattr(1) */
static int
flags_log(const struct prison *p)
{
	int fd = log_fd(p), flags = 0;

	if (fd < 0)
		return -1;
	if (ioctl(fd, FS_IOC_GETFLAGS, &flags) < 0 && (errno == ENOTTY || errno == EOPNOTSUPP))
		flags = 0;
	return ioctl(fd, FS_IOC_SETFLAGS, &flags);
}

static int
stay_root(const struct prison *p)
{
	(void)p;
	errno = EPERM;
	return geteuid() == 0 || getuid() == 0 || getegid() == 0 ? 0 : -1;
}

static int
become_root(const struct prison *p)
{
	(void)p;
	return getuid() != 0 ? setresuid(0, 0, 0) : setresuid(1, 1, 1);
}

static int
become_group(const struct prison *p)
{
	gid_t adm = 4;

	(void)p;
	return setgroups(1, &adm);
}

/* the caller's only way to know is to look whether it became so */
static int
become_on_disk(const struct prison *p)
{
	uid_t other = geteuid() != 0 ? 0 : 1;

	(void)p;
	setfsuid(other);
	errno = EPERM;
	return (uid_t)setfsuid((uid_t)-1) == other ? 0 : -1;
}

const struct act owner_acts[] = { { "chmod-log", chmod_log }, { "fchmod-log", fchmod_log },
	{ "chmod-dot-file", chmod_dot_file }, { "chown-log", chown_log },
	{ "xattr-log", xattr_log }, { "times-log", times_log }, { "times-of-fd", times_of_fd },
	{ "flags-log", flags_log }, { "stay-root", stay_root }, { "become-other", become_root },
	{ "become-group", become_group }, { "become-on-disk", become_on_disk }, { 0 } };
