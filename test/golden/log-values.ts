/** What `diskwhy log --json` says of each log, without its words and its times of day. */
import { byName, namingBelow } from './relative.ts';
import type { PathJson } from './relative.ts';
import type { Values } from './values.ts';

/** The keys that are read, and no others. */
interface Report {
  readonly files: readonly (PathJson & {
    readonly verdict: string;
    readonly confidence: number;
    readonly lines: number;
    readonly bytesRead: number;
    readonly patterns: readonly { readonly count: number; readonly everySeconds: number | null }[];
  })[];
}

/** @param root what paths are told below. */
export function logValues(report: object, root: string): Values {
  const { files } = report as Report;
  return byName(files, namingBelow(root), ({ verdict, confidence, lines, bytesRead, patterns }) => ({
    verdict,
    confidence,
    lines,
    bytesRead,
    patterns: patterns.map(({ count, everySeconds }) => ({ count, everySeconds })),
  }));
}
