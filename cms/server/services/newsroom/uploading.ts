import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredMedia } from '../../../protocol/media.ts';
import { hasRole, type Person } from '../../../protocol/roles.ts';
import { uploadPlace } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { CONTENT } from '../../stores/content/written-out.ts';
import { acceptUpload, freeName } from '../../uploads/index.ts';
import { usesOfUpload } from '../uses.ts';
import { draftTitle } from './draft.ts';
import type { Texts } from './texts.ts';
import type { Queue } from '../../process/queue.ts';

/** Pictures and attachments. They are inspected while other changes are made; only the commit waits for those. */

/**
 * Stores an upload, made safe and under a free safe name; returns where.
 *
 * @param file where it is; it is changed there
 */
export async function storeUpload(
  texts: Texts,
  exclusively: Queue['run'],
  person: Person,
  path: string,
  file: string,
): Promise<StoredMedia> {
  const verdict = await acceptUpload(path, file);
  if (!verdict.accepted) throw new Refused(422, verdict.message);
  const blob = await texts.repository.addBlob(file);
  const kept = (name: string) => texts.repository.blobAt(texts.main, `${CONTENT}/uploads/${name}`);
  const name = await freeName(verdict.stem, verdict.extension, async (candidate) => {
    const other = await kept(candidate);
    return other === undefined || other === blob;
  });
  const safe = { path: `uploads/${name}`, size: statSync(file).size };
  await exclusively(async () => {
    const former = await kept(name);
    if (former === blob) return;
    if (former !== undefined) throw new Refused(409, '刚刚有人传了同名的文件，请再传一次');
    const changes = new Map([[`${CONTENT}/${safe.path}`, { blob }]]);
    await texts.commitToMain(person, `上传：${safe.path}`, changes, { showsOnSite: false });
  });
  return safe;
}

/** Stores an upload that came in a form and is in memory. */
export async function storeUploadedBytes(
  texts: Texts,
  exclusively: Queue['run'],
  person: Person,
  path: string,
  bytes: Uint8Array,
): Promise<StoredMedia> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-upload-'));
  try {
    const file = join(folder, 'file');
    writeFileSync(file, bytes, { mode: 0o600 });
    return await storeUpload(texts, exclusively, person, path, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes an upload that no entry uses. */
export async function removeUpload(
  texts: Texts,
  exclusively: Queue['run'],
  person: Person,
  path: string,
): Promise<void> {
  const place = uploadPlace(texts.content, path);
  if (!place || !existsSync(place.file)) throw new Refused(404, '没有这个文件');
  if (!hasRole(person, 'publisher')) throw new Refused(403, '图片和附件要「发布」以上的人才能删除');
  await exclusively(async () => {
    const uses = usesOfUpload(texts.content, `/${path}`);
    for (const draft of texts.drafts.values())
      if (draft.document.text.includes(`/${path}`))
        uses.push({
          severity: 'error',
          file: draft.path,
          message: `草稿${draftTitle(draft)}还用着它；请先在那里换掉`,
        });
    if (uses.length > 0) throw new Refused(422, `还有 ${uses.length} 处用着这个文件，不能删除`, uses);
    await texts.commitToMain(person, `删除：${path}`, new Map([[`${CONTENT}/${path}`, null]]));
  });
}
