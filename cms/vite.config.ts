import { fileURLToPath } from 'node:url';
import type { InlineConfig, Plugin } from 'vite';
import { routeFiles } from '../src/runtime/route-files.ts';
import { applyPatches } from './editor/patches.ts';

/** Bundles the editor. Addresses are relative, so that one bundle serves every base path. */

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const installed = (path: string) => here(`../node_modules/${path}`);

/** Folder of the parser's browser build, installed on its own (see `parser/package.json`). */
const PARSER = here('./parser/node_modules/@bruits/satteri-wasm32-wasi');

/** Gives the editor the names of the site's own pages, which no entry may take. */
const listRoutes = (): Plugin => ({
  name: 'list-routes',
  resolveId: (id) => (id === 'virtual:route-files' ? `\0${id}` : undefined),
  load: (id) =>
    id === '\0virtual:route-files' ? `export default ${JSON.stringify(routeFiles(here('..')))}` : undefined,
});

const config: InlineConfig = {
  configFile: false,
  root: here('./editor'),
  base: './',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [applyPatches(), listRoutes()],
  resolve: {
    dedupe: ['react', 'react-dom', 'immutable'],
    alias: [
      // What the patches import.
      { find: /^portal\//, replacement: here('./') },
      { find: /^@bruits\/satteri-wasm32-wasi$/, replacement: `${PARSER}/satteri_napi.wasi-browser.js` },
      { find: /^@bruits\/satteri-wasm32-wasi\//, replacement: `${PARSER}/` },
      { find: /^ajv(-errors|-keywords.*)?$/, replacement: here('./editor/decap/ajv.ts') },
      { find: /^fuzzy$/, replacement: here('./editor/decap/fuzzy.ts') },
      { find: /^pinyin-pro$/, replacement: here('./editor/client/pinyin.ts') },
      { find: 'virtual:pinyin', replacement: installed('pinyin-pro/dist/index.mjs') },
      { find: /^react-markdown$/, replacement: here('./editor/decap/react-markdown.ts') },
      {
        find: 'virtual:decap-zh-hans',
        replacement: installed('decap-cms-locales/dist/esm/zh_Hans/index.js'),
      },
      {
        find: 'virtual:decap-store',
        replacement: installed('decap-cms-core/dist/esm/redux/index.js'),
      },
      {
        find: 'virtual:decap-pictures',
        replacement: installed('decap-cms-core/dist/esm/lib/imageTransformations.js'),
      },
      {
        find: 'virtual:react-select',
        replacement: installed('react-select/base/dist/react-select-base.esm.js'),
      },
    ],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 6000,
    reportCompressedSize: false,
  },
};

export default config;
