/** The door of the facts: what a finding is counted under, so that the same cause is one cause on every host. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';

/**
 * The finer kind within a rule, of a known few: what a log's lines say, whose store it is, what a file holds. Empty where
 * the rule says it all. Never a path or a name from the disk: there would be no end of them.
 */
export function classOf(finding: Finding): string {
  switch (finding.rule) {
    case 'runaway-log':
      return finding.isOld ? 'old' : finding.log.verdict;
    case 'store':
      return finding.kind === 'program' ? finding.store : finding.id;
    case 'app-cache':
      return finding.places[0]?.id ?? '';
    case 'package-cache':
      return finding.cache;
    case 'database-logs':
      return finding.kind;
    default:
      return '';
  }
}

/** The deepest of the mount points above a path. */
export function mountPointAbove(
  path: ByteString | undefined,
  filesystems: readonly { readonly mountPoint: ByteString }[],
): ByteString | undefined {
  if (path === undefined) return undefined;
  return filesystems
    .map(({ mountPoint }) => mountPoint)
    .filter((mountPoint) => isInside(path, mountPoint))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
}
