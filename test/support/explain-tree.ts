/** Explains a tree in this process, as `diskwhy PATH` would, and hands out what it found. */
import { fromText } from '../../src/model/byte-string.ts';
import type { ExplainReport } from '../../src/model/explain-report.ts';
import type { FindingOf, RuleName } from '../../src/model/finding.ts';
import { saidOf } from '../../src/render/words/said-of.ts';
import type { SaidOfFinding } from '../../src/render/words/said-of.ts';
import { explain } from '../../src/explain/explain.ts';
import type { ExplainRequest } from '../../src/explain/explain.ts';

/** @param path text. `home` makes it the home of the user who asks, so that `~` places are looked for in it. */
export async function explainTree(
  path: string,
  { home, ...overrides }: Partial<ExplainRequest> & { readonly home?: string } = {},
  hooks: Parameters<typeof explain>[1] = {},
): Promise<ExplainReport> {
  const request: ExplainRequest = {
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
  };
  return explain(request, hooks);
}

/** A finding with what is said of it, as a person reads it. */
export type SpokenFinding<Rule extends RuleName = RuleName> = FindingOf<Rule> &
  SaidOfFinding & { readonly remedy: { readonly text: string; readonly command: string | undefined } };

export function spoken<Rule extends RuleName>(
  finding: FindingOf<Rule>,
  nowSeconds: number,
): SpokenFinding<Rule> {
  const said = saidOf(finding, nowSeconds);
  return { ...finding, ...said, remedy: { text: said.advice, command: finding.remedies[0]?.line } };
}

/** The findings of one rule. */
export async function findingsOf<Rule extends RuleName>(
  rule: Rule,
  path: string,
  options: Parameters<typeof explainTree>[1] = {},
): Promise<SpokenFinding<Rule>[]> {
  const { findings, generatedAt } = await explainTree(path, options);
  return findings
    .filter((finding): finding is FindingOf<Rule> => finding.rule === rule)
    .map((finding) => spoken(finding, generatedAt));
}
