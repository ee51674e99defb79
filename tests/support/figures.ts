import type {
  BaseRecord,
  CampaignRecord,
  EventRecord,
  FacilityRecord,
  HonourRecord,
  Indicator,
  SnapshotRecord,
  SourceRecord,
  StopRecord,
  TeamRecord,
  YearRecords,
} from '../../src/statistics/records.ts';

/** Small records for tests of figures. */

export const indicator = (id: string, unit: Indicator['unit'], more: Partial<Indicator> = {}): Indicator => ({
  id,
  name: id,
  unit,
  nature: 'flow',
  summable: true,
  headline: false,
  ...more,
});

const make =
  <Entry extends SourceRecord | SnapshotRecord>(collection: Entry['collection'], initial: object) =>
  (id: string, data: Partial<Entry['data']> = {}): Entry =>
    ({ id, collection, data: { title: id, ...initial, ...data } }) as Entry;

/** Held in March 2022. */
export const event = make<EventRecord>('events', { start: '2022-03-05', state: 'completed' });
export const stop = make<StopRecord>('caravan', { start: '2022-03-05', state: 'completed' });
export const campaign = make<CampaignRecord>('campaigns', { year: 2022 });
export const facility = make<FacilityRecord>('facilities', { built: 2022 });
export const base = make<BaseRecord>('bases', {});
export const honour = make<HonourRecord>('honours', { year: 2022 });
export const team = make<TeamRecord>('teams', { kind: 'volunteer', published: '2022-01-01' });
export const snapshot = make<SnapshotRecord>('statistics', { date: '2022-12-31', source: '工作报告' });

export const row = (indicatorId: string, value?: number, more: object = {}) => ({
  indicator: indicatorId,
  value,
  approximate: false,
  ...more,
});

export const records = (
  entries: readonly SourceRecord[],
  dictionary: readonly Indicator[],
  snapshots: readonly SnapshotRecord[] = [],
): YearRecords => ({ entries, dictionary, snapshots });
