import {
  BEAT_SECONDS,
  type Editing,
  type PresenceAnswer,
  type PresenceCall,
  WATCHED_BEAT_SECONDS,
} from '../../protocol/presence.ts';
import { api } from '../client/api.ts';
import { flushWorkingCopy } from '../unsaved/autosave.ts';
import { freezeForm } from './freeze-form.ts';
import { type PresenceBar, showPresenceBar } from './bar.ts';
import { currentDraft, fillForm, onDraftChange } from '../entries/store.ts';
import { setVersion, versionOf } from '../entries/versions.ts';

/**
 * Presence: says which entry this window is editing, and keeps it from being written in while another window has it. Without
 * an answer from the server everybody may write: saving is guarded by versions.
 */

interface Form {
  path: string;
  id: string;
  /** A form that found the entry taken only looks: it must not begin to write by itself in a text that is no longer new. */
  wants: 'edit' | 'look';
  /** Whether it could be written in at the last answer. */
  wasEditing: boolean;
  /** Whether another window has taken it from this one. */
  isTaken: boolean;
  /** Who has the entry or had it last. */
  other: Editing | undefined;
  data: unknown;
}

let form: Form | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function watchPresence(): void {
  onDraftChange(follow);
  window.addEventListener('pagehide', () => leave(true));
  window.addEventListener('pageshow', ({ persisted }) => persisted && follow());
  // The timers of a window that was hidden or asleep are late.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && form) void beat();
  });
}

function follow(): void {
  const { entry } = currentDraft();
  const path = entry.get('newRecord') ? '' : String(entry.get('path') ?? '');
  if (path === (form?.path ?? '')) return;
  leave(false);
  if (!path) return;
  const data = entry.get('data');
  form = {
    path,
    id: crypto.randomUUID(),
    wants: 'edit',
    wasEditing: false,
    isTaken: false,
    other: undefined,
    data,
  };
  void beat();
}

function leave(isClosing: boolean): void {
  clearTimeout(timer);
  freezeForm(false);
  showPresenceBar(undefined);
  const { path, id } = form ?? {};
  form = undefined;
  if (path && id) void api.presence({ path, form: id, wants: 'leave' }, isClosing).catch(() => {});
}

/** Tells the server and follows its answer; called again and again while the form is open. */
async function beat(wants?: PresenceCall['wants']): Promise<void> {
  const of = form;
  if (!of) return;
  clearTimeout(timer);
  const data = currentDraft().entry.get('data');
  const isTyping = data !== of.data;
  of.data = data;
  const answer = await api
    .presence({ path: of.path, form: of.id, wants: wants ?? of.wants, isTyping })
    .catch(() => undefined);
  if (of !== form) return;
  if (answer) show(of, answer);
  const isOften = answer?.isWatched || answer?.isEditing === false;
  timer = setTimeout(() => void beat(), (isOften ? WATCHED_BEAT_SECONDS : BEAT_SECONDS) * 1000);
}

function show(of: Form, { isEditing, holder, wasTaken }: PresenceAnswer): void {
  const isLost = of.wasEditing && !isEditing;
  of.wasEditing = isEditing;
  of.isTaken = !isEditing && (of.isTaken || isLost || wasTaken);
  if (!isEditing) of.wants = 'look';
  of.other = holder ?? of.other;
  freezeForm(!isEditing);
  if (isLost) void flushWorkingCopy();
  showPresenceBar(isEditing ? undefined : barOf(of, holder));
}

/** What the bar of a form that cannot be written in says. */
function barOf(of: Form, holder: Editing | undefined): PresenceBar {
  const name = of.other?.isSelf ? '你' : (of.other?.name ?? '别人');
  if (!holder)
    return {
      kind: 'free',
      words: `${name}写完了，现在可以写了。`,
      actions: [{ label: '开始写', run: () => void take() }],
    };
  if (of.isTaken) {
    const keepsWords = currentDraft().hasChanged ? '你没有保存的字已经记成你自己的稿子，没有丢。' : '';
    const who = holder.isSelf ? '你在另一个窗口里接着写了' : `${name}接过去了`;
    return {
      kind: 'taken',
      words: `${who}，这里先停下。${keepsWords}`,
      actions: [{ label: '接回来', run: () => void take() }],
    };
  }
  return {
    kind: 'busy',
    words: `${name}正在编辑`,
    since: holder.at,
    actions: [{ label: '我来接着写', run: () => void askToTake(name) }],
  };
}

async function askToTake(name: string): Promise<void> {
  const question = `${name}那边会停下来，看到是你接过去了；没有保存的字留在${name}自己的稿子里，不会丢，也不会到你这里。确定接过来写吗？`;
  if (confirm(question)) await take();
}

/** Takes the entry, and what has been saved meanwhile into the form. */
async function take(): Promise<void> {
  const of = form;
  if (!of) return;
  of.wants = 'edit';
  await beat('take');
  if (form !== of || !of.wasEditing || currentDraft().hasChanged) return;
  const file = await api.file(of.path).catch(() => undefined);
  if (form !== of || !file || file.version === versionOf(of.path)) return;
  setVersion(file.path, file.version);
  fillForm(file.path, file.text, false);
}
