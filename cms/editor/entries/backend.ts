import type { Problem } from '../../../src/model/problems.ts';
import { listedText, stageMark } from '../../documents/entry-format.ts';
import { siteRoot } from '../client/address.ts';
import { ApiError, api, hasSession, UserError } from '../client/api.ts';
import type { StoredFile } from '../../protocol/entries.ts';
import { openConflictDialog } from './conflict.ts';
import { showProblems } from '../dialogs/dialog.ts';
import { loadReferenceTitles } from './reference-titles.ts';
import { toMediaFile } from '../media/media-file.ts';
import { signInForm } from '../client/sign-in.ts';
import { beforeLogout } from '../client/before-logout.ts';
import { watchBuild } from './build-status.ts';
import { setVersion, versionOf, takeAcknowledged } from './versions.ts';
import { updateListedEntry } from './store.ts';
import { createElement as h, type ReactElement, useEffect, useRef } from 'react';

/**
 * Decap's backend for the publishing server. It implements `Implementation` of decap-cms-lib-util; entries are files, saved
 * one at a time with the version that was opened (optimistic locking).
 */

interface Asset {
  path: string;
  fileObj: File;
}

interface EntryToPersist {
  dataFiles: { path: string; slug: string; raw: string }[];
  assets: Asset[];
}

const asEntry = ({ path, text, stage }: Pick<StoredFile, 'path' | 'text' | 'stage'>) => ({
  file: { path, id: path },
  data: stageMark(stage) + text,
});

interface LoginProps {
  onLogin: (credentials: object) => void;
}

function LoginPage({ onLogin }: LoginProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is made once
  useEffect(() => {
    const logIn = () => onLogin({});
    const form = signInForm(logIn);
    // A user who comes from the desk has a session already.
    if (hasSession()) logIn();
    else place.current?.append(form);
    return () => form.remove();
  }, []);
  return h(
    'main',
    { className: 'portal-login' },
    h('h1', null, '编辑后台'),
    h('div', { ref: place }),
    h('a', { href: siteRoot }, '返回网站首页'),
  );
}

export class PortalBackend {
  /** The problems shown last for each path, as JSON. */
  private readonly shownProblems = new Map<string, string>();

  isGitBackend() {
    return false;
  }

  status() {
    return Promise.resolve({ auth: { status: true }, api: { status: true, statusPage: '' } });
  }

  authComponent() {
    return LoginPage;
  }

  async authenticate() {
    const { user } = await api.session();
    await loadReferenceTitles();
    return user;
  }

  async logout() {
    // Without a session nothing could be kept any more.
    await beforeLogout();
    const ended = await api.logout().catch(() => undefined);
    if (ended) location.reload();
  }

  getToken() {
    return Promise.resolve('');
  }

  async entriesByFolder(folder: string) {
    return (await api.list(folder)).map((listed) => ({
      file: { path: listed.path, id: listed.path },
      data: listedText(listed),
    }));
  }

  allEntriesByFolder(folder: string) {
    return this.entriesByFolder(folder);
  }

  entriesByFiles(files: { path: string; label: string }[]) {
    return Promise.all(
      files.map(async ({ path, label }) => {
        const file = await api.file(path);
        if (file) setVersion(path, file.version);
        return { file: { path, id: path, label }, data: file?.text ?? '' };
      }),
    );
  }

  async getEntry(path: string) {
    const file = await api.file(path);
    if (file) {
      // The path may be a former one.
      setVersion(file.path, file.version);
      return asEntry(file);
    }
    if (!path.startsWith('content/data/')) throw new UserError('没有这条内容，可能已经删除');
    // A reference list or the settings before they were first saved.
    setVersion(path, undefined);
    return asEntry({ path, text: '', stage: 'published' });
  }

  async persistEntry({ dataFiles, assets }: EntryToPersist, { newEntry }: { newEntry?: boolean }) {
    const stored: [string, string][] = [];
    for (const { path, fileObj } of assets)
      stored.push([`/${path}`, `/${(await api.upload(path, fileObj)).path}`]);
    for (const { path, raw } of dataFiles) {
      const text = stored.reduce((whole, [requested, actual]) => whole.replaceAll(requested, actual), raw);
      await this.saveText(path, text, newEntry === true);
    }
    void loadReferenceTitles();
  }

  /** Shows what prevents publishing, unless the same was shown after the last save. */
  private showNewProblems(path: string, problems: readonly Problem[]): void {
    const serialized = JSON.stringify(problems);
    if (problems.length > 0 && this.shownProblems.get(path) !== serialized)
      showProblems('已保存，发布前还要看看这几处', problems);
    this.shownProblems.set(path, serialized);
  }

  private async saveText(path: string, raw: string, isNew: boolean) {
    try {
      const saved = await api.save(
        path,
        raw,
        isNew ? null : (versionOf(path) ?? null),
        takeAcknowledged(path),
      );
      setVersion(path, saved.version);
      if (!isNew) updateListedEntry();
      this.showNewProblems(path, saved.problems);
      window.dispatchEvent(new CustomEvent('portal-saved', { detail: path }));
      // Reference lists and settings have no review: saving publishes them.
      if (path.startsWith('content/data/')) watchBuild(path);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.problems.length > 0) showProblems('没有保存：请先改好下面几处', error.problems);
      else if (error.theirs)
        openConflictDialog({ path, message: error.message, mine: raw, theirs: error.theirs });
      else if (error.status === 409) showProblems(error.message, []);
      throw error;
    }
  }

  async deleteFiles(paths: string[]) {
    for (const path of paths) await (path.startsWith('uploads/') ? api.removeMedia(path) : api.remove(path));
    watchBuild();
  }

  /** Decap loads all uploads whenever an entry opens and uses none of them: the library loads pages, see `media-pages.ts`. */
  async getMedia() {
    return [];
  }

  getMediaFile(path: string) {
    return Promise.resolve(toMediaFile({ path, size: 0 }));
  }

  getMediaDisplayURL(displayURL: string) {
    return Promise.resolve(displayURL);
  }

  async persistMedia({ path, fileObj }: Asset) {
    return toMediaFile(await api.upload(path, fileObj));
  }
}
