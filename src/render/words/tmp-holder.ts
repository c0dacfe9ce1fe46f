/** Words for those who hold something in a unit. Whoever prints them escapes them. */
import { toText } from '../../model/byte-string.ts';
import type { TmpHolder } from '../../model/tmp-reason.ts';

/** "sh (pid 4711) has it open and 2 more" */
export function holderSentence([first, ...others]: readonly TmpHolder[]): string {
  if (!first) return 'a process holds it';
  const pid = first.pid > 0 ? ` (pid ${first.pid})` : '';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${nameOf(first)}${pid} ${holdWords(first)}${more}`;
}

function nameOf(holder: TmpHolder): string {
  if (holder.command !== '') return toText(holder.command);
  return holder.how === 'overlay' || holder.how === 'bind-mount' ? toText(holder.mountPoint) : 'a process';
}

/** How somebody holds a unit, as a person says it. */
export function holdWords(holder: TmpHolder): string {
  switch (holder.how) {
    case 'lock':
      return `locks it (${holder.lock})`;
    case 'mounted-elsewhere':
      return `has it mounted on ${toText(holder.mountPoint)}`;
    default:
      return holds[holder.how];
  }
}

const holds: Readonly<Record<Exclude<TmpHolder['how'], 'lock' | 'mounted-elsewhere'>, string>> = {
  executable: 'runs from it',
  'working-directory': 'works in it',
  descriptor: 'has it open',
  mapping: 'has it mapped',
  root: 'has its root directory in it',
  swap: 'is swapped to',
  'disk-image': 'is a disk image in use',
  exported: 'exports it',
  overlay: 'is an overlay over it',
  'bind-mount': 'is a bind mount of it',
  named: 'is named in it and runs',
  running: 'runs',
};
