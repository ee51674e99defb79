import { join } from 'node:path';
import { type SiteBuilder, siteBuilder } from './builder.ts';
import type { Repository } from '../stores/content/repository.ts';
import { writeOut } from '../stores/content/written-out.ts';

/**
 * Builds of the site from one commit, whatever is published meanwhile.
 *
 * @param folder holds the content written out for builds, the code that builds it, and their cache
 */
export function siteBuild({ repository, folder }: { repository: Repository; folder: string }): SiteBuilder {
  const content = join(folder, 'content');
  const builder = siteBuilder({ dataDir: folder, contentDir: content });
  return {
    ...builder,
    async build(target, previous, context) {
      context.tell({ step: '正在取出内容' });
      await writeOut(repository, context.commit, content, { comparesFiles: context.isWhole });
      return builder.build(target, previous, context);
    },
  };
}
