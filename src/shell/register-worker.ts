/** Registers the service worker once the page has loaded: reading never waits for it, and old phones do without. */
if ('serviceWorker' in navigator)
  addEventListener('load', () => {
    const scope = import.meta.env.BASE_URL.replace(/\/*$/, '/');
    // The worker itself is never taken from the HTTP cache: an update, or its removal, arrives with the next visit.
    navigator.serviceWorker
      .register(`${scope}sw.js`, { scope, updateViaCache: 'none' })
      .catch(() => undefined);
  });
