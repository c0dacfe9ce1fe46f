/** Words for what would change a verdict of `diskwhy tmp`. */
import type { TmpAdvice } from '../../model/tmp-reason.ts';

/** What would change the verdict, and the command that does it, where there is one. */
export function adviceWords(advice: TmpAdvice): {
  readonly text: string;
  readonly command: string | undefined;
} {
  switch (advice.code) {
    case 'owner': {
      const { note, inspect, command } = advice;
      const text = note ?? (inspect === undefined ? 'leave it to its owner' : `${inspect} shows it`);
      return { text, command };
    }
    case 'owner-can-too':
      return { text: 'its owner can do it too', command: advice.command };
    default:
      return { text: options[advice.code], command: undefined };
  }
}

const options = {
  '--system': "--system judges root's own directories too",
  '--all-users': '--all-users judges what belongs to others too',
  '--age-by mtime': '--age-by mtime judges by modification alone',
  '--assume-unused': 'it goes with --assume-unused only',
  sudo: 'sudo shows them',
} as const;
