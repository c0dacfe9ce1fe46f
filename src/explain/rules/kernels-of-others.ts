/** Kernels of a system that does not run: a full disk mounted in a rescue system. Which of them boots next cannot be told from here. */
import { fromText, isInside } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { readInstalledKernels, kernelFilesIn } from '../../system/packages/kernels.ts';
import type { Facts } from '../facts.ts';
import { claimFiles, unclaimedFiles } from '../claims/claim-files.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

export const kernelsOfOthers: Rule = {
  name: 'old-kernels-and-snaps',
  find: (facts, claims) => {
    const directories = bootDirectories(facts, claims);
    if (directories.length === 0) return [];
    const running = readInstalledKernels()?.running;
    return directories.flatMap((directory) => proposalOf(directory, running, facts, claims) ?? []);
  },
};

/** One is what boots; of several, only that system can tell. */
const LEAST_KERNELS = 2;

/** Directories called "boot", and what was named itself: a boot partition may be mounted anywhere. */
function bootDirectories({ scan: { tree, roots }, worthBytes }: Facts, claims: Claims): number[] {
  const found = new Set(roots.flatMap(({ directory, isDirectory }) => (isDirectory ? [directory] : [])));
  for (let directory = 1; directory < tree.columns.count; directory++)
    if (tree.columns.diskBytes[directory] >= worthBytes && tree.name(directory) === 'boot')
      found.add(directory);
  return [...found].filter((directory) => claims.unclaimedBytes(directory) >= worthBytes);
}

function proposalOf(
  directory: number,
  running: string | undefined,
  facts: Facts,
  claims: Claims,
): Proposal | undefined {
  const path = facts.scan.tree.path(directory);
  const kernels = kernelFilesIn(path);
  const releases = [...kernels.keys()];
  // Where the one that runs is among them, the rule before has judged them.
  if (releases.length < LEAST_KERNELS || (running !== undefined && releases.includes(running)))
    return undefined;
  const files = unclaimedFiles(facts, claims, directory, [...kernels.values()].flat());
  const bytes = files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  if (bytes < facts.worthBytes) return undefined;
  return {
    rule: 'old-kernels-and-snaps',
    kind: 'kernels-of-others',
    directory: path,
    releases: releases.map(fromText),
    running: running === undefined ? undefined : fromText(running),
    isOwn: isInside(path, fromText('/boot')),
    ...claimFiles(facts, claims, directory, files),
    freeableBytes: 0,
    paths: [path],
    actions: [looking('ls', '-lt', path)],
    risk: 'review',
  };
}
