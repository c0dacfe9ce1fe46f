/** Snapshots of btrfs: how many, where, what they hold, and why deleting live files gives nothing back. */
import type { SnapshotHeldFile, SnapshotShares } from '../../../model/findings/btrfs-snapshots.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const btrfsSnapshotsWords: FindingWords<'btrfs-snapshots'> = {
  title: () => 'btrfs snapshots',
  evidence: ({ count, writable, directory, first, last, shares, heldFiles }) => [
    `${kindText(count, writable)} in ${quoted(directory)}: ${count === 1 ? quoted(first) : `${quoted(first)} to ${quoted(last)}`}`,
    ...(shares ? [sharesText(shares, count)] : []),
    ...heldFiles.map(heldText),
    ...(writable === 0
      ? []
      : ['what can be written may be in use: make sure that nothing runs from there before it is deleted']),
    'what a snapshot shares with the live files, or with another one, comes back only when the last that has it goes',
  ],
  advice: () =>
    'have the tool that makes them keep fewer, or delete the oldest ones with btrfs; "Exclusive" of btrfs filesystem du is what a single one gives back; deleting live files frees nothing while a snapshot has them',
};

function kindText(count: number, writable: number): string {
  if (writable === 0) return countOf(count, 'read-only snapshot');
  return writable === count
    ? countOf(count, 'writable snapshot')
    : `${countOf(count, 'snapshot')}, ${writable} of them writable,`;
}

function sharesText({ togetherBytes, mostAlone, isComplete }: SnapshotShares, count: number): string {
  const least = isComplete ? '' : 'at least ';
  const all = `deleting ${count === 1 ? 'it' : 'all of them'} gives back ${least}${sizeText(togetherBytes)}`;
  if (count === 1) return all;
  const alone = mostAlone
    ? `${quoted(mostAlone.name)} alone ${least}${sizeText(mostAlone.bytes)}`
    : 'a single one next to nothing';
  return `${all}, ${alone}`;
}

function heldText({ path, diskBytes, heldBytes, snapshots }: SnapshotHeldFile): string {
  const rest = diskBytes - heldBytes;
  const gives = rest === 0 ? 'nothing' : `no more than ${sizeText(rest)} of ${sizeText(diskBytes)}`;
  const held = `${countOf(snapshots, 'snapshot')} ${snapshots === 1 ? 'holds' : 'hold'} ${rest === 0 ? 'it' : 'the rest'}`;
  return `deleting ${quoted(path)} gives back ${gives}: ${held}`;
}
