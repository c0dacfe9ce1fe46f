/** Runs the judge of `diskwhy tmp` inside a test: on one root, with a clock in the future, since ctime cannot be set back. */
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { keepReasonOf } from '../../src/model/tmp-reason.ts';
import type { KeepReason, TmpReason } from '../../src/model/tmp-reason.ts';
import type { TmpReport, TmpUnit } from '../../src/model/tmp-report.ts';
import { adviceWords } from '../../src/render/words/tmp-advice.ts';
import { holdWords } from '../../src/render/words/tmp-holder.ts';
import { reasonWords, whatWords } from '../../src/render/words/tmp.ts';
import { judgeTmp } from '../../src/tmp/tmp.ts';
import type { TmpRequest } from '../../src/tmp/tmp.ts';
import { runScript } from './run-script.ts';

export const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;

/** Days from now to the clock of `later()`: what a test makes now is that old to the judge. */
export const DAYS_LATER = 30;

export function nowSeconds(): number {
  return Date.now() / 1000;
}

/** Seconds since 1970, a month from now. */
export function later(): number {
  return nowSeconds() + DAYS_LATER * DAY_SECONDS;
}

/** A request for one root, everything in it two days old being old enough. */
export function requestFor(root: string, more: Partial<TmpRequest> = {}): TmpRequest {
  return {
    roots: [fromText(root)],
    olderMs: 2 * DAY_MS,
    olderIsExplicit: true,
    minBytes: 0,
    ageBy: ['mtime', 'ctime', 'btime', 'atime'],
    keep: [],
    allUsers: false,
    system: false,
    assumeUnused: false,
    unfinished: new Map(),
    uid: process.getuid!(),
    home: '/nonexistent-home' as ByteString,
    environment: {},
    platform: 'linux',
    source: 'auto',
    threads: 1,
    nowSeconds: later(),
    ...more,
  };
}

/** A unit with its values in words, as a report tells them. */
export interface ToldUnit extends Omit<TmpUnit, 'reason' | 'what' | 'holders'> {
  readonly what: string;
  readonly why: TmpReason;
  readonly reason: string;
  readonly keepReason: KeepReason | undefined;
  readonly holders: readonly { readonly pid: number; readonly how: string }[];
  readonly remedy: { readonly text: string; readonly command: string | undefined } | undefined;
}

export function told(unit: TmpUnit, report: TmpReport): ToldUnit {
  return {
    ...unit,
    what: whatWords(unit, report.roots[unit.root]),
    why: unit.reason,
    reason: reasonWords(unit),
    keepReason: keepReasonOf(unit.reason),
    holders: unit.holders.map((holder) => ({ pid: holder.pid, how: holdWords(holder) })),
    remedy: unit.advice && adviceWords(unit.advice),
  };
}

/** The report on one root, and its units by name. */
export interface Judged {
  readonly report: TmpReport;
  /** Throws where there is no such unit. */
  readonly unit: (name: string) => ToldUnit;
  /** Every unit's verdict. */
  readonly verdicts: Readonly<Record<string, string>>;
}

export async function judged(root: string, more: Partial<TmpRequest> = {}): Promise<Judged> {
  return overview(await judgeTmp(requestFor(root, more)));
}

function overview(report: TmpReport): Judged {
  const byName = new Map(report.units.map((unit) => [unit.path.slice(unit.path.lastIndexOf('/') + 1), unit]));
  return {
    report,
    unit: (name) => {
      const unit = byName.get(name);
      if (!unit) throw new Error(`no unit ${name} among ${[...byName.keys()].join(', ')}`);
      return told(unit, report);
    },
    verdicts: Object.fromEntries([...byName].map(([name, { verdict }]) => [name, verdict])),
  };
}

/** What a judge in a process of its own says of a unit. */
export interface ToldVerdict {
  readonly verdict: string;
  readonly keepReason: string | undefined;
  readonly reason: string;
}

/** Judges in another process: as another user, or under a command that takes something away. */
export function judgedElsewhere(
  root: string,
  { more = '', ...user }: { more?: string; uid?: number; gid?: number; under?: readonly string[] } = {},
): Record<string, ToldVerdict> {
  return runScript(
    `import { judged } from './test/support/judged.ts';
     const { unit, verdicts } = await judged(${JSON.stringify(root)}, { ${more} });
     console.log(JSON.stringify(Object.fromEntries(Object.keys(verdicts).map((name) => {
       const { verdict, keepReason, reason } = unit(name);
       return [name, { verdict, keepReason, reason }];
     }))));`,
    user,
  ) as Record<string, ToldVerdict>;
}
