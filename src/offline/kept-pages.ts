/** `<kept-pages>`: lists the pages that this device keeps for reading without network, and can forget them. */
class KeptPages extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const list = this.querySelector('ul');
    const status = this.querySelector('[role=status]');
    const forget = this.querySelector('button');
    if (!list || !status || !forget || !('caches' in window)) return;
    const pages = await keptPages();
    for (const { address, title } of pages) {
      const link = document.createElement('a');
      link.href = address;
      link.textContent = title;
      const item = document.createElement('li');
      item.append(link);
      list.append(item);
    }
    status.textContent =
      pages.length > 0 ? `这台设备上存着 ${pages.length} 页。` : '这台设备上还没有存下页面。';
    forget.hidden = pages.length === 0;
    forget.addEventListener('click', async () => {
      for (const name of await ownCaches()) await caches.delete(name);
      list.textContent = '';
      forget.hidden = true;
      status.textContent = '已清空。以后读过的页面会重新存下来。';
    });
  }
}

/** Caches of the worker that hold pages; their names begin as worker.js says. */
async function ownCaches(): Promise<string[]> {
  const prefix = `portal:${import.meta.env.BASE_URL.replace(/\/*$/, '/')}:`;
  return (await caches.keys()).filter(
    (name) => name.indexOf(prefix) === 0 && /(?:pages|schools)$/.test(name),
  );
}

/** Schools first, then what was read last. */
async function keptPages(): Promise<{ address: string; title: string }[]> {
  const found: { address: string; title: string }[] = [];
  for (const name of (await ownCaches()).sort().reverse()) {
    const cache = await caches.open(name);
    for (const request of [...(await cache.keys())].reverse()) {
      // The worker may have dropped it meanwhile to make room.
      const response = await cache.match(request);
      if (!response) continue;
      const { title } = new DOMParser().parseFromString(await response.text(), 'text/html');
      const address = new URL(request.url).pathname;
      found.push({ address, title: title.replace(/ · [^·]*$/, '').trim() || decodeURI(address) });
    }
  }
  return found;
}

customElements.define('kept-pages', KeptPages);
