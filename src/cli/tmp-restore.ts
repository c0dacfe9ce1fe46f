/** `diskwhy tmp --restore RUN`: brings back what a run moved aside. */
import { journalDirectory, restoreRun } from '../clean/clean.ts';
import { joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { ExitCode } from '../model/errors.ts';
import { restoreJson } from '../render/json/deletion.ts';
import { restoreLines } from '../render/screens/tmp/tmp-restore.ts';
import { stateEnvironment } from './state-environment.ts';
import type { Terminal } from './terminal.ts';
import type { TmpOptions } from './tmp-options.ts';
import { readVersion } from './version.ts';

/** @param run as the deletion named it, or the path of its journal. */
export async function restore(
  run: ByteString,
  { shared, journal }: TmpOptions,
  ownUid: number,
  terminal: Terminal,
): Promise<ExitCode> {
  const path =
    typeof journal === 'object'
      ? journal.path
      : run.includes('/')
        ? run
        : joinPath(journalDirectory(stateEnvironment(), ownUid), `${run}.jsonl` as ByteString);
  const source = shared.source === 'portable' ? 'portable' : 'auto';
  const units = restoreRun(path, { ownUid, source });
  await terminal.print(
    shared.json
      ? `${JSON.stringify(restoreJson(units, readVersion()), undefined, 2)}\n`
      : `${restoreLines(units).join('\n')}\n`,
  );
  return units.some(({ obstacle }) => obstacle !== undefined) ? ExitCode.partial : ExitCode.done;
}
