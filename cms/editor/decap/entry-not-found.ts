import type { Map as ImmutableMap } from 'immutable';
import { createElement as h, type ReactElement } from 'react';
import { siteRoot } from '../client/address.ts';

interface EntryNotFoundProps {
  collection: ImmutableMap<string, unknown>;
  /** Why the entry could not be loaded, a Chinese sentence. */
  message: string;
}

/** Shown in place of the form when the entry could not be loaded: the reason, and links to go on. */
export function EntryNotFound({ collection, message }: EntryNotFoundProps): ReactElement {
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
