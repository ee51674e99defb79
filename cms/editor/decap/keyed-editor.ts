import type { Map as ImmutableMap } from 'immutable';
import { Component, type ComponentType, createElement as h } from 'react';
import { currentDraft } from '../entries/store.ts';

/** The entry in the URL; a new entry has no `slug`. */
interface EntryRoute {
  collection: string;
  slug: string | undefined;
}

interface RouteProps {
  match: { params: { name: string; 0?: string } };
  newRecord?: boolean;
}

const entryRoute = ({ match: { params }, newRecord }: RouteProps): EntryRoute => ({
  collection: params.name,
  slug: newRecord ? undefined : params[0],
});

/** Whether the draft in the form is the entry in the URL. */
export const isDraftOf = (entry: ImmutableMap<string, unknown>, { collection, slug }: EntryRoute): boolean =>
  entry.get('collection') === collection && (slug === undefined || entry.get('slug') === slug);

/**
 * Decap's editor with a React `key` for each entry. Without it the component stays mounted when only the URL changes, and
 * the form of the former entry is saved into the file of the next. A new entry keeps its key when saving gives it a URL.
 */
export function withEntryKey<Props extends RouteProps>(editor: ComponentType<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    private address = '';
    private formKey = 0;

    override render() {
      const route = entryRoute(this.props);
      const address = `${route.collection}/${route.slug ?? ''}`;
      const isSaved = route.slug !== undefined && isDraftOf(currentDraft().entry, route);
      if (address !== this.address && !isSaved) this.formKey++;
      this.address = address;
      return h(editor, { ...this.props, key: this.formKey });
    }
  };
}
