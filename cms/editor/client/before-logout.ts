/** What has to be done while there is still a session. */
const jobs: (() => Promise<unknown>)[] = [];

/** Registers a job; it must not reject. */
export const onLogout = (job: () => Promise<unknown>): void => {
  jobs.push(job);
};

export const beforeLogout = (): Promise<unknown> => Promise.all(jobs.map((job) => job()));
