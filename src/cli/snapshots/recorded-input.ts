/** A tree that `--from` names, read whole; what asks the machine itself is refused beside it. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { readSnapshot } from '../../snapshot/snapshot.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import type { OptionKey } from '../options/option-table.ts';
import { dashed, optionTable } from '../options/option-table.ts';
import type { Request } from '../options/typed-options.ts';
import { readProgress } from '../terminal/progress.ts';
import type { ProgressLine } from '../terminal/progress.ts';
import { snapshotInput } from './snapshot-input.ts';

/** They are about this machine, or about how it is read. */
const LIVE_ONLY: readonly OptionKey[] = [
  'wholeFilesystems',
  'owners',
  'crossMounts',
  'exclude',
  'source',
  'threads',
  'failIf',
  'warnIf',
  'check',
  'measureMs',
  'failsOnFinding',
  'listen',
  'everyMs',
  'fillMs',
  'pathLabels',
];

export function refuseBesideFrom({ operands, given }: Pick<Request, 'operands' | 'given'>): void {
  if (operands.length > 0) throw new UsageError('--from stands in place of a path; leave one of them out');
  const live = LIVE_ONLY.find((key) => given.has(key));
  if (live !== undefined)
    throw new UsageError(
      `${dashed(optionTable[live].name)} asks the machine itself, and --from reads what was written down before`,
    );
}

/** Undefined where `signal` ended it. Throws UsageError where the file is no whole snapshot. */
export async function readRecorded(
  from: ByteString,
  asked: { readonly largestCount: number; readonly rankByApparent: boolean },
  signal: AbortSignal,
  line: ProgressLine,
): Promise<Awaited<ReturnType<typeof readSnapshot>> | undefined> {
  return await readSnapshot(
    snapshotInput(from, signal),
    { ...asked, nowSeconds: nowSeconds() },
    { signal, onRead: readProgress(line, from) },
  ).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
}
