import { showProblems } from '../dialogs/dialog.ts';

/** Files that are pasted or dropped into the editor. */

/** The files of a paste or a drop that brings no text; Word puts a picture of the text beside it. */
export function filesOf(transfer: DataTransfer | null): File[] {
  const hasText = transfer?.types.some((type) => type === 'text/html' || type === 'text/plain');
  return hasText ? [] : [...(transfer?.files ?? [])];
}

/** Whether a browser shows the file as a picture; the server decides whether it may be one. */
export const isPicture = (file: File): boolean => file.type.startsWith('image/');

/**
 * Where no field takes a file, says what to press. Without this a dropped file would open in place of the editor, and
 * what was typed would be gone.
 */
export function guardAgainstFiles(): void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  const isFileField = ({ target }: Event) => target instanceof HTMLInputElement && target.type === 'file';
  window.addEventListener('dragover', (event) => {
    if (holdsFiles(event) && !isFileField(event)) event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    if (event.defaultPrevented || !holdsFiles(event) || isFileField(event)) return;
    event.preventDefault();
    sayWhichButton();
  });
  window.addEventListener('paste', (event) => {
    if (event.defaultPrevented || filesOf(event.clipboardData).length === 0) return;
    event.preventDefault();
    sayWhichButton();
  });
}

const sayWhichButton = () =>
  showProblems('文件不能直接放在这里', [
    {
      severity: 'warning',
      file: '',
      message:
        '正文里的图片：把光标放到正文里再粘贴，拖到正文里，或者用「图片」按钮；封面等图片：按那一栏的「选择图片」；附件：用「内容块」里的「附件」。',
    },
  ]);
