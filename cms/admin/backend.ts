import { createElement as h, type ReactElement } from 'react';
import { ApiError, api, SpokenError, siteRoot, type StoredFile, type StoredMedia } from './api.ts';
import { showProblems } from './dialog.ts';
import { refreshNames } from './names.ts';
import { watchBuild } from './status.ts';

/**
 * Decap's backend for the editing server. Its shape is that of `Implementation` in decap-cms-lib-util; entries are
 * files, saved one at a time with the version that was opened.
 */

interface Asset {
  path: string;
  fileObj: File;
}

interface EntryToPersist {
  dataFiles: { path: string; slug: string; raw: string }[];
  assets: Asset[];
}

const asEntry = ({ path, text }: Pick<StoredFile, 'path' | 'text'>) => ({ file: { path, id: path }, data: text });

const asMedia = ({ path, size }: StoredMedia) => {
  const url = siteRoot + path.split('/').map(encodeURIComponent).join('/');
  return { id: path, path, name: path.replace(/^uploads\//, ''), size, url, displayURL: url };
};

interface LoginProps {
  onLogin: (credentials: object) => void;
  inProgress?: boolean;
  config: { display_url?: string };
}

function LoginPage({ onLogin, inProgress, config }: LoginProps): ReactElement {
  return h(
    'main',
    { className: 'portal-login' },
    h('h1', null, '编辑后台'),
    h('p', null, '这里修改的就是本机上的网站内容；保存以后，网站会在后台自动更新。'),
    h(
      'button',
      { type: 'button', disabled: inProgress, onClick: () => onLogin({}) },
      inProgress ? '正在进入…' : '进入',
    ),
    config.display_url && h('a', { href: config.display_url }, '返回网站首页'),
  );
}

export class PortalBackend {
  /** Version of each file as it was when it was opened. */
  private readonly opened = new Map<string, string>();

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
    await refreshNames();
    return user;
  }

  restoreUser() {
    return this.authenticate();
  }

  logout() {}

  getToken() {
    return Promise.resolve('');
  }

  async entriesByFolder(folder: string) {
    return (await api.files(folder)).map(asEntry);
  }

  allEntriesByFolder(folder: string) {
    return this.entriesByFolder(folder);
  }

  entriesByFiles(files: { path: string; label: string }[]) {
    return Promise.all(
      files.map(async ({ path, label }) => {
        const file = await api.file(path);
        return { file: { path, id: path, label }, data: file?.text ?? '' };
      }),
    );
  }

  async getEntry(path: string) {
    const file = await api.file(path);
    if (file) {
      this.opened.set(path, file.version);
      return asEntry(file);
    }
    if (!path.startsWith('content/data/')) throw new SpokenError('没有这条内容，可能已经删除');
    // A list or the settings that nobody has written yet.
    this.opened.delete(path);
    return asEntry({ path, text: '' });
  }

  async persistEntry({ dataFiles, assets }: EntryToPersist, { newEntry }: { newEntry?: boolean }) {
    for (const { path, fileObj } of assets) await api.upload(path, fileObj);
    for (const { path, raw } of dataFiles) {
      const version = newEntry ? null : (this.opened.get(path) ?? null);
      try {
        const saved = await api.save(path, raw, version);
        this.opened.set(path, saved.version);
        if (saved.problems.length > 0) showProblems('已保存，还有几处可以再看看', saved.problems);
      } catch (error) {
        if (error instanceof ApiError && error.problems.length > 0)
          showProblems('没有保存：请先改好下面几处', error.problems);
        if (error instanceof ApiError && error.status === 409)
          showProblems(error.message, [], { name: path.split('/').at(-1) ?? path, text: raw });
        throw error;
      }
    }
    watchBuild();
    void refreshNames();
  }

  async deleteFiles(paths: string[]) {
    for (const path of paths) await (path.startsWith('uploads/') ? api.removeMedia(path) : api.remove(path));
    watchBuild();
  }

  async getMedia() {
    return (await api.media()).map(asMedia);
  }

  getMediaFile(path: string) {
    return Promise.resolve(asMedia({ path, size: 0 }));
  }

  getMediaDisplayURL(displayURL: string) {
    return Promise.resolve(displayURL);
  }

  async persistMedia({ path, fileObj }: Asset) {
    return asMedia(await api.upload(path, fileObj));
  }
}
