/** Root of the site, `/` or `/base/`; addresses are relative, so that the editor works below any base path. */
export const siteRoot = new URL('../', document.baseURI).pathname;
