import type { Block } from '../../model/block.ts';
import { nearest } from '../../model/problems.ts';
import { labelOfPath, metaOf, shapeOf } from '../../model/schema.ts';
import type { Attribute } from './tags.ts';

/** Checking a block's attributes against its schema. */

/** Attribute list → the object that the block's schema reads. */
export const attributeValues = (attributes: readonly Attribute[]): Record<string, string> =>
  Object.fromEntries(
    attributes.filter((item) => item.value !== '').map((item) => [item.name, item.value ?? '']),
  );

/** What a form says next to each attribute that cannot stay as it is: name → Chinese sentence. */
export function attributeProblems(
  block: Block,
  values: Readonly<Record<string, string>>,
): Map<string, string> {
  const parsed = block.schema.safeParse(values);
  const issues = parsed.success ? [] : parsed.error.issues;
  return new Map(issues.map(({ path, message }) => [String(path[0] ?? ''), message]));
}

/** Everything wrong with a block's attributes, in Chinese. */
export function describeBlockProblems(
  block: Block,
  attributes: readonly Attribute[],
): { message: string; field?: string }[] {
  const parsed = block.schema.safeParse(attributeValues(attributes));
  if (parsed.success) return [];
  const names = Object.keys(shapeOf(block.schema));
  return parsed.error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      const name = String(issue.path[0] ?? '');
      const label = labelOfPath(block.schema, issue.path.slice(0, 1));
      return [{ field: `<${block.name}> 的 ${name}${label}`, message: issue.message }];
    }
    return issue.keys.map((key) => {
      const near = nearest(key, names);
      const label = near && metaOf(shapeOf(block.schema)[near] as Block['schema'])?.label;
      const advice = near ? `是不是 ${near}（${label}）？` : '';
      return {
        field: `<${block.name}> `,
        message: `没有「${key}」这个属性。${advice}可用的属性：${names.join('、') || '无'}`,
      };
    });
  });
}
