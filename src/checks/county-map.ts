import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawingOf } from '../map/geojson.ts';
import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

interface MapSettings {
  outline?: string;
  reviewNumber?: string;
  system?: 'gcj02' | 'wgs84';
}

/** The county's own outline has to be readable, complete and reviewed; otherwise the site draws its schematic map. */
export function checkCountyMap({ content, files }: Corpus): Problem[] {
  const settings = files.find(({ kind }) => kind === 'settings');
  const map = settings?.data.map as MapSettings | undefined;
  if (!settings || !map?.outline) return [];
  const problem = (message: string): Problem[] => [
    {
      severity: 'error',
      file: settings.file,
      line: settings.entry.lineOf(['map', 'outline']),
      field: '「县界文件」',
      message: `${message}；改好以前网站画的是示意图`,
    },
  ];
  if (!map.reviewNumber) return problem('真实边界的地图要有审图号才能公开，请填「审图号」，或者删去县界文件');
  const file = join(content.uploadsDir, map.outline.slice('/uploads/'.length));
  if (!existsSync(file)) return problem(`没有 ${map.outline} 这个文件，请重新上传`);
  const townships = files.find(({ kind }) => kind === 'townships')?.data.items ?? [];
  try {
    drawingOf(readFileSync(file, 'utf8'), map.system, townships as { id: string; name: string }[]);
    return [];
  } catch (error) {
    return problem((error as Error).message);
  }
}
