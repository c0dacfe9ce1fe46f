/** Files that were written before a filesystem was mounted over their directory: they take space and cannot be seen. */
import { parentPath } from '../../model/byte-string.ts';
import type { HiddenTree } from '../../model/ledger.ts';
import type { Proposal } from '../../model/finding.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../claims/rule.ts';

export const hiddenUnderMount: Rule = {
  name: 'hidden-under-mount',
  find: (facts) =>
    facts.hiddenTrees
      .filter(({ diskBytes }) => diskBytes >= facts.worthBytes)
      .map((tree) => proposalOf(tree, facts)),
};

function proposalOf(tree: HiddenTree, { mounts }: Facts): Proposal {
  const { mountPoint, coveredBy, diskBytes, entries, largest } = tree;
  const below = mountOf(mounts, parentPath(mountPoint))?.mountPoint ?? mountPoint;
  return {
    rule: 'hidden-under-mount',
    mountPoint,
    coveredBy,
    entries,
    below,
    diskBytes,
    claimedBytes: diskBytes,
    // Looking frees nothing; what of it may go, a person decides who has seen it.
    freeableBytes: 0,
    paths: [mountPoint, ...largest.map(({ path }) => path)],
    actions: [
      {
        kind: 'look-under-mount',
        below,
        path: mountPoint,
        frees: { bytes: 0, certainty: 'exact' },
        loses: 'nothing',
        risk: 'review',
        needs: { root: true },
      },
    ],
    risk: 'review',
  };
}
