/** What two words on the command line are compared: files of snapshots, or trees as they are now. */
import { stat } from 'node:fs/promises';
import { toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { UsageError } from '../model/errors.ts';
import type { DiffRequest, DiffSource } from '../snapshot/snapshot.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { allPaths } from './operands.ts';
import type { OptionsOf } from './options/typed-options.ts';
import { snapshotInput } from './snapshot-input.ts';
import type { MountAnswers } from '../system/mounts/mount-answers.ts';
import type { Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

const STANDARD_INPUT = '-' as ByteString;

/** Throws UsageError where one cannot be looked at. */
export async function diffSources(
  operands: readonly ByteString[],
  options: Pick<OptionsOf<'diff'>, 'source' | 'threads' | 'exclude' | 'crossMounts'>,
  signal: AbortSignal,
  terminal: Terminal,
  answers: MountAnswers,
): Promise<Pick<DiffRequest, 'old' | 'new'>> {
  const [before, after] = operands;
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
      request: { ...options, path, nowSeconds: nowSeconds(), version: readVersion() },
    };
  };
  return { old: await sourceOf(before), new: await sourceOf(after) };
}
