/** The door of the survey: what is scanned and found out for the browser, told step by step. */
import type { ExplainReport } from '../../model/explain-report.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { explain, loadRecorded } from '../../explain/explain.ts';
import { readSnapshot, readSnapshotOf } from '../../snapshot/snapshot.ts';
import { planBoundaries, resolveRoot, scan, visibleMounts } from '../../scan/scan.ts';
import type { ScanHooks } from '../../scan/scan.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { readMounts } from '../../system/mounts/mounts.ts';
import type { SentTree } from '../desk/desk.ts';
import type { Survey, SurveyNews, SurveyOrder } from './messages.ts';

export type { Since, Survey, SurveyNews, SurveyOrder } from './messages.ts';

const PROGRESS_MS = 100;

/** Throws UsageError for a path that cannot be looked at. */
export async function carryOutSurvey(
  order: SurveyOrder,
  tell: (news: SurveyNews) => void,
  signal: AbortSignal,
): Promise<void> {
  let toldAt = -Infinity;
  const hooks: ScanHooks = {
    signal,
    wantsProgress: () => performance.now() - toldAt >= PROGRESS_MS,
    onProgress: ({ entries, diskBytes }) => {
      toldAt = performance.now();
      tell({ news: 'progress', entries, diskBytes });
    },
  };
  if (order.kind === 'scan') {
    const result = await scanAlone(order, hooks);
    tell({ news: 'done', tree: sentTree(result), survey: undefined });
    return;
  }
  if (order.kind === 'before') {
    await readBefore(order, tell, signal);
    return;
  }
  if (order.kind === 'file') {
    await readRecorded(order.path, tell, signal);
    return;
  }
  const report = await explain(order.request, {
    ...hooks,
    live: order.live,
    onScanned: () => tell({ news: 'scanned' }),
  });
  tell({ news: 'done', tree: sentTree(report.scan), survey: surveyOf(report) });
}

/** Files beyond the largest are part of their directories' figures only. */
const MOST_RECORDED = 100_000;

async function readRecorded(
  path: ByteString,
  tell: (news: SurveyNews) => void,
  signal: AbortSignal,
): Promise<void> {
  let bytes = 0;
  let toldAt = -Infinity;
  const now = nowSeconds();
  const { scan: result, head } = await readSnapshot(
    { path },
    { nowSeconds: now, largestCount: MOST_RECORDED, rankByApparent: false },
    {
      signal,
      onRead: (read) => {
        bytes += read;
        if (performance.now() - toldAt < PROGRESS_MS) return;
        toldAt = performance.now();
        tell({ news: 'progress', entries: 0, diskBytes: bytes });
      },
    },
  );
  const explainRecorded = await loadRecorded();
  const report = explainRecorded(
    result,
    { path, program: head.program, writtenAt: head.writtenAt ?? now },
    { depth: 1, top: 1, apparent: false, minBytes: 0, minShare: 1 },
  );
  const recorded = result.largestFiles.map(({ path: _path, ...file }) => file);
  tell({ news: 'done', tree: sentTree(result), survey: surveyOf(report), recorded });
}

async function readBefore(
  { path, root }: Extract<SurveyOrder, { kind: 'before' }>,
  tell: (news: SurveyNews) => void,
  signal: AbortSignal,
): Promise<void> {
  const { scan: result, head } = await readSnapshotOf(root, path, MOST_RECORDED, signal);
  const recorded = result.largestFiles.map(({ path: _path, ...file }) => file);
  tell({
    news: 'before',
    tree: sentTree(result),
    recorded,
    hasAllFiles: recorded.length < MOST_RECORDED,
    since: { takenAt: head.writtenAt, complete: result.complete },
  });
}

async function scanAlone(
  { path, source, threads, exclude, crossMounts }: Extract<SurveyOrder, { kind: 'scan' }>,
  hooks: ScanHooks,
): Promise<ScanResult> {
  const mounts = visibleMounts(readMounts());
  const root = resolveRoot(path, mounts);
  return await scan(
    {
      roots: [root],
      boundaries: planBoundaries(mounts, [root], crossMounts),
      source,
      threads,
      exclude,
      largestCount: 0,
      rankByApparent: false,
      nowSeconds: nowSeconds(),
    },
    hooks,
  );
}

function sentTree({ tree, roots: [{ path, isDirectory }] }: ScanResult): SentTree {
  return { columns: tree.columns, root: { path, isDirectory } };
}

function surveyOf({ generatedAt, scan: result, findings, freeable, filesystems }: ExplainReport): Survey {
  const [filesystem] = filesystems;
  return {
    generatedAt,
    seconds: result.seconds,
    findings,
    freeable,
    filesystem: filesystem && {
      mountPoint: filesystem.mountPoint,
      totalBytes: filesystem.totalBytes,
      usedBytes: filesystem.usedBytes,
      availableBytes: filesystem.availableBytes,
    },
    problems: result.problems.count,
    interrupted: result.interrupted,
  };
}
