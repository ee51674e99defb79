import type { Map as ImmutableMap } from 'immutable';
import { createElement as h, type ReactElement } from 'react';
import { siteRoot } from '../client/address.ts';

interface MissingProps {
  collection: ImmutableMap<string, unknown>;
  /** Why the entry is not there, a sentence. */
  message: string;
}

/** In place of a form whose entry could not be had: why, and where to go from there. */
export function EntryNotFound({ collection, message }: MissingProps): ReactElement {
  return h(
    'main',
    { className: 'portal-login' },
    h('h1', null, '打不开这一条'),
    h('p', { role: 'alert' }, message),
    h('a', { href: `#/collections/${collection.get('name')}` }, `返回「${collection.get('label')}」`),
    h('a', { href: `${siteRoot}admin/desk/deleted/` }, '到回收站里找'),
    h('button', { type: 'button', onClick: () => location.reload() }, '再试一次'),
  );
}
