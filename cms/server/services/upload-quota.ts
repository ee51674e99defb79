import type { DatabaseSync } from 'node:sqlite';
import type { StoredMedia } from '../../protocol/media.ts';
import type { Person } from '../../protocol/roles.ts';
import { Refused } from './refused.ts';

/** How much each person may upload in thirty days, and how much the office may have in all: a disk is not endless. */

const DAYS = 30;
const DAY_MS = 86_400_000;
const MB = 1024 * 1024;
/** Above this share of what is allowed the desk shows a problem. */
const NEARLY_FULL = 0.9;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS uploadsByPerson (
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS uploadsByPersonAt ON uploadsByPerson (person, at);
`;

/** Megabytes, see the settings of the server. */
export interface UploadLimits {
  uploadMbEach: number;
  uploadMbAll: number;
}

export interface UploadQuotaOptions {
  database: DatabaseSync;
  limits: () => UploadLimits;
  /** Every upload that is kept. */
  uploads: () => readonly StoredMedia[];
  now?: () => Date;
}

export type UploadQuota = ReturnType<typeof openUploadQuota>;

const inMb = (bytes: number) => `${Math.max(0, Math.floor(bytes / MB)).toLocaleString('zh-CN')} MB`;

export function openUploadQuota({ database, limits, uploads, now = () => new Date() }: UploadQuotaOptions) {
  database.exec(SCHEMA);
  const sinceDays = () => now().getTime() - DAYS * DAY_MS;
  const usedBy = ({ id }: Pick<Person, 'id'>) =>
    Number(
      database
        .prepare('SELECT sum(bytes) AS n FROM uploadsByPerson WHERE person = ? AND at > ?')
        .get(id, sinceDays())?.n ?? 0,
    );
  const usedByAll = () => uploads().reduce((sum, { size }) => sum + size, 0);

  return {
    /**
     * Refuses a file for which there is no room.
     *
     * @throws {Refused} with what is left and whom to ask
     */
    refuse(person: Person, bytes: number): void {
      const { uploadMbEach, uploadMbAll } = limits();
      const left = uploadMbEach * MB - usedBy(person);
      if (bytes > left)
        throw new Refused(
          413,
          `你三十天里最多上传 ${inMb(uploadMbEach * MB)}，还剩 ${inMb(left)}，这个文件放不下。请压缩后再传，或者请管理员在「服务器设置」里放宽`,
        );
      const room = uploadMbAll * MB - usedByAll();
      if (bytes > room)
        throw new Refused(
          413,
          `全部上传的文件最多 ${inMb(uploadMbAll * MB)}，还剩 ${inMb(room)}，这个文件放不下。请管理员删去不用的文件，或者在「服务器设置」里放宽`,
        );
    },
    /** Counts what a person has uploaded. */
    record({ id }: Person, bytes: number): void {
      const time = now().getTime();
      database.prepare('DELETE FROM uploadsByPerson WHERE at <= ?').run(sinceDays());
      database.prepare('INSERT INTO uploadsByPerson VALUES (?, ?, ?)').run(id, time, bytes);
    },
    /** How full it is, for the desk. */
    room(): { text: string; isProblem: boolean } {
      const used = usedByAll();
      const most = limits().uploadMbAll * MB;
      const isProblem = used > most * NEARLY_FULL;
      const advice = isProblem ? '快满了：请删去不用的文件，或者在「服务器设置」里放宽。' : '';
      return { text: `上传的文件共 ${inMb(used)}，最多 ${inMb(most)}。${advice}`, isProblem };
    },
  };
}
