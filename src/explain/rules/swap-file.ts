/** Files the kernel swaps to, in use or left behind. */
import type { Proposal } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { readMemory } from '../../system/machine/memory.ts';
import { isInFstab, isSwapFile, readSwapFiles } from '../../system/disks/swaps.ts';
import type { SwapFile } from '../../system/disks/swaps.ts';
import type { Claims } from '../claims/claims.ts';
import type { Rule } from '../claims/rule.ts';
import { systemCommand } from './system-command.ts';

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
        if (use !== undefined) return activeProposal(file, use, claims);
        return known.has(file.path) && isSwapFile(file.path) ? inactiveProposal(file, claims) : [];
      });
  },
};

function activeProposal(file: RankedFile, { totalBytes, usedBytes }: SwapFile, claims: Claims): Proposal {
  const availableBytes = readMemory()?.availableBytes;
  const hasRoom = availableBytes === undefined || availableBytes >= usedBytes;
  return {
    rule: 'swap-file',
    kind: 'active',
    file: file.path,
    totalBytes,
    usedBytes,
    availableBytes,
    ...claims.file(file),
    // Deleting the name of an active one frees nothing.
    freeableBytes: 0,
    paths: [file.path],
    // Brings back into memory what was swapped out; the file itself stays.
    actions: hasRoom ? [systemCommand('swap', 'swapoff', file.path)] : [],
    risk: 'never',
  };
}

function inactiveProposal(file: RankedFile, claims: Claims): Proposal {
  const listed = isInFstab(file.path);
  const freeableBytes = file.links === 1 ? file.diskBytes : 0;
  return {
    rule: 'swap-file',
    kind: 'inactive',
    file: file.path,
    isInFstab: listed,
    ...claims.file(file),
    freeableBytes,
    paths: [file.path],
    actions: listed
      ? []
      : [
          {
            kind: 'delete-files',
            paths: [file.path],
            meaning: 'unused-swap',
            frees: { bytes: freeableBytes, certainty: 'exact' },
            loses: 'nothing',
            risk: 'review',
            needs: { root: true },
          },
        ],
    risk: 'review',
  };
}
