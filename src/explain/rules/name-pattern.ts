/** What many names have in common: numbers and hexadecimal identifiers masked, so that sess_1f3a… and sess_77b0… are one. */
import { isText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { globOf } from '../files/name-form.ts';

export interface NamePattern {
  /** For find -name: `*` where names differ, everything else itself. */
  readonly glob: string;
  readonly count: number;
}

/** The patterns of `names`, the most frequent first. Names that are not UTF-8 have none. */
export function namePatterns(names: readonly ByteString[]): NamePattern[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (!isText(name)) continue;
    const glob = globOf(toText(name));
    counts.set(glob, (counts.get(glob) ?? 0) + 1);
  }
  return [...counts].map(([glob, count]) => ({ glob, count })).toSorted((a, b) => b.count - a.count);
}
