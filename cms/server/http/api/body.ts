import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { Refused } from '../../services/refused.ts';

/** What a call of the API brings along. */

export const MAX_TEXT_BYTES = 2 * 1024 * 1024;

/** The JSON body of a call, checked against its schema. */
export async function bodyOf<Schema extends z.ZodType>(
  { req }: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await req.json().catch(() => undefined));
  if (!parsed.success) throw new Refused(400, '请求不完整');
  return parsed.data;
}

/** The query of a call, checked against its schema. */
export function queryOf<Schema extends z.ZodType>({ req }: Context, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(req.query());
  if (!parsed.success) throw new Refused(400, '网址里问号后面的条件看不懂，请刷新页面再试');
  return parsed.data;
}

/** The path of the entry or upload that a call is about; empty when it names none. */
export const pathOf = ({ req }: Context) => req.query('path') ?? '';

/** Answers 413 to a longer text. */
export const limitText = bodyLimit({
  maxSize: MAX_TEXT_BYTES,
  onError: (context) =>
    context.json(
      {
        message: `内容太长，没有保存：最多 ${MAX_TEXT_BYTES / 1024 / 1024} MB（约七十万字）。请分成几篇，或者把长的资料作为附件上传；正文里粘进了图片数据的，请删去它，改用上传。你写的还在页面里，先不要关`,
      },
      413,
    ),
});
