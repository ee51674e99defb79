/** Bundling the editor while the server runs, and what people are told meanwhile. */
export interface EditorBundle {
  /** Bundles the editor; resolves when it is there, or when that failed. */
  bundle: () => Promise<void>;
  /** Does not begin to bundle any more. */
  cancel: () => void;
  /** How far it is, Chinese; empty when nothing is left to do. */
  progress: () => string;
  /** Why the editor is not there yet, Chinese. */
  notice: () => string;
}

export interface EditorBundleOptions {
  /** Gets the bundle as `admin/`. */
  folder: string;
  /** Keeps the bundle for the next start. */
  cacheDir: string;
}

export function editorBundle({ folder, cacheDir }: EditorBundleOptions): EditorBundle {
  let progress = '正在打包编辑后台';
  let notice = '编辑后台正在打包，第一次要半分钟左右';
  let isCancelled = false;
  const onProgress = (modules: number) => {
    progress = `正在打包编辑后台：${modules} 个模块`;
  };
  return {
    async bundle() {
      try {
        const { bundleEditor } = await import('./bundle.ts');
        if (!isCancelled) await bundleEditor({ outDir: folder, cacheDir, onProgress });
      } catch (error) {
        notice = '编辑后台没有打包成功，网站不受影响。请管理员看服务器的输出，改好以后重新启动';
        console.error(`编辑后台没有打包成功，网站不受影响。\n${(error as Error).message}`);
      }
      progress = '';
    },
    cancel: () => {
      isCancelled = true;
    },
    progress: () => progress,
    notice: () => notice,
  };
}
