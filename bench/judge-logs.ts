/**
 * How right the verdicts on labelled logs are: `node bench/judge-logs.ts FOLDER LABELS.json` judges FOLDER/NAME.log for each
 * name in LABELS, which holds `{ "NAME": { "kind": "loop" | "storm" | "not", "step": "what the failing line must match" } }`.
 * Prints what was called what, the failing steps, and how often a verdict was right by how sure it was.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultTailBytes, judgeLogFile } from '../src/logs/logs.ts';
import { fromText } from '../src/model/byte-string.ts';
import type { LogReport, LogVerdict } from '../src/model/log-report.ts';

interface Label {
  readonly kind: 'loop' | 'storm' | 'not';
  /** A regular expression; empty where there is no failing line. */
  readonly step: string;
}

interface Judged extends Label {
  readonly name: string;
  readonly report: LogReport;
}

/** What a person would accept; a verdict withheld (`unknown`) is neither right nor wrong. */
const acceptable: Readonly<Record<Label['kind'], readonly LogVerdict[]>> = {
  loop: ['restart-loop', 'retry-loop'],
  storm: ['error-storm', 'busy'],
  not: ['busy', 'error-storm'],
};
/** Lower ends of the bands, the surest first. */
const bands = [0.9, 0.7, 0];

async function judgeAll(folder: string, labels: Readonly<Record<string, Label>>): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const [name, label] of Object.entries(labels)) {
    const file = path.resolve(folder, `${name}.log`);
    const report = await judgeLogFile(fromText(file), {
      tailBytes: defaultTailBytes,
      whole: false,
      nowSeconds: Date.now() / 1000,
      zoneMinutes: 0,
      topPatterns: 5,
    });
    judged.push({ name, ...label, report });
  }
  return judged;
}

function isRight({ kind, report }: Judged): boolean {
  return acceptable[kind].includes(report.verdict);
}

function hasRightStep({ step, report }: Judged): boolean {
  return report.step !== null && new RegExp(step, 'iu').test(`${report.step.message}\n${report.step.sample}`);
}

function tell(judged: readonly Judged[]): string[] {
  const given = judged.filter(({ report }) => report.verdict !== 'unknown');
  const loops = judged.filter(({ kind }) => kind === 'loop');
  const found = loops.filter(isRight);
  const others = judged.filter(({ kind }) => kind !== 'loop');
  const mistaken = others.filter(({ report }) => report.verdict.endsWith('-loop'));
  return [
    `loops called a loop: ${found.length} of ${loops.length}`,
    `others called a loop: ${mistaken.length} of ${others.length}`,
    `failing step right: ${found.filter(hasRightStep).length} of ${found.length}`,
    ...bands.map((from, index) => {
      const within = given.filter(
        ({ report: { confidence } }) => confidence >= from && (index === 0 || confidence < bands[index - 1]),
      );
      return `right at ${from} or more: ${within.filter(isRight).length} of ${within.length}`;
    }),
    `withheld (unknown): ${judged.length - given.length}`,
    ...judged
      .filter((one) => !isRight(one) || (one.kind === 'loop' && !hasRightStep(one)))
      .map(
        ({ name, kind, report }) =>
          `  ${name} (${kind}): ${report.verdict} ${report.confidence}, step: ${report.step?.message ?? '-'}`,
      ),
  ];
}

const [folder, labels] = process.argv.slice(2);
if (folder === undefined || labels === undefined) {
  console.error('usage: node bench/judge-logs.ts FOLDER LABELS.json');
  process.exitCode = 2;
} else {
  const wanted = JSON.parse(readFileSync(labels, 'utf8')) as Readonly<Record<string, Label>>;
  console.log(tell(await judgeAll(folder, wanted)).join('\n'));
}
