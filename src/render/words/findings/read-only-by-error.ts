/** A filesystem that takes no writes since an error. */
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const readOnlyByErrorWords: FindingWords<'read-only-by-error'> = {
  title: ({ isShutDown }) =>
    isShutDown ? 'filesystem shut down by an error' : 'filesystem made read-only by an error',
  evidence: ({ mountPoint, device, type, kernelSaid }) => [
    `${quoted(mountPoint)} (${type} on ${quoted(device)}) is mounted to be written, and the kernel lets nobody write: it met an error there`,
    ...(kernelSaid === undefined ? [] : [`it said last: ${quoted(kernelSaid)}`]),
  ],
  advice: ({ type, device }) =>
    `delete nothing, that cannot work: see what the kernel says and whether the disk fails, save what matters, then unmount it and check it from outside (${checkOf(type, quoted(device))})`,
};

/** fsck(8) of each; on btrfs repairing is the last resort, and XFS's log is replayed by mounting first. */
function checkOf(type: string, device: string): string {
  if (type === 'xfs') return `xfs_repair -n ${device}`;
  if (type === 'btrfs') return `btrfs check --readonly ${device}`;
  return `fsck -f ${device}`;
}
