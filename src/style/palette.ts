import { darker, lighter } from './colour.ts';

/**
 * Colour roles. Grounds and text colours come from the house illustration style (paper, ink, jade, wheat,
 * cinnabar, sky); each text colour is readable on every ground of its own palette, which `palette.test.ts` proves.
 */
export interface Palette {
  /** 页面底色：纸。 */
  paper: string;
  /** 卡片、输入框：比纸亮一层。 */
  surface: string;
  /** 分区底色：比纸深一层。 */
  cream: string;
  /** 装饰用的细线，不承担含义。 */
  hairline: string;
  /** 控件边框，对底色至少 3:1。 */
  border: string;
  /** 正文。 */
  ink: string;
  /** 次要文字。 */
  muted: string;
  /** 主题色的文字：链接、标题记号。 */
  theme: string;
  /** 朱砂：印章、取消、警告。 */
  cinnabar: string;
  /** 麦黄：改期、提示。 */
  wheat: string;
  /** 深蓝：焦点、说明。 */
  blue: string;
  /** 主题色底上的文字。 */
  onTheme: string;
  /** 页脚和夜色块的底与字。 */
  night: string;
  onNight: string;
}

export type PaletteName = 'light' | 'lightStrong' | 'dark' | 'darkStrong';

/** The four palettes of a site with this theme colour; `Strong` ones serve elder mode and high contrast (7:1). */
export function palettes(theme: string): Record<PaletteName, Palette> {
  const light = { paper: '#f7f1e3', surface: '#fdfaf2', cream: '#efe3c8' };
  const dark = { paper: '#151d1e', surface: '#1d2829', cream: '#263434' };
  const night = { night: darker(theme, '#f7f1e3', 12), onNight: '#f3ead4' };
  return {
    light: {
      ...light,
      hairline: '#dfd0ac',
      border: '#857350',
      ink: '#2b3a42',
      muted: '#55615f',
      theme: darker(theme, light.cream, 4.6),
      cinnabar: '#a83620',
      wheat: '#745207',
      blue: '#274c77',
      onTheme: '#fdfaf2',
      ...night,
    },
    lightStrong: {
      ...light,
      surface: '#ffffff',
      hairline: '#a8966c',
      border: '#5a4d33',
      ink: '#111a20',
      muted: '#343f43',
      theme: darker(theme, light.cream, 7.1),
      cinnabar: '#7a2413',
      wheat: '#5a3f08',
      blue: '#1c3a60',
      onTheme: '#ffffff',
      ...night,
    },
    dark: {
      ...dark,
      hairline: '#3a4a4a',
      border: '#8a9691',
      ink: '#efe6d3',
      muted: '#b9b6a8',
      theme: lighter(theme, dark.cream, 6.5),
      cinnabar: '#f0937c',
      wheat: '#e3b85c',
      blue: '#9cc0e6',
      onTheme: '#10201c',
      night: '#0d1415',
      onNight: '#e6dcc6',
    },
    darkStrong: {
      ...dark,
      paper: '#0c1112',
      hairline: '#5d6d6c',
      border: '#b4bdb8',
      ink: '#fffaf0',
      muted: '#dcd8ca',
      theme: lighter(theme, dark.cream, 8.5),
      cinnabar: '#f9b4a3',
      wheat: '#f0d08a',
      blue: '#b9d5f2',
      onTheme: '#08120f',
      night: '#060a0b',
      onNight: '#fffaf0',
    },
  };
}
