import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Refusal } from '../../protocol/refusal.ts';
import { explainDisk } from '../process/disk.ts';
import { noteTooManyFiles } from '../process/open-files.ts';
import { Refused } from '../services/refused.ts';
import { plainPage, rootOf } from './page/index.ts';

/** How refusals and unexpected errors are answered. The machine's log has the details of the latter. */

/** https://www.sqlite.org/rescode.html: SQLITE_BUSY, SQLITE_LOCKED; extended codes carry more in the higher bytes. */
const LOCKED = [5, 6];

const isLocked = ({ errcode }: { errcode?: number }) => LOCKED.includes((errcode ?? 0) & 0xff);

/** What `parseBody` throws for a form that was cut off on its way, or that no browser made. */
export const isUnreadableForm = ({ name, message }: Error) =>
  name === 'TypeError' && message.startsWith('Failed to parse body as FormData');

const UNREADABLE_FORM = '表单没有收全，这一步没有做成。请返回上一页再交一次';

/** Answers an unexpected error of a route: JSON below `/api/`, a page elsewhere. */
export function answerFailure(error: Error, context: Context): Response | Promise<Response> {
  const isApi = context.req.path.startsWith('/api/');
  if (isUnreadableForm(error))
    return isApi
      ? context.json({ message: UNREADABLE_FORM } satisfies Refusal, 400)
      : plainPage(context, { title: '没有做成', problem: UNREADABLE_FORM, body: html``, status: 400 });
  const isTooMany = noteTooManyFiles(error);
  if (!isTooMany) console.error(error);
  const isBusy = isTooMany || isLocked(error as { errcode?: number });
  const disk = explainDisk(error, {
    folder: '数据文件夹',
    consequence: '，这一步没有做成',
    retry: '再试一次',
  });
  const problem = isBusy
    ? '服务器正忙，这一步没有做成。请过一会儿再试；总是这样，请告诉维护网站的人'
    : (disk ?? '服务器出错了，这一步没有做成。请再试一次；还不行，请把时间告诉维护网站的人');
  const status = isBusy ? 503 : 500;
  if (isApi) return context.json({ message: problem } satisfies Refusal, status);
  return plainPage(context, {
    title: '没有做成',
    problem,
    body: html`<p><a href="${rootOf(context)}admin/desk/">回到工作台</a></p>`,
    status,
  });
}

/** Answers an error of the editing API: a refusal with its own words, anything else as a text that was not saved. */
export function answerApiFailure(error: Error, context: Context): Response {
  if (error instanceof Refused) {
    const { message, problems, status, theirs } = error;
    const answer: Refusal = {
      message,
      ...(problems.length > 0 ? { problems } : {}),
      ...(theirs ? { theirs } : {}),
    };
    return context.json(answer, status);
  }
  if (!noteTooManyFiles(error)) console.error(error);
  const why =
    explainDisk(error, { folder: '存内容的文件夹', consequence: '，没有保存', retry: '再保存一次' }) ??
    '编辑服务出错了，没有保存。请把时间告诉维护网站的人';
  return context.json({ message: `${why}；你写的还在页面里，先不要关` } satisfies Refusal, 500);
}
