/** What `watch --once` tells beside the last minute: what changed below a path since its last snapshot that is kept. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { SnapshotDiff } from '../../model/snapshot-diff.ts';
import { diffJson } from '../../render/json/diff.ts';
import { diffLines } from '../../render/screens/diff/diff.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { diffSnapshots, resolveSnapshotRoot } from '../../snapshot/snapshot.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { lastKept } from '../snapshots/kept-before.ts';
import type { OptionsOf } from '../options/typed-options.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

/** On a screen, what changed by less than this share of the largest change is left out of the tree. */
const WORTH_A_LINE = 0.01;
const LEVELS = 4;
/** A rate over less than what would be watched is none: times of snapshots are whole seconds. */
const LEAST_SECONDS = 60;

export interface GrowthSince {
  readonly text: string;
  /** It grew by --grown, or as fast as --rate, since then. */
  readonly isAlarm: boolean;
}

/** For each path of which a snapshot is kept. @param complain of one that cannot be compared. */
export async function growthSinceKept(
  paths: readonly ByteString[],
  options: OptionsOf<'watch'>,
  signal: AbortSignal,
  terminal: Terminal,
  complain: (message: string) => void,
): Promise<GrowthSince[]> {
  const since: GrowthSince[] = [];
  for (const path of paths) {
    try {
      const diff = await sinceLast(path, options, signal);
      if (diff) since.push(toldOf(diff, options, terminal));
    } catch (error) {
      if (signal.aborted) return since;
      if (!(error instanceof UsageError)) throw error;
      // What happens now is told all the same.
      complain(
        `what grew below ${displayName(path)} since the last snapshot is not known: ${reasonOf(error)}`,
      );
    }
  }
  return since;
}

function reasonOf({ message, path }: UsageError): string {
  return path === undefined ? message : `${displayName(path)}: ${message}`;
}

async function sinceLast(
  path: ByteString,
  { exclude, crossMounts, top, json }: OptionsOf<'watch'>,
  signal: AbortSignal,
): Promise<SnapshotDiff | undefined> {
  const last = await lastKept(resolveSnapshotRoot(path).path);
  if (!last) return undefined;
  const live = { path, exclude, crossMounts, nowSeconds: nowSeconds(), version: readVersion() };
  return await diffSnapshots(
    {
      old: { kind: 'file', input: { path: last.file } },
      new: {
        kind: 'live',
        request: { ...live, source: 'auto', threads: undefined },
        isAsOther: exclude.length === 0 && !crossMounts,
      },
      byApparent: false,
      limits: { depth: LEVELS, top, minShare: json ? 0 : WORTH_A_LINE },
    },
    { signal },
  );
}

function toldOf(diff: SnapshotDiff, options: OptionsOf<'watch'>, terminal: Terminal): GrowthSince {
  const isTooMuch = isAlarm(diff, options);
  if (options.json)
    return { text: `${JSON.stringify(diffJson(diff, readVersion(), options.top))}\n`, isAlarm: isTooMuch };
  const lines = diffLines(diff, screenFor(options, terminal));
  const alarm = isTooMuch ? ['ALARM  that is more than --rate or --grown allows'] : [];
  const text = `${['SINCE THE LAST SNAPSHOT', ...lines, ...alarm, ''].join('\n')}\n`;
  return { text, isAlarm: isTooMuch };
}

function isAlarm(diff: SnapshotDiff, options: OptionsOf<'watch'>): boolean {
  const { alarmBytesPerSecond, alarmGrownBytes = Infinity } = options;
  const grown = diff.new.bytes - diff.old.bytes;
  const seconds = (diff.new.takenAt ?? Number.NaN) - (diff.old.takenAt ?? Number.NaN);
  return (
    grown > 0 && (grown >= alarmGrownBytes || grown / Math.max(seconds, LEAST_SECONDS) >= alarmBytesPerSecond)
  );
}
