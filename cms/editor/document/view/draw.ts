import { blockNamed } from '../../../../src/blocks/index.ts';
import { attributeValues } from '../../../../src/body/source/attributes.ts';
import type { Block, BlockContext } from '../../../../src/model/block.ts';

/** A block drawn as on the page, by its own `render`. */

export type PictureUrl = (address: string) => string;

/** What is missing or wrong in a block, in Chinese; empty when it can be drawn. */
export function faultsOf(block: Block, attributes: Readonly<Record<string, string>>): string[] {
  const parsed = block.schema.safeParse(values(attributes));
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
}

const values = (attributes: Readonly<Record<string, string>>) =>
  attributeValues(Object.entries(attributes).map(([name, value]) => ({ name, value })));

/**
 * HTML of a block; undefined when its attributes are not complete.
 *
 * @param children HTML of what stands in it
 */
export function drawBlock(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: string,
  pictureUrl: PictureUrl,
): string | undefined {
  const block = blockNamed(name);
  const parsed = block?.schema.safeParse(values(attributes));
  if (!block || !parsed?.success) return undefined;
  const context: BlockContext = { picture: () => undefined, href: pictureUrl };
  return block.render(parsed.data as never, children, context);
}
