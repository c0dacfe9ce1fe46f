/** Explains a tree in this process, as `diskwhy PATH` would, and hands out what it found. */
import { fromText } from '../../src/model/byte-string.ts';
import type { ExplainReport } from '../../src/model/explain-report.ts';
import type { Finding } from '../../src/model/finding.ts';
import { explain } from '../../src/explain/explain.ts';
import type { ExplainRequest } from '../../src/explain/explain.ts';

/** @param path text. `home` makes it the home of the user who asks, so that `~` places are looked for in it. */
export async function explainTree(
  path: string,
  { home, ...overrides }: Partial<ExplainRequest> & { readonly home?: string } = {},
): Promise<ExplainReport> {
  return explain({
    paths: [fromText(path)],
    uid: process.geteuid?.() ?? 0,
    environment: home === undefined ? {} : { HOME: fromText(home) },
    wholeFilesystems: false,
    source: 'auto',
    threads: undefined,
    exclude: [],
    crossMounts: false,
    apparent: false,
    depth: 3,
    top: 10,
    minBytes: 0,
    minShare: 0,
    ...overrides,
  });
}

/** The findings of one rule. */
export async function findingsOf(
  rule: string,
  path: string,
  options: Parameters<typeof explainTree>[1] = {},
): Promise<Finding[]> {
  const { findings } = await explainTree(path, options);
  return findings.filter((finding) => finding.rule === rule);
}
