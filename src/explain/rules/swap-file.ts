/** Files the kernel swaps to, in use or left behind. */
import type { Finding } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { sizeText } from '../../model/size.ts';
import { readMemory } from '../../system/machine/memory.ts';
import { isInFstab, isSwapFile, readSwapFiles } from '../../system/disks/swaps.ts';
import type { SwapFile } from '../../system/disks/swaps.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import type { Rule } from './rule.ts';
import { quoted, shellWord } from './wording.ts';

export const swapFile: Rule = {
  name: 'swap-file',
  find: (facts, claims) => {
    const active = new Map<string, SwapFile>(readSwapFiles().map((file) => [file.path, file]));
    const known = new Set<string>(
      facts.places.flatMap(({ entry, path }) => (entry.id === 'swap-files' ? [path] : [])),
    );
    return facts.scan.largestFiles
      .filter((file) => file.diskBytes >= facts.worthBytes && !claims.isFileClaimed(file))
      .flatMap((file) => {
        const use = active.get(file.path);
        // What a name promises, the content must keep.
        if (use !== undefined) return activeFinding(file, use, claims);
        return known.has(file.path) && isSwapFile(file.path) ? inactiveFinding(file, facts, claims) : [];
      });
  },
};

function activeFinding(file: RankedFile, { totalBytes, usedBytes }: SwapFile, claims: Claims): Finding {
  const memory = readMemory();
  const room = memory === undefined ? '' : `; ${sizeText(memory.availableBytes)} of memory are available`;
  return {
    rule: 'swap-file',
    title: 'swap file in use',
    ...claims.file(file),
    // Deleting the name of an active one frees nothing.
    freeableBytes: 0,
    paths: [file.path],
    evidence: [
      `the kernel swaps to ${quoted(file.path)}: ${sizeText(usedBytes)} of ${sizeText(totalBytes)} are in use (/proc/swaps)${room}`,
    ],
    remedy: {
      text:
        memory !== undefined && memory.availableBytes < usedBytes
          ? 'leave it: memory has no room for what is swapped out'
          : 'never delete it while it is in use; to make it smaller, end its use, make a smaller one with mkswap, and change its line in /etc/fstab',
      command:
        memory !== undefined && memory.availableBytes < usedBytes
          ? undefined
          : `swapoff ${shellWord(file.path)}`,
    },
    risk: 'never',
  };
}

function inactiveFinding(file: RankedFile, { isRoot }: Facts, claims: Claims): Finding {
  const listed = isInFstab(file.path);
  return {
    rule: 'swap-file',
    title: 'unused swap file',
    ...claims.file(file),
    freeableBytes: file.links === 1 ? file.diskBytes : 0,
    paths: [file.path],
    evidence: [
      `${quoted(file.path)} was made by mkswap and is not in use (/proc/swaps)`,
      listed ? '/etc/fstab names it: it is used again after the next start' : '/etc/fstab does not name it',
    ],
    remedy: {
      text: listed
        ? `either use it (swapon -a) or remove its line in /etc/fstab and delete it${isRoot ? '' : ' as root'}`
        : 'delete it, unless a script or a systemd .swap unit turns it on',
      command: listed ? undefined : `rm -- ${shellWord(file.path)}`,
    },
    risk: 'review',
  };
}
