/** Words for what would change a verdict of `diskwhy tmp`. */
import type { Remedy } from '../../model/action.ts';
import type { TmpAdvice } from '../../model/tmp-reason.ts';

/** What would change the verdict, and the command that does it, where there is one. */
export function adviceWords(advice: TmpAdvice): {
  readonly text: string;
  readonly command: string | undefined;
} {
  switch (advice.code) {
    case 'owner': {
      const { note, blankCommand, remedies } = advice;
      const shows = remedies.find(({ action }) => action.kind === 'look')?.line;
      const text = note ?? (shows === undefined ? 'leave it to its owner' : `${shows} shows it`);
      return { text, command: givingLine(remedies) ?? blankCommand };
    }
    case 'owner-can-too':
      return { text: 'its owner can do it too', command: givingLine(advice.remedies) };
    default:
      return { text: options[advice.code], command: undefined };
  }
}

/** The command that makes room, to paste. */
function givingLine(remedies: readonly Remedy[]): string | undefined {
  return remedies.find(({ action }) => action.kind !== 'look')?.line;
}

const options = {
  '--system': "--system judges root's own directories too",
  '--all-users': '--all-users judges what belongs to others too',
  '--age-by mtime': '--age-by mtime judges by modification alone',
  '--assume-unused': 'it goes with --assume-unused only',
  sudo: 'sudo shows them',
} as const;
