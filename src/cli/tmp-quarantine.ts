/** `diskwhy tmp --quarantined` and `--purge RUN`: what runs have moved aside, listed, and deleted for good. */
import { allSetAside, purge, setAsideBy } from '../clean/clean.ts';
import type { Deleter, SetAside } from '../clean/clean.ts';
import { baseName, joinPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { QuarantinedUnit } from '../model/deletion.ts';
import { ExitCode } from '../model/errors.ts';
import { purgeJson, quarantinedJson } from '../render/json/quarantine.ts';
import { purgeLines, quarantinedLines } from '../render/screens/tmp/tmp-quarantine.ts';
import { entryCount } from '../render/screens/tmp/tmp.ts';
import { formatSize } from '../render/terminal/size.ts';
import { consents } from './consent.ts';
import type { Terminal } from './terminal.ts';
import { journalOfRun, knownJournals } from './tmp-journal.ts';
import type { TmpOptions } from './tmp-options.ts';
import { readVersion } from './version.ts';

/** Lists everything in quarantine by the journals that are known. */
export async function tellQuarantined(
  options: TmpOptions,
  ownUid: number,
  terminal: Terminal,
): Promise<ExitCode> {
  const units = knownJournals(options, ownUid).flatMap((journal) => quarantinedBy(journal, ownUid));
  await terminal.print(
    options.shared.json
      ? `${JSON.stringify(quarantinedJson(units, readVersion()), undefined, 2)}\n`
      : `${quarantinedLines(units, { exact: options.shared.exactBytes }).join('\n')}\n`,
  );
  return ExitCode.done;
}

function quarantinedBy(journal: ByteString, ownUid: number): QuarantinedUnit[] {
  try {
    return allSetAside(journal, ownUid).flatMap(({ run, units }) =>
      units.map(({ at, path, movedTo, freeableBytes }) => ({
        run,
        journal,
        at,
        path,
        place: joinPath(movedTo, baseName(path)),
        freeableBytes,
      })),
    );
  } catch {
    // Not one of ours.
    return [];
  }
}

/** @param asked the run as the deletion named it, or the path of its journal. */
export async function purgeQuarantine(
  asked: ByteString,
  options: TmpOptions,
  who: Deleter,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { path, run } = journalOfRun(asked, options, who.ownUid);
  const found = setAsideBy(path, run, who.ownUid);
  const sizes = { exact: options.shared.exactBytes };
  const bytes = found.units.reduce((sum, { freeableBytes }: SetAside) => sum + freeableBytes, 0);
  const question = `Delete ${entryCount(found.units.length)} for good (${formatSize(bytes, sizes)})? [y/N] `;
  if (!options.yes && !(await consents(question, '--purge', terminal, signal))) {
    await terminal.print('Nothing was deleted.\n');
    return signal.aborted ? ExitCode.interrupted : ExitCode.done;
  }
  const units = await purge(path, found.run, found.units, who, signal);
  await terminal.print(
    options.shared.json
      ? `${JSON.stringify(purgeJson(units, readVersion()), undefined, 2)}\n`
      : `${purgeLines(units, sizes).join('\n')}\n`,
  );
  if (signal.aborted) return ExitCode.interrupted;
  return units.some(({ obstacle }) => obstacle !== undefined) ? ExitCode.partial : ExitCode.done;
}
