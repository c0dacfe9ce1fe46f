/** `diskwhy tmp --restore RUN`: brings back what a run moved aside. */
import { restoreRun } from '../clean/clean.ts';
import { fromText, joinPath } from '../model/byte-string.ts';
import { ExitCode } from '../model/errors.ts';
import { displayName, escapeText } from '../render/terminal/escape.ts';
import { entryCount } from '../render/screens/tmp/tmp.ts';
import { journalDirectory } from './state-directory.ts';
import type { Terminal } from './terminal.ts';
import type { TmpOptions } from './tmp-options.ts';

/** @param run as the deletion named it, or the path of its journal. */
export async function restore(
  run: string,
  { shared, journal }: TmpOptions,
  ownUid: number,
  terminal: Terminal,
): Promise<ExitCode> {
  const named = terminal.argumentBytes(run);
  const path =
    typeof journal === 'object'
      ? journal.path
      : run.includes('/')
        ? named
        : joinPath(journalDirectory(ownUid), fromText(`${run}.jsonl`));
  const units = restoreRun(path, ownUid, shared.source === 'portable' ? 'portable' : 'auto');
  const problems = units.filter(({ problem }) => problem !== undefined);
  const lines = [`RESTORED ${entryCount(units.length - problems.length)}.`];
  for (const unit of problems)
    lines.push(
      `  not restored: ${displayName(unit.path)}: ${escapeText(unit.problem ?? '')}; it lies in ${displayName(unit.place)}`,
    );
  await terminal.print(`${lines.join('\n')}\n`);
  return problems.length > 0 ? ExitCode.partial : ExitCode.done;
}
