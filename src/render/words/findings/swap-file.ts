/** Swap files, in use or left behind. */
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const swapFileWords: FindingWords<'swap-file'> = {
  title: ({ kind }) => (kind === 'active' ? 'swap file in use' : 'unused swap file'),
  evidence: (finding) => {
    const { file } = finding;
    if (finding.kind === 'inactive')
      return [
        `${quoted(file)} was made by mkswap and is not in use (/proc/swaps)`,
        finding.isInFstab
          ? '/etc/fstab names it: it is used again after the next start'
          : '/etc/fstab does not name it',
      ];
    const { usedBytes, totalBytes, availableBytes } = finding;
    const room = availableBytes === undefined ? '' : `; ${sizeText(availableBytes)} of memory are available`;
    return [
      `the kernel swaps to ${quoted(file)}: ${sizeText(usedBytes)} of ${sizeText(totalBytes)} are in use (/proc/swaps)${room}`,
    ];
  },
  advice: (finding) => {
    if (finding.kind === 'inactive')
      return finding.isInFstab
        ? 'either use it (swapon -a) or remove its line in /etc/fstab and delete it as root'
        : 'delete it, unless a script or a systemd .swap unit turns it on';
    return finding.availableBytes !== undefined && finding.availableBytes < finding.usedBytes
      ? 'leave it: memory has no room for what is swapped out'
      : 'never delete it while it is in use; to make it smaller, end its use, make a smaller one with mkswap, and change its line in /etc/fstab';
  },
};
