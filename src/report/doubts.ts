import type { Doubt } from './document.ts';
import { type Material, type ReportRecord, sourceOf } from './material.ts';

/** Records that do not agree with themselves, which no single figure shows. */

type Happening = ReportRecord<'events' | 'caravan'>;

/** Sessions that were held and are not all on the national platform, where the record says how many are. */
export const uploadDoubts = (material: Material): Doubt[] =>
  material.ofYear
    .filter(
      (record): record is Happening => record.collection === 'events' || record.collection === 'caravan',
    )
    .flatMap((record): Doubt[] => {
      const { sessions = 1, uploads } = record.data;
      if (uploads === undefined || uploads === sessions) return [];
      return [
        {
          title: '开展的场次和平台上传的场次',
          text: `开展${sessions}场次，平台上传${uploads}场次，相差${Math.abs(sessions - uploads)}场次。请查明是漏传、合并上传还是没有通过审核，补传或者在记录里写明原因`,
          sources: [sourceOf(material, record)],
        },
      ];
    });
