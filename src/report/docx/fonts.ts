/**
 * The fonts of official documents (GB/T 9704—2012), by name. A machine without one of them takes the first of its
 * `altName` (ISO/IEC 29500-1, 17.8.3.1), else a font of the same family and character set.
 */

interface OfficialFont {
  name: string;
  /** In the order of preference. */
  fallbacks: readonly string[];
  family: 'roman' | 'swiss' | 'script';
}

export const FONTS = {
  title: {
    name: '方正小标宋简体',
    fallbacks: [
      '方正小标宋_GBK',
      'FZXiaoBiaoSong-B05S',
      '小标宋',
      '华文中宋',
      '宋体',
      'SimSun',
      'Noto Serif CJK SC',
    ],
    family: 'roman',
  },
  heading: {
    name: '黑体',
    fallbacks: ['SimHei', '方正黑体_GBK', '思源黑体', 'Noto Sans CJK SC'],
    family: 'swiss',
  },
  subheading: {
    name: '楷体',
    fallbacks: ['楷体_GB2312', 'KaiTi', '方正楷体_GBK', 'Noto Serif CJK SC'],
    family: 'script',
  },
  body: {
    name: '仿宋',
    fallbacks: ['仿宋_GB2312', 'FangSong', '方正仿宋_GBK', 'Noto Serif CJK SC'],
    family: 'roman',
  },
  song: {
    name: '宋体',
    fallbacks: ['SimSun', '方正书宋_GBK', 'Noto Serif CJK SC'],
    family: 'roman',
  },
} as const satisfies Record<string, OfficialFont>;

export type FontName = keyof typeof FONTS;

/** Chinese in the official font, Latin letters and figures in Times New Roman. */
export const fontOf = (name: FontName) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: FONTS[name].name,
});

/** `word/fontTable.xml`. Character set 0x86 is GB 2312. */
export const fontTable = (): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[
    ...Object.values(FONTS).map(
      ({ name, fallbacks, family }) =>
        `<w:font w:name="${name}"><w:altName w:val="${fallbacks.join(',')}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="variable"/></w:font>`,
    ),
    '<w:font w:name="Times New Roman"><w:altName w:val="Liberation Serif,Noto Serif"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>',
  ].join('')}</w:fonts>`;
