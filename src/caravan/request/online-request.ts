import type { OnlineRequests } from './request.ts';

/**
 * `<online-request>`: where the publishing server takes requests, shows its form in the page. The form is the server's
 * own and is posted as any form is; its answer is a page of the server.
 */
class OnlineRequest extends HTMLElement {
  async connectedCallback() {
    const { open = '', form = '' } = this.dataset;
    const place = this.querySelector('.place');
    try {
      const answer = (await (await fetch(open)).json()) as OnlineRequests;
      if (!answer.open || !place) return;
      const address = new URL(form, location.href);
      address.searchParams.set('part', 'form');
      const response = await fetch(address);
      if (!response.ok) return;
      // From this server, where every value is escaped; the page's policy runs no script that is inserted.
      place.innerHTML = await response.text();
      place.querySelector('form')?.setAttribute('action', form);
      this.hidden = false;
    } catch {
      // Off line or without its server: the paper form stays.
    }
  }
}
customElements.define('online-request', OnlineRequest);
