/** Snapshots of btrfs: how many, where, and why deleting live files gives nothing back. */
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const btrfsSnapshotsWords: FindingWords<'btrfs-snapshots'> = {
  title: () => 'btrfs snapshots',
  evidence: ({ count, directory, first, last }) => [
    `${countOf(count, 'read-only snapshot')} in ${quoted(directory)}: ${count === 1 ? quoted(first) : `${quoted(first)} to ${quoted(last)}`}`,
    'what a snapshot shares with the live files, or with another one, comes back only when the last that has it goes',
  ],
  advice: () =>
    'have the tool that makes them keep fewer, or delete the oldest ones with btrfs; "Exclusive" of btrfs filesystem du is what a single one gives back; deleting live files frees nothing while a snapshot has them',
};
