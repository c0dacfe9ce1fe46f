/** What two words on the command line are compared: files of snapshots, or trees as they are now. */
import { stat } from 'node:fs/promises';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { keptSnapshots, resolveSnapshotRoot } from '../../snapshot/snapshot.ts';
import type { DiffRequest, DiffSource } from '../../snapshot/snapshot.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { allPaths } from '../invocation/operands.ts';
import type { OptionsOf } from '../options/typed-options.ts';
import { readKeeper } from './keeper.ts';
import { snapshotInput } from './snapshot-input.ts';
import type { MountAnswers } from '../../system/mounts/mount-answers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { readVersion } from '../invocation/version.ts';

type Live = Pick<OptionsOf<'diff'>, 'source' | 'threads' | 'exclude' | 'crossMounts'>;

const STANDARD_INPUT = '-' as ByteString;

/** Throws UsageError where one cannot be looked at. */
export async function diffSources(
  operands: readonly ByteString[],
  options: Live,
  signal: AbortSignal,
  terminal: Terminal,
  answers: MountAnswers,
): Promise<Pick<DiffRequest, 'old' | 'new'>> {
  const [before, after] = operands;
  if (after === undefined) return await sinceLast(before, options, terminal, answers);
  if (before === STANDARD_INPUT && after === STANDARD_INPUT)
    throw new UsageError('standard input can be one of the two only');
  await allPaths(
    operands.filter((path) => path !== STANDARD_INPUT),
    terminal,
    answers,
  );
  const sourceOf = async (path: ByteString): Promise<DiffSource> => {
    const isTree = path !== STANDARD_INPUT && (await stat(toBuffer(path))).isDirectory();
    if (!isTree) return { kind: 'file', input: snapshotInput(path, signal) };
    return {
      kind: 'live',
      isAsOther: isAsOther(options),
      request: { ...options, path, nowSeconds: nowSeconds(), version: readVersion() },
    };
  };
  return { old: await sourceOf(before), new: await sourceOf(after) };
}

/** Where nothing is said, a tree is looked at as the snapshot was that it is compared with. */
function isAsOther({ exclude, crossMounts }: Live): boolean {
  return exclude.length === 0 && !crossMounts;
}

/** A tree against the last snapshot of it that is kept. */
async function sinceLast(
  path: ByteString,
  options: Live,
  terminal: Terminal,
  answers: MountAnswers,
): Promise<Pick<DiffRequest, 'old' | 'new'>> {
  if (path === STANDARD_INPUT) throw new UsageError('name what standard input is to be compared with');
  await allPaths([path], terminal, answers);
  const root = resolveSnapshotRoot(path).path;
  const { snapshots } = await keptSnapshots(root, readKeeper());
  const last = snapshots.at(-1);
  if (!last)
    throw new UsageError(
      'no snapshot of it is kept; diskwhy snapshot --keep keeps one, or name two to compare',
      path,
    );
  const live = { ...options, path, nowSeconds: nowSeconds(), version: readVersion() };
  return {
    old: { kind: 'file', input: { path: last.file } },
    new: { kind: 'live', request: live, isAsOther: isAsOther(options) },
  };
}
