import type { Map as ImmutableMap } from 'immutable';
import { Component, type ComponentType, createElement as h } from 'react';
import { currentDraft } from '../entries/store.ts';

/** Where the editor is, by its address; an entry that nobody saved yet has no `slug`. */
interface Place {
  collection: string;
  slug: string | undefined;
}

interface Routed {
  match: { params: { name: string; 0?: string } };
  newRecord?: boolean;
}

const placeOf = ({ match: { params }, newRecord }: Routed): Place => ({
  collection: params.name,
  slug: newRecord ? undefined : params[0],
});

/** Whether what a form is filled with belongs to the address. */
export const isDraftOf = (entry: ImmutableMap<string, unknown>, { collection, slug }: Place): boolean =>
  entry.get('collection') === collection && (slug === undefined || entry.get('slug') === slug);

/**
 * Decap's editor, begun anew for each entry. By itself it keeps the form while only the address changes: below the address
 * of one entry one would go on writing in another. A new entry keeps its form when saving gives it an address.
 */
export function withEntryKey<Props extends Routed>(editor: ComponentType<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    private address = '';
    private form = 0;

    override render() {
      const place = placeOf(this.props);
      const address = `${place.collection}/${place.slug ?? ''}`;
      const keeps = place.slug !== undefined && isDraftOf(currentDraft().entry, place);
      if (address !== this.address && !keeps) this.form++;
      this.address = address;
      return h(editor, { ...this.props, key: this.form });
    }
  };
}
