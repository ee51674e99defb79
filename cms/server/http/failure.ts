import type { Context } from 'hono';
import { html } from 'hono/html';
import { plainPage, rootOf } from './desk/frame.ts';

/** What people are told of an error that nobody foresaw. */

/** https://www.sqlite.org/rescode.html: SQLITE_BUSY, SQLITE_LOCKED; what is above the lowest byte says more. */
const LOCKED = [5, 6];

const isLocked = ({ errcode }: { errcode?: number }) => LOCKED.includes((errcode ?? 0) & 0xff);

/** Answers an error of a route, JSON to the editor and a page to everybody else; the machine's log has the rest. */
export function answerFailure(error: Error, context: Context): Response | Promise<Response> {
  console.error(error);
  const isBusy = isLocked(error as { errcode?: number });
  const problem = isBusy
    ? '服务器正忙，这一步没有做成。请过一会儿再试；总是这样，请告诉维护网站的人'
    : '服务器出错了，这一步没有做成。请再试一次；还不行，请把时间告诉维护网站的人';
  const status = isBusy ? 503 : 500;
  if (context.req.path.startsWith('/api/')) return context.json({ message: problem }, status);
  return plainPage(context, {
    title: '没有做成',
    problem,
    body: html`<p><a href="${rootOf(context)}admin/desk/">回到工作台</a></p>`,
    status,
  });
}
