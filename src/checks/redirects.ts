import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import type { Redirect } from '../redirects/redirects.ts';
import { redirects } from '../types/site.ts';
import type { Corpus } from './corpus.ts';
import { explainDeadLink } from './links.ts';

/** A former address leads in one step to a page that is there, and is not in use again. */
export function checkRedirects(corpus: Corpus): Problem[] {
  const list = corpus.files.find(({ kind }) => kind === redirects.name);
  if (!list) return [];
  // While a line has errors, only the good ones can be followed.
  const items = (Array.isArray(list.data.items) ? list.data.items : []).filter(isRedirect);
  const next = new Map(items.map(({ id, to }) => [id, to]));
  return items.flatMap(({ id, to }, index) => {
    const problem = (severity: Problem['severity'], field: keyof Redirect, message: string): Problem => ({
      severity,
      file: list.file,
      line: list.entry.lineOf(['items', index, field]),
      field: labelOfPath(list.schema, ['items', index, field]),
      message,
    });
    const found: Problem[] = [];
    if (explainDeadLink(id, corpus, false) === undefined)
      found.push(problem('error', 'id', `「${id}」现在有自己的页面，不会再转走；请删去这一行`));
    const further = next.get(to);
    if (id === to) found.push(problem('error', 'to', `「${id}」转到自己；请写新的地址，或删去这一行`));
    else if (further === id) found.push(problem('error', 'to', `「${id}」和「${to}」转来转去；请删去一行`));
    else if (further !== undefined)
      found.push(problem('error', 'to', `「${to}」自己也搬到了「${further}」；请直接写最后的地址`));
    // No error: what has gone off line by the clock may come back.
    else if (explainDeadLink(to, corpus, false) !== undefined)
      found.push(
        problem('warning', 'to', `「${to}」现在没有页面，旧地址也就打不开；请写别的地址，或删去这一行`),
      );
    return found;
  });
}

const isRedirect = (item: Partial<Redirect> | null): item is Redirect =>
  typeof item?.id === 'string' && typeof item.to === 'string';

/** Why an entry cannot have an address that was another page's; undefined when it can. */
export const explainFormerAddress = (
  address: string | undefined,
  { slugs }: Pick<Corpus, 'slugs'>,
): string | undefined =>
  address !== undefined && slugs.get(redirects.name)?.has(address)
    ? `「${address}」是另一页的旧地址，打开会转走；请换一个网址名，或在「${redirects.label}」里删去那一行`
    : undefined;
