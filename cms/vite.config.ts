import { fileURLToPath } from 'node:url';
import type { InlineConfig, Plugin } from 'vite';
import { SLUG_FIELD } from './config.ts';

/** Bundles the editor. Addresses are relative, so that one bundle serves every base path. */

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const installed = (path: string) => here(`../node_modules/${path}`);

/** Folder of the parser's browser build, installed on its own (see `parser/package.json`). */
const PARSER = here('./parser/node_modules/@bruits/satteri-wasm32-wasi');

interface Patch {
  /** End of the module's path. */
  file: RegExp;
  find: string;
  replace: string;
  /** Import that the replacement needs. */
  uses?: string;
}

const EDITOR = /decap-cms-core\/.*Editor\/Editor\.js$/;
const ENTRY_ACTIONS = /decap-cms-core\/.*actions\/entries\.js$/;
const ENTRY_DRAFT = /decap-cms-core\/.*reducers\/entryDraft\.js$/;
const TOAST = /react-toastify\/dist\/react-toastify\.esm\.mjs$/;

/**
 * Literal English in Decap and its parts, three lines that take every upload to lie in one flat folder, and one that
 * asks for the parser only once.
 * A patch that finds nothing stops the build, so that an update of Decap cannot bring it back unseen.
 */
const patches: readonly Patch[] = [
  {
    file: /decap-cms-widget-relation\/.*RelationControl\.js$/,
    find: "'Loading options…'",
    replace: "'正在加载…'",
  },
  {
    file: /decap-cms-core\/.*actions\/mediaLibrary\.js$/,
    find: 'sanitizeSlug(file.name.toLowerCase(), state.config.slug)',
    replace: 'portalUploadName(file.name)',
    uses: `import { uploadName as portalUploadName } from '${here('./slug.ts')}';`,
  },
  {
    file: /decap-cms-core\/.*actions\/mediaLibrary\.js$/,
    find: 'Failed to persist media: ',
    replace: '没有上传：',
  },
  {
    file: /decap-cms-core\/.*actions\/mediaLibrary\.js$/,
    find: 'Failed to delete media: ',
    replace: '没有删除：',
  },
  // The media library would ask for all uploads at once.
  {
    file: /decap-cms-core\/.*actions\/mediaLibrary\.js$/,
    find: 'backend.getMedia().then(files => dispatch(mediaLoaded(files)))',
    replace: `portalMediaPage({ query, page, forImage: state.mediaLibrary.get('forImage'), isVisible: state.mediaLibrary.get('isVisible') })
      .then(found => found && dispatch(mediaLoaded(found.files, found.options)))`,
    uses: `import { mediaPage as portalMediaPage } from '${here('./admin/decap/media-pages.ts')}';`,
  },
  {
    file: /decap-cms-core\/.*reducers\/mediaLibrary\.js$/,
    find: 'files = entryFiles.filter(f => isMediaFileInFolder(f.path, mediaFolder)).map(file => ({',
    replace: `files = portalWithDrafts(entryFiles.filter(f => isMediaFileInFolder(f.path, mediaFolder)), mediaLibrary.get('files')).map(file => ({`,
    uses: `import { withDrafts as portalWithDrafts } from '${here('./admin/decap/media-pages.ts')}';`,
  },
  {
    file: /decap-cms-core\/.*MediaLibrary\/MediaLibrary\.js$/,
    find: 'isOpening && prevProps.privateUpload !== this.props.privateUpload',
    replace: 'isOpening',
  },
  {
    file: /decap-cms-core\/.*MediaLibrary\/MediaLibrary\.js$/,
    find: 'handleSearchChange = event => {',
    replace: `handleSearchChange = event => {
      const query = event.target.value;
      portalSearchSoon(() => this.props.loadMedia({ query }));`,
    uses: `import { searchSoon as portalSearchSoon } from '${here('./admin/soon.ts')}';`,
  },
  {
    file: /decap-cms-core\/.*reducers\/entries\.js$/,
    find: 'return join(mediaFolder, basename(mediaPath));',
    replace:
      "return mediaPath.startsWith('/uploads/') ? mediaPath.slice(1) : join(mediaFolder, basename(mediaPath));",
  },
  {
    file: /decap-cms-core\/.*reducers\/entries\.js$/,
    find: 'return basename(mediaPath);',
    replace: "return normalizedPath.startsWith('uploads/') ? normalizedPath.slice(8) : basename(mediaPath);",
  },
  {
    file: /decap-cms-ui-default\/.*ListItemTopBar\.js$/,
    find: 'onClick: onCollapseToggle,',
    replace:
      "onClick: onCollapseToggle, 'aria-expanded': !collapsed, 'aria-label': collapsed ? '展开这一项' : '收起这一项',",
  },
  {
    file: /decap-cms-ui-default\/.*ListItemTopBar\.js$/,
    find: 'onClick: onRemove,',
    replace: "onClick: onRemove, 'aria-label': '移除这一项',",
  },
  {
    file: /decap-cms-ui-default\/.*ObjectWidgetTopBar\.js$/,
    find: '"data-testid": "expand-button",',
    replace: '"data-testid": "expand-button", "aria-expanded": !collapsed,',
  },
  // What was left after a crash was read while the entry was still loading, and the entry then took its place.
  {
    file: EDITOR,
    find: `retrieveLocalBackup(collection, slug);
    if (newEntry) {
      createEmptyDraft(collection, this.props.location.search);
    } else {
      loadEntry(collection, slug);
    }`,
    replace: `(newEntry ? createEmptyDraft(collection, this.props.location.search) : loadEntry(collection, slug))
      .then(() => this.portalLeft || retrieveLocalBackup(collection, slug));`,
  },
  {
    file: EDITOR,
    find: 'this.createBackup.flush();',
    replace: 'this.portalLeft = true; this.createBackup.flush();',
  },
  {
    file: EDITOR,
    find: 'export default connect(mapStateToProps, mapDispatchToProps)(withWorkflow(translate()(Editor)));',
    replace:
      'export default portalOneFormEach(connect(mapStateToProps, mapDispatchToProps)(withWorkflow(translate()(Editor))));',
    uses: `import { belongs as portalBelongs, oneFormEach as portalOneFormEach } from '${here('./admin/decap/one-form-each.ts')}';`,
  },
  {
    file: EDITOR,
    find: "entryDraft.get('entry') === undefined ||",
    replace: `entryDraft.get('entry') === undefined ||
      !portalBelongs(entryDraft.get('entry'), { collection: collection.get('name'), slug: newEntry ? undefined : slug }) ||`,
  },
  // A new entry gets its address when it is first saved, and nobody was asked any more before leaving it.
  {
    file: EDITOR,
    find: `this.deleteBackup();
      unblock();`,
    replace: `this.deleteBackup();
      if (pathname.startsWith(entriesPath) && action === 'REPLACE') return;
      unblock();`,
  },
  // A new form that nobody has touched is left without a question, and is not saved either.
  {
    file: ENTRY_ACTIONS,
    find: `if (defaultValue !== null) {
      acc[name] = defaultValue;`,
    replace: `if (defaultValue !== null) {
      acc[name] = portalInitial(defaultValue);`,
    uses: `import { initialOf as portalInitial } from '${here('./admin/decap/initial.ts')}';`,
  },
  {
    file: /decap-cms-core\/.*Editor\/EditorToolbar\.js$/,
    find: '}) : _jsx(BackStatusUnchanged, {',
    replace: '}) : this.props.isNewEntry ? null : _jsx(BackStatusUnchanged, {',
  },
  // Whoever stays after typing another address goes back to the address of what is on the screen.
  {
    file: /history\/esm\/history\.js$/,
    find: `var fromIndex = allPaths.lastIndexOf(createPath(fromLocation));
    if (fromIndex === -1) fromIndex = 0;`,
    replace: `var fromIndex = allPaths.lastIndexOf(createPath(fromLocation));
    if (fromIndex === -1) return replaceHashPath(encodePath(createPath(toLocation)));`,
  },
  // The name typed for a new file stands in no file, and neither does the version that a text was written on.
  {
    file: /decap-cms-core\/.*backend\.js$/,
    find: "path: entry.get('path'),\n        mediaFiles,",
    replace: `path: entry.get('path'), mediaFiles, slugField: entry.getIn(['data', '${SLUG_FIELD}']), version: portalVersionOf(entry.get('path')),`,
    uses: `import { versionOf as portalVersionOf } from '${here('./admin/versions.ts')}';`,
  },
  {
    file: /decap-cms-core\/.*backend\.js$/,
    find: 'const entry = formatRawData(raw);',
    replace: `const entry = formatRawData(raw); entry.openedVersion = backup.version;
      if (backup.slugField) entry.data.${SLUG_FIELD} = backup.slugField;`,
  },
  {
    file: ENTRY_ACTIONS,
    find: `createEntry(entry.get('collection'), '', '', {
      data: entry.get('data'),`,
    replace: `createEntry(entry.get('collection'), '', '', {
      data: portalDuplicateData(entry),`,
    uses: `import { duplicateData as portalDuplicateData } from '${here('./admin/decap/duplicate.ts')}';`,
  },
  // People also know an entry by its address.
  {
    file: /decap-cms-core\/.*backend\.js$/,
    find: "searchFields = [selectInferredField(collection, 'title'),",
    replace: "searchFields = ['slug', selectInferredField(collection, 'title'),",
  },
  // Thousands of cards are drawn as somebody scrolls to them.
  {
    file: /decap-cms-core\/.*Entries\/EntryListing\.js$/,
    find: 'children: [publishedCards, this.hasMore()',
    replace: `children: [_jsx(portalCards, { cards: publishedCards }, collections.get('name')), this.hasMore()`,
    uses: `import { Cards as portalCards } from '${here('./admin/decap/cards.ts')}';`,
  },
  {
    file: ENTRY_ACTIONS,
    find: "key: 'ui.toast.missingRequiredField'",
    replace: "key: 'ui.toast.missingRequiredField', details: portalShowFaults(fieldsErrors)",
    uses: `import { showFaults as portalShowFaults } from '${here('./admin/decap/faults.ts')}';`,
  },
  {
    file: EDITOR,
    find: `_jsx("div", {
        children: _jsx("h3", {
          children: entry.get('error')
        })
      })`,
    replace: `_jsx(portalMissing, { collection, message: entry.get('error') })`,
    uses: `import { Missing as portalMissing } from '${here('./admin/decap/missing.ts')}';`,
  },
  // Unfinished work can be put aside as a draft.
  {
    file: ENTRY_ACTIONS,
    find: 'if (!fieldsErrors.isEmpty()) {',
    replace: 'if (portalKeepsFromSaving(fieldsErrors, collection, entryDraft)) {',
    uses: `import { keepsFromSaving as portalKeepsFromSaving } from '${here('./admin/decap/faults.ts')}';`,
  },
  // A save that is refused for too long a title said nothing.
  {
    file: ENTRY_ACTIONS,
    find: 'if (hasPresenceErrors) {',
    replace: '{',
  },
  // A form is changed when it differs from what it was filled with or last saved as. Decap compares with what lists hold,
  // and those have no bodies.
  {
    file: ENTRY_DRAFT,
    find: `state.set('entry', fromJS(action.payload.entry));
        state.setIn(['entry', 'newRecord'], false);`,
    replace: `state.set('entry', fromJS(action.payload.entry));
        state.setIn(['entry', 'newRecord'], false);
        state.set('saved', action.payload.isUnsaved ? undefined : state.getIn(['entry', 'data']));`,
  },
  {
    file: ENTRY_DRAFT,
    find: `state.setIn(['entry', 'newRecord'], true);
        state.set('fieldsMetaData', Map());`,
    replace: `state.setIn(['entry', 'newRecord'], true);
        state.set('saved', state.getIn(['entry', 'data']));
        state.set('fieldsMetaData', Map());`,
  },
  {
    file: ENTRY_DRAFT,
    find: "state.set('mediaFiles', List());",
    replace: "state.set('mediaFiles', List()); state.delete('saved');",
  },
  {
    file: ENTRY_DRAFT,
    find: "!entries.some(e => newData.equals(e.get(...dataPath))) || !entries.some(e => newMeta.equals(e.get('meta')))",
    replace: "!newData.equals(state.get('saved'))",
  },
  // What is typed while a save is under way is not saved yet.
  {
    file: ENTRY_DRAFT,
    find: "return state.setIn(['entry', 'isPersisting'], true);",
    replace:
      "return state.setIn(['entry', 'isPersisting'], true).set('sent', state.getIn(['entry', 'data']));",
  },
  {
    file: ENTRY_DRAFT,
    find: `state.set('hasChanged', false);
        if (!`,
    replace: `state.set('saved', state.get('sent'));
        state.set('hasChanged', !state.getIn(['entry', 'data']).equals(state.get('sent')));
        if (!`,
  },
  {
    file: /decap-cms-core\/.*UI\/SettingsDropdown\.js$/,
    find: 'children: stripProtocol(displayUrl)',
    replace: "children: '工作台'",
  },
  // The page of an entry that is not on the site would be missing; `admin.css` hides the link to it.
  {
    file: /decap-cms-core\/.*Editor\/EditorToolbar\.js$/,
    find: '_jsx(PreviewButtonContainer, {',
    replace: "_jsx(PreviewButtonContainer, { className: 'portal-on-site',",
  },
  // Nobody fills in where an entry stands, nor its identifier.
  {
    file: /decap-cms-core\/.*EditorControlPane\/EditorControl\.js$/,
    find: 'children: isFieldOptional ? _jsxs(',
    replace: "children: isFieldOptional && !['review', 'uid'].includes(field.get('widget')) ? _jsxs(",
  },
  // A small picture would be blown up to the width that large ones are brought down to.
  {
    file: /decap-cms-core\/.*lib\/imageTransformations\.js$/,
    find: 'const width = config.width ?? undefined;',
    replace: 'const width = config.width ? Math.min(config.width, sourceWidth) : undefined;',
  },
  // What is pasted becomes the same in rich text and in the source.
  {
    file: /decap-cms-widget-richtext\/.*RichtextControl\/VisualEditor\.js$/,
    find: `      isDisabled
    });`,
    replace: `      isDisabled,
      deserialize: (html) => portalPastedNodes(html, (markdown) =>
        markdownToSlate(markdown, { editorComponents, voidCodeBlock: !!codeBlockComponent })),
    });`,
    uses: `import { pastedNodes as portalPastedNodes } from '${here('./admin/decap/pasted.ts')}';`,
  },
  {
    file: /react-select\/dist\/index-.*\.esm\.js$/,
    find: `"Remove ".concat(children || 'option')`,
    replace: '"去掉".concat(children)',
  },
  {
    // A module that failed stays failed until the page is loaded anew, so the parser is asked for more than once.
    file: /satteri_napi\.wasi-browser\.js$/,
    find: 'await fetch(__wasmUrl).then((res) => res.arrayBuffer())',
    replace: 'await portalFetchPatiently(__wasmUrl)',
    uses: `import { fetchPatiently as portalFetchPatiently } from '${here('./admin/decap/patient.ts')}';`,
  },
  { file: TOAST, find: 'ariaLabel:s="close"', replace: 'ariaLabel:s="关闭"' },
  { file: TOAST, find: '"aria-label":"notification timer"', replace: '"aria-label":"消息显示的时间"' },
];

function patchDecap(): Plugin {
  const unused = new Set(patches);
  return {
    name: 'patch-decap',
    enforce: 'pre',
    transform(code, id) {
      let text = code;
      const imports: string[] = [];
      for (const patch of patches) {
        if (!patch.file.test(id) || !text.includes(patch.find)) continue;
        text = text.replaceAll(patch.find, patch.replace);
        if (patch.uses) imports.push(patch.uses);
        unused.delete(patch);
      }
      return text === code ? null : { code: [...imports, text].join('\n'), map: null };
    },
    buildEnd(error) {
      if (!error && unused.size > 0)
        throw new Error(
          `Decap 换了写法，cms/vite.config.ts 里这几处修补没有用上：\n${[...unused].map(({ find }) => find).join('\n')}`,
        );
    },
  };
}

const config: InlineConfig = {
  configFile: false,
  root: here('./admin'),
  base: './',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [patchDecap()],
  resolve: {
    dedupe: ['react', 'react-dom', 'immutable'],
    alias: [
      { find: /^@bruits\/satteri-wasm32-wasi$/, replacement: `${PARSER}/satteri_napi.wasi-browser.js` },
      { find: /^@bruits\/satteri-wasm32-wasi\//, replacement: `${PARSER}/` },
      { find: /^ajv(-errors|-keywords.*)?$/, replacement: here('./admin/decap/ajv.ts') },
      { find: /^fuzzy$/, replacement: here('./admin/decap/fuzzy.ts') },
      { find: /^react-markdown$/, replacement: here('./admin/decap/hint.ts') },
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
        find: 'virtual:decap-richtext',
        replacement: installed('decap-cms-widget-richtext/dist/esm/serializers/index.js'),
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
