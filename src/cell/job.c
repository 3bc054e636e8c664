/* SPDX-License-Identifier: Apache-2.0
 *
 * Owns the job message, on both sides.
 */
#include "cell/job.h"

#include <unistd.h>

int
job_send(int fd, const struct job *job, const struct opt *opts, const void *conf, struct err *e)
{
	struct frame f;
	int rc;

	frame_init(&f, JOB_KIND);
	frame_put_text(&f, job->check);
	frame_put_i64(&f, job->deadline);
	frame_put_u32(&f, job->has_state);
	frame_put_text(&f, job->fence.guarded);
	frame_put_u32(&f, job->fence.unconfined);
	opts_put(&f, opts, conf);
	if (job->handed_table != NULL)
		fields_put(&f, job->handed_table, job->handed);
	rc = frame_send(fd, &f, e);
	frame_fini(&f);
	return rc;
}

/* Not blocking: from the payload of a JOB_KIND frame. */
static int
unpack(struct frame *f, struct job *job, const struct opt *opts, void *conf, struct arena *a,
    struct err *e)
{
	job->check = frame_get_text(f, a);
	job->deadline = frame_get_i64(f);
	job->has_state = frame_get_flag(f);
	job->fence.guarded = frame_get_text(f, a);
	job->fence.unconfined = frame_get_flag(f);
	if (f->kind != JOB_KIND || f->bad || job->check == NULL)
		return err_set(e, ERR_PARSE, "a job that cannot be read");
	if (opts_get(f, opts, conf, a, e) < 0)
		return -1;
	if (job->handed_table != NULL)
		fields_get(f, job->handed_table, job->handed, a);
	if (job->handed_table != NULL && !f->bad &&
	    fields_fault(job->handed_table, job->handed) != NULL)
		return err_set(e, ERR_LIMIT, "a job that is past its limits: %s",
		    fields_fault(job->handed_table, job->handed));
	if (!frame_ok(f))
		return err_set(e, ERR_PARSE, "a job with more in it than was asked for");
	return 0;
}

int
job_recv(
    int fd, struct job *job, const struct opt *opts, void *conf, struct arena *a, struct err *e)
{
	struct frame_reader r;
	struct frame f;
	int got;

	frame_reader_init(&r);
	while ((got = frame_reader_next(&r, &f, e)) == 0) {
		long n = frame_reader_fill(&r, fd);

		if (n <= 0) {
			got = n < 0 ? err_sys(e, "reading the job")
				    : err_set(e, ERR_PARSE, "no job came");
			break;
		}
	}
	if (got == 1)
		got = unpack(&f, job, opts, conf, a, e);
	frame_reader_fini(&r);
	return got;
}
