import { expect, test } from 'vitest';
import { inspectUpload } from '../../../tests/support/upload.ts';

const upload = (text: string) => inspectUpload('geojson', new TextEncoder().encode(text));

test('县界地图原样收下，不是 GeoJSON 的说清楚', async () => {
  const map = '{"type":"FeatureCollection","features":[]}';
  expect(new TextDecoder().decode((await upload(map)).bytes)).toBe(map);
  for (const other of ['{"type":"Topology"}', 'null', '<svg/>'])
    await expect(upload(other)).rejects.toThrow('GeoJSON');
});
