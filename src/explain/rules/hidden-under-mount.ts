/** Files that were written before a filesystem was mounted over their directory: they take space and cannot be seen. */
import { parentPath } from '../../model/byte-string.ts';
import type { HiddenTree } from '../../model/ledger.ts';
import type { Finding } from '../../model/finding.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from './rule.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { countOf, quoted, shellWord } from './wording.ts';

export const hiddenUnderMount: Rule = {
  name: 'hidden-under-mount',
  find: (facts) =>
    facts.hiddenTrees
      .filter(({ diskBytes }) => diskBytes >= facts.worthBytes)
      .map((tree) => findingOf(tree, facts)),
};

function findingOf(tree: HiddenTree, { mounts }: Facts): Finding {
  const { mountPoint, coveredBy, diskBytes, entries, largest } = tree;
  const below = mountOf(mounts, parentPath(mountPoint))?.mountPoint ?? mountPoint;
  const { source, type } = coveredBy;
  return {
    rule: 'hidden-under-mount',
    title: 'hidden under a mount',
    diskBytes,
    claimedBytes: diskBytes,
    freeableBytes: diskBytes,
    paths: [mountPoint, ...largest.map(({ path }) => path)],
    evidence: [
      `${countOf(entries, 'entry', 'entries')} lie in ${quoted(mountPoint)}, written before ${quoted(source)} (${type}) was mounted over it`,
    ],
    remedy: {
      text: `look at them through a bind mount of ${quoted(below)}, which shows what mounts cover; move or delete them there`,
      command: `mount --bind ${shellWord(below)} /mnt`,
    },
    risk: 'review',
  };
}
