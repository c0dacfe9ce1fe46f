/** What `diskwhy tmp --json` judged, without its words, its times and its pids. */
import { byName, namingBelow } from './relative.ts';
import type { PathJson } from './relative.ts';
import type { Values } from './values.ts';

/** The keys that are read, and no others. */
interface Report {
  readonly roots: readonly (PathJson & { readonly origin: string; readonly diskBytes: number })[];
  readonly units: readonly (PathJson & {
    readonly verdict: string;
    readonly keepReason: string | null;
    readonly diskBytes: number;
    readonly freeableBytes: number;
  })[];
  readonly small: { readonly count: number; readonly diskBytes: number };
  readonly totals: { readonly deletableBytes: number };
}

/** @param root what paths are told below. @param counts whether a unit is the world's own. */
export function tmpValues(report: object, root: string, counts = (_path: string): boolean => true): Values {
  const { roots, units, small, totals } = report as Report;
  const naming = namingBelow(root);
  const owned = units.filter(({ path }) => counts(path));
  return {
    roots: byName(roots, naming, ({ origin, diskBytes }) => ({ origin, diskBytes })),
    units: byName(owned, naming, ({ verdict, keepReason, diskBytes, freeableBytes }) => ({
      verdict,
      keepReason,
      diskBytes,
      freeableBytes,
    })),
    small: { count: small.count, diskBytes: small.diskBytes },
    deletableBytes: totals.deletableBytes,
  };
}
