import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, mix } from './colour.ts';
import { type PaletteName, palettes } from './palette.ts';

const TEXTS = ['ink', 'muted', 'theme', 'cinnabar', 'wheat', 'blue'] as const;
const GROUNDS = ['paper', 'surface', 'cream'] as const;
const RATIO: Record<PaletteName, number> = { light: 4.5, dark: 4.5, lightStrong: 7, darkStrong: 7 };

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('配色', () => {
  test('黑白对比度是 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });

  test('无论站点选什么主题色，每种文字在每种底色上都读得清', () => {
    fc.assert(
      fc.property(colour, (theme) => {
        for (const [name, palette] of Object.entries(palettes(theme)) as [
          PaletteName,
          ReturnType<typeof palettes>['light'],
        ][]) {
          for (const text of TEXTS)
            for (const ground of GROUNDS)
              expect(
                contrast(palette[text], palette[ground]),
                `${name} ${text} on ${ground}`,
              ).toBeGreaterThanOrEqual(RATIO[name]);
          expect(contrast(palette.onTheme, palette.theme), `${name} onTheme`).toBeGreaterThanOrEqual(
            RATIO[name],
          );
          expect(contrast(palette.onNight, palette.night), `${name} onNight`).toBeGreaterThanOrEqual(7);
        }
      }),
    );
  });

  test('控件边框对底色至少 3:1', () => {
    for (const palette of Object.values(palettes('#1f6f5c')))
      for (const ground of GROUNDS)
        expect(contrast(palette.border, palette[ground])).toBeGreaterThanOrEqual(3);
  });

  test('混合一半得到中间色', () => {
    expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
  });
});
