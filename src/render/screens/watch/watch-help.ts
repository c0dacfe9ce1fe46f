/** The page that explains the words of the live screen. */
import type { WatchScreen } from './watch-screen.ts';
import { wrapWords } from '../../terminal/wrap.ts';

export function watchHelpLines(screen: WatchScreen): string[] {
  const entries = [
    'q, Ctrl-C: end, with a summary',
    '?: this page, and back',
    '! before a file: it grows fast enough to raise an alarm (--rate, --grown)',
    'restart loop: a program dies and is started again; retry loop: one step fails and is tried again',
    'error storm: failures that come from outside; busy: the lines are real work; –: too little speaks either way',
    'open in: the process has the file open for writing, but was not seen writing',
    'likely: nobody was seen; the path is one that this program writes',
    '←: who stands behind a program that writes what others say, or who keeps starting it',
    'full in: soonest and latest, from what was free in the last minute and quarter of an hour',
  ];
  return entries.flatMap((entry) => wrapWords('  ', entry, screen.width));
}
