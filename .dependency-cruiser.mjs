/**
 * Which folder may import from which (https://github.com/sverweij/dependency-cruiser). `.ci/imports.mjs` runs it, as part
 * of `npm run lint`. Floors are listed from the lowest to the highest; a file may import from its own folder and from lower
 * floors, not from another folder of its floor.
 */

/** Folders of `src/`. */
export const SITE_FLOORS = [
  ['model', 'runtime', 'style'],
  ['calendar'],
  ['blocks'],
  ['body'],
  ['pictures'],
  ['store'],
  ['types'],
  ['queries'],
  ['ui'],
  ['shell'],
  ['redirects'],
  ['map', 'share', 'statistics', 'feeds', 'search', 'offline'],
  ['places', 'happenings'],
  ['cards', 'embed'],
  [
    'articles',
    'bases',
    'campaigns',
    'caravan',
    'documents',
    'events',
    'experts',
    'facilities',
    'honours',
    'news',
    'organisations',
    'scorecard',
    'teams',
    'townships',
  ],
  ['report'],
  ['home', 'site', 'open-data', 'checks'],
  ['pages'],
];

/** Folders of `cms/` with those of the server. */
export const CMS_FLOORS = [
  ['protocol', 'zip'],
  ['documents'],
  ['results'],
  ['sheets'],
  ['server/process'],
  ['server/stores'],
  ['server/uploads', 'server/build', 'server/editor'],
  ['server/services'],
  ['server/http', 'editor'],
];

const either = (folders) => `(${folders.join('|')})`;

/** Rules for the floors below one root, e.g. `src`. */
const floorRules = (root, floors) =>
  floors.flatMap((folders, index) => {
    const from = `^${root}/${either(folders)}/`;
    const higher = floors.slice(index + 1).flat();
    const rules = [];
    if (higher.length > 0)
      rules.push({
        name: `${root}：${folders.join('、')} 不引用上面的层`,
        severity: 'error',
        from: { path: from },
        to: { path: `^${root}/${either(higher)}/` },
      });
    if (folders.length > 1)
      rules.push({
        name: `${root}：同一层的 ${folders.join('、')} 互不引用`,
        severity: 'error',
        from: { path: from },
        to: { path: from, pathNot: `^${root}/$1/` },
      });
    return rules;
  });

export default {
  forbidden: [
    {
      name: '文件不绕圈引用',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: '文件夹不绕圈引用',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    ...floorRules('src', SITE_FLOORS),
    ...floorRules('cms', CMS_FLOORS),
    {
      name: '网站不引用编辑系统',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^cms/' },
    },
    {
      name: '编辑后台（浏览器里）不引用服务器，服务器也不引用它',
      severity: 'error',
      from: { path: '^cms/(editor|server)/' },
      to: { path: '^cms/(editor|server)/', pathNot: '^cms/$1/' },
    },
    {
      name: '内容类型的定义也在浏览器里用：不引用 Astro 和 Node',
      severity: 'error',
      from: { path: '^(src/(types|model|blocks|body)|cms/protocol)/' },
      to: { path: '^(astro|node:|fs$|path$|crypto$)' },
    },
  ],
};
