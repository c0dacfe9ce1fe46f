/** `diskwhy tmp --restore RUN`: brings back what a run moved aside. */
import { restoreRun } from '../../clean/clean.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode } from '../../model/errors.ts';
import { restoreJson } from '../../render/json/deletion.ts';
import { restoreLines } from '../../render/screens/tmp/tmp-restore.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { journalOfRun } from './tmp-journal.ts';
import type { TmpOptions } from './tmp-options.ts';
import { readVersion } from '../invocation/version.ts';

/** @param asked as the deletion named it, or the path of its journal. */
export async function restore(
  asked: ByteString,
  options: TmpOptions,
  ownUid: number,
  terminal: Terminal,
): Promise<ExitCode> {
  const { shared } = options;
  const { path, run } = journalOfRun(asked, options, ownUid);
  const source = shared.source === 'portable' ? 'portable' : 'auto';
  const units = restoreRun(path, run, { ownUid, source });
  await terminal.print(
    shared.json
      ? `${JSON.stringify(restoreJson(units, readVersion()), undefined, 2)}\n`
      : `${restoreLines(units).join('\n')}\n`,
  );
  return units.some(({ obstacle }) => obstacle !== undefined) ? ExitCode.partial : ExitCode.done;
}
