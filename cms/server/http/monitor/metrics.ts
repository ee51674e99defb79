import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { tooManyFiles } from '../../process/open-files.ts';
import type { Releases } from '../../services/releases.ts';
import type { Status } from '../../services/status.ts';

/**
 * Figures for a monitor in the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/): of the process – open files, memory, delays of the event
 * loop – by `prom-client`, and of the office.
 */

export interface MetricsParts {
  /** The data folder, whose disk is looked at. */
  data: string;
  releases: Pick<Releases, 'current' | 'status' | 'waiting' | 'onLive'>;
  /** Outcomes of recurring jobs, e.g. `backup`, `purge`. */
  jobs: Status['all'];
  /** Lines that the access log has lost. */
  lostLines: () => number;
}

export interface Metrics {
  /** Counts an answer. */
  answered: (status: number) => void;
  contentType: string;
  text: () => Promise<string>;
}

/** A publish of one edit takes about a second, a whole build some ten. */
const PUBLISH_SECONDS = [0.5, 1, 2, 5, 10, 30, 60, 300];

export function openMetrics({ data, releases, jobs, lostLines }: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: (gauge: Gauge) => void | Promise<void>) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        return read(this);
      },
    });

  const requests = new Counter({
    name: 'portal_requests_total',
    help: 'Answers by status; 499 for a browser that went away.',
    labelNames: ['status'],
    registers,
  });
  const publishes = new Histogram({
    name: 'portal_publish_seconds',
    help: 'From the first request for a build to being live.',
    buckets: PUBLISH_SECONDS,
    registers,
  });
  releases.onLive(({ seconds }) => publishes.observe(seconds));

  gauge('portal_builds_waiting', 'Requests that wait for a build.', (one) => one.set(releases.waiting()));
  gauge('portal_build_failed', '1 when the last build of the site failed.', (one) =>
    one.set(releases.status().state === 'failed' ? 1 : 0),
  );
  gauge('portal_site_built_timestamp_seconds', 'When the live site was built.', (one) => {
    const { builtAt } = releases.status();
    one.set(builtAt ? Date.parse(builtAt) / 1000 : 0);
  });
  gauge('portal_open_files_limit_reached', 'How often a file or connection could not be opened.', (one) =>
    one.set(tooManyFiles().times),
  );
  gauge('portal_access_log_lost_lines', 'Lines that the access log has lost.', (one) => one.set(lostLines()));
  gauge('portal_disk_free_bytes', 'Free space of the disk with the data folder.', async (one) => {
    const { bavail, bsize } = await statfs(data);
    one.set(bavail * bsize);
  });
  ofJobs(registers, jobs);

  return {
    answered: (status) => requests.inc({ status }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** When each recurring job last went well, and which failed the last time. */
function ofJobs(registers: Registry[], jobs: Status['all']): void {
  const labelNames = ['job'];
  new Gauge({
    name: 'portal_job_last_success_timestamp_seconds',
    help: 'When a recurring job last went well.',
    labelNames,
    registers,
    collect() {
      for (const [job, { lastSuccess }] of Object.entries(jobs()))
        if (lastSuccess) this.set({ job }, Date.parse(lastSuccess) / 1000);
    },
  });
  new Gauge({
    name: 'portal_job_failed',
    help: '1 when the last run of a recurring job failed.',
    labelNames,
    registers,
    collect() {
      for (const [job, { ok }] of Object.entries(jobs())) this.set({ job }, ok ? 0 : 1);
    },
  });
}
