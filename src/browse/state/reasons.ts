/** Which finding is about a path: the path itself, something around it, or something in it. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';

/** What was written lately is told of everything; it is no reason. */
const NO_REASON: ReadonlySet<Finding['rule']> = new Set(['recent-growth']);

interface Reason {
  readonly finding: Finding;
  readonly where: 'itself' | 'around' | 'inside';
}

export interface Reasons {
  readonly found: Reason | undefined;
  /** Further findings in it. */
  readonly moreInside: number;
}

const byPath = new WeakMap<readonly Finding[], ReadonlyMap<ByteString, Finding>>();

/** What the entry itself was found to be; the finding that explains most, where there are several. */
export function findingAt(findings: readonly Finding[], path: ByteString): Finding | undefined {
  let known = byPath.get(findings);
  if (!known) {
    const pairs = findings
      .filter(({ rule }) => !NO_REASON.has(rule))
      .flatMap((finding) => finding.paths.map((one) => [one, finding] as const));
    // Of equal paths the last stays: the first finding explains most.
    byPath.set(findings, (known = new Map(pairs.toReversed())));
  }
  return known.get(path);
}

export function reasonsFor(findings: readonly Finding[], path: ByteString): Reasons {
  const told = findings.filter(({ rule }) => !NO_REASON.has(rule));
  const itself = findingAt(findings, path);
  const inside = told.filter(
    (finding) => finding !== itself && finding.paths.some((one) => one !== path && isInside(one, path)),
  );
  if (itself) return { found: { finding: itself, where: 'itself' }, moreInside: inside.length };
  const around = nearestAround(told, path);
  if (around) return { found: { finding: around, where: 'around' }, moreInside: inside.length };
  const [first] = inside;
  return first
    ? { found: { finding: first, where: 'inside' }, moreInside: inside.length - 1 }
    : { found: undefined, moreInside: 0 };
}

/** The finding about the deepest directory around a path; what claims no bytes informs of a filesystem as a whole. */
function nearestAround(findings: readonly Finding[], path: ByteString): Finding | undefined {
  let nearest: { finding: Finding; length: number } | undefined;
  for (const finding of findings) {
    if (finding.claimedBytes === 0) continue;
    for (const one of finding.paths) {
      if (one === '/' || !isInside(path, one) || (nearest && one.length <= nearest.length)) continue;
      nearest = { finding, length: one.length };
    }
  }
  return nearest?.finding;
}
