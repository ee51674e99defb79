import { z } from 'zod';
import { siteSettings } from '../../queries/index.ts';
import { UNITS } from '../../types/statistics.ts';
import { absolute } from '../../ui/address.ts';
import { licenseAddress } from '../../ui/schema.ts';
import type { Figure } from '../figure.ts';
import { addressOfPart, hasPage } from '../queries.ts';

/**
 * A year's figures as open data, `/api/statistics/<year>.json`. The schema is the contract: the JSON Schema file and the page
 * that explains the fields are made from it. Fields are added, never renamed or removed.
 */

const value = () => z.number().nullable();

const part = z.strictObject({
  title: z.string().describe('条目的标题'),
  page: z.url().describe('条目的网页'),
  value: value().describe('这一笔的数；未载时空着'),
  stated: value().describe('条目自己写的数，比「value」多出的部分已经算在别的笔里；一样时空着'),
  approximate: z.boolean().describe('约数'),
  method: z
    .enum(['measured', 'estimated'])
    .nullable()
    .describe('measured 实测、estimated 估计；没有说明时空着'),
  item: z.string().nullable().describe('细目'),
});

const reported = z.strictObject({
  title: z.string(),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .meta({ format: 'date' })
    .nullable()
    .describe('截止或统计日期'),
  value: value(),
  approximate: z.boolean(),
  source: z.string().nullable().describe('出处'),
  note: z.string().nullable().describe('说明'),
});

/** One figure of the file. */
export const openFigure = z.strictObject({
  indicator: z.string().describe('指标的编号'),
  name: z.string().describe('指标的名称'),
  unit: z.string().describe('单位；「人」和「人次」是两个指标，不相加'),
  nature: z.enum(['flow', 'stock']).describe('flow 全年累计、stock 年末数'),
  form: z.string().nullable().describe('科普统计表号'),
  value: value().describe('合计；未载、不相加或者对不上时空着，空着不是零'),
  approximate: z.boolean().describe('有约数'),
  incomplete: z.boolean().describe('有几笔未载：实际不少于「value」'),
  conflict: z.array(z.number()).describe('对不上的几个数，从小到大'),
  method: z
    .strictObject({ measured: z.number(), estimated: z.number(), unsaid: z.number() })
    .describe('「value」里实测、估计、没有说明的各是多少'),
  parts: z.array(part).describe('每一笔和它的条目'),
  reported: z.array(reported).describe('全年的填报数'),
});

const file = z.strictObject({
  $schema: z.url().describe('本文件的 JSON Schema'),
  year: z.int().describe('年份'),
  publisher: z.string().describe('主办单位'),
  license: z.url().nullable().describe('许可；没有写明时空着'),
  page: z.url().describe('这一年的网页'),
  figures: z.array(openFigure).describe('按指标词典的次序'),
});

export const YEAR_SCHEMA_ADDRESS = '/api/statistics.schema.json';

const openFigureOf = (figure: Figure): z.input<typeof openFigure> => ({
  indicator: figure.indicator.id,
  name: figure.indicator.name,
  unit: UNITS[figure.unit],
  nature: figure.indicator.nature,
  form: figure.indicator.form ?? null,
  value: figure.value ?? null,
  approximate: figure.approximate,
  incomplete: figure.incomplete,
  conflict: figure.conflict,
  method: figure.method,
  parts: figure.parts.filter(hasPage).map((one) => ({
    title: one.entry.data.title,
    page: absolute(addressOfPart(one) ?? '/'),
    value: one.value ?? null,
    stated: one.stated ?? null,
    approximate: one.approximate,
    method: one.method ?? null,
    item: one.item ?? null,
  })),
  reported: figure.snapshots.map(({ data }) => ({
    title: data.title,
    date: data.date ?? null,
    value: data.value ?? null,
    approximate: data.approximate ?? false,
    source: data.source ?? null,
    note: data.note ?? null,
  })),
});

/** The text of a year's file. */
export const yearJson = (year: number, figures: readonly Figure[]): string =>
  JSON.stringify(
    file.parse({
      $schema: absolute(YEAR_SCHEMA_ADDRESS),
      year,
      publisher: siteSettings().association,
      license: licenseAddress() ?? null,
      page: absolute(`/statistics/${year}/`),
      figures: figures.map(openFigureOf),
    }),
  );

/** Its JSON Schema (2020-12). */
export const yearJsonSchema = (): string =>
  JSON.stringify({
    $id: absolute(YEAR_SCHEMA_ADDRESS),
    title: '一年的科普工作数据',
    ...z.toJSONSchema(file),
  });
