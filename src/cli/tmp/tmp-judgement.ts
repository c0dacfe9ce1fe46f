/** Has temp units judged as the options, or a plan's own words, ask for. */
import type { PlanFile } from '../../clean/clean.ts';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { TmpAsked, TmpReport } from '../../model/tmp-report.ts';
import type { Anchors } from '../../system/directories/anchors.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { judgeTmp } from '../../tmp/tmp.ts';
import type { TmpRequest } from '../../tmp/tmp.ts';
import { readUserAccounts } from '../../system/machine/user-accounts.ts';
import type { MountAnswers } from '../../system/mounts/mount-answers.ts';
import { isSilence, silentMounts, silentOn } from '../invocation/answering.ts';
import { openProgressLine, scanProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { TmpOptions } from './tmp-options.ts';

export interface JudgementSettings {
  readonly asked: TmpAsked;
  readonly olderMs: number;
  readonly minBytes: number;
  readonly ageBy: TmpReport['ageBy'];
}

/** What a plan was judged by, or what the options say. */
export function judgementSettings(options: TmpOptions, plan: PlanFile | undefined): JudgementSettings {
  if (plan) return plan;
  const { roots, olderIsExplicit, keep, allUsers, system, assumeUnused } = options;
  const { olderMs, minBytes, ageBy } = options;
  return {
    asked: { roots, olderIsExplicit, keep, allUsers, system, assumeUnused },
    olderMs,
    minBytes,
    ageBy,
  };
}

/** Judges; throws UsageError for a root that is refused. */
export async function judgeWithProgress(
  settings: JudgementSettings,
  { shared, acts, yes, dryRun }: TmpOptions,
  unfinished: TmpRequest['unfinished'],
  ownUid: number,
  terminal: Terminal,
  signal: AbortSignal,
  anchors: Anchors | undefined,
): Promise<TmpReport> {
  using line = openProgressLine(terminal, shared.quiet);
  const request = requestOf(settings, shared, { unfinished, ownUid, anchors });
  const isDeletedNext = acts && yes && !dryRun;
  return await judgeTmp({ ...request, isDeletedNext }, { ...scanProgress(line), signal });
}

/** What the judge is asked, by this user in this environment. */
export function requestOf(
  { asked, olderMs, minBytes, ageBy }: JudgementSettings,
  { source, threads }: Pick<TmpRequest, 'source' | 'threads'>,
  who: {
    readonly unfinished: TmpRequest['unfinished'];
    readonly ownUid: number;
    readonly anchors: Anchors | undefined;
  },
): TmpRequest {
  return {
    ...asked,
    olderMs,
    minBytes,
    ageBy,
    unfinished: who.unfinished,
    anchors: who.anchors,
    uid: who.ownUid,
    home: ownHome(),
    environment: Object.fromEntries(
      Object.entries(process.env).map(([name, value]) => [
        name,
        value === undefined ? undefined : fromText(value),
      ]),
    ),
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    source,
    threads,
    nowSeconds: nowSeconds(),
  };
}

function ownHome(): ByteString | undefined {
  const { HOME: home } = process.env;
  return home?.startsWith('/') === true ? fromText(home) : undefined;
}

/** The report with the mounts that do not answer: in what was judged, and below which the caches of a home would be. */
export async function withSilentMounts(
  report: TmpReport,
  { roots, allUsers }: TmpOptions,
  answers: MountAnswers,
): Promise<TmpReport> {
  const silent = await silentMounts(
    answers,
    report.roots.map(({ path }) => path),
  );
  const homes = allUsers ? readUserAccounts().map(({ home }) => home) : [ownHome() ?? ('/' as ByteString)];
  for (const home of roots.length === 0 ? homes : []) silent.push(...(await silentOn(answers, home)));
  const items = [...new Map(silent.map((one) => [one.path, one])).values()];
  if (items.length === 0) return report;
  const problems = {
    count: report.problems.count + items.length,
    items: [...items, ...report.problems.items],
  };
  return { ...report, complete: false, problems };
}

export function hasSilentMount({ problems }: TmpReport): boolean {
  return problems.items.some(isSilence);
}
