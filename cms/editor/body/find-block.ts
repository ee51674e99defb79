import { blocks } from '../../../src/blocks/index.ts';
import { readTag, type Tag } from '../../../src/body/source/tags.ts';
import type { Block } from '../../../src/model/block.ts';

/** A block in a body: its definition and its opening tag. */
export interface FoundBlock {
  block: Block;
  tag: Tag;
}

/** The innermost block around an offset in the body; tags inside code do not count. */
export function findBlockAt(source: string, offset: number): FoundBlock | undefined {
  const masked = maskCode(source);
  const open: FoundBlock[] = [];
  for (let at = masked.indexOf('<'); at >= 0; at = masked.indexOf('<', at + 1)) {
    if (at > offset && open.length === 0) return undefined;
    const tag = readTag(masked, at);
    const block = tag && blocks.find(({ name }) => name === tag.name);
    if (!tag || !block) continue;
    const original = readTag(source, at) ?? tag;
    if (tag.kind === 'void') {
      if (at <= offset && offset <= tag.end) return { block, tag: original };
    } else if (tag.kind === 'open') open.push({ block, tag: original });
    else {
      const index = open.findLastIndex(({ tag: { name } }) => name === tag.name);
      const [found] = index < 0 ? [] : open.splice(index);
      if (found && found.tag.start <= offset && offset <= tag.end) return found;
    }
    at = tag.end - 1;
  }
  return undefined;
}

/** The source with the text of code replaced by spaces, so that offsets stay the same. */
const maskCode = (source: string): string =>
  source.replace(
    /^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:\n {0,3}\2[`~]*[ \t]*(?=\n|$)|$(?![\s\S]))|(?<!`)(`+)(?!`)[^\n]*?[^`\n]\3(?!`)/gm,
    (code) => code.replace(/[^\n]/g, ' '),
  );
