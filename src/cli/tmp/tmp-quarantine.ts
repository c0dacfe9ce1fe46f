/** `diskwhy tmp --quarantined` and `--purge RUN`: what runs have moved aside, listed, and deleted for good. */
import { allSetAside, purge, setAsideBy } from '../../clean/clean.ts';
import type { Deleter, SetAside } from '../../clean/clean.ts';
import { baseName, joinPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PurgedUnit, QuarantinedUnit } from '../../model/deletion.ts';
import { ExitCode } from '../../model/errors.ts';
import { parseAge } from '../../model/written-age.ts';
import { purgeJson, quarantinedJson } from '../../render/json/quarantine.ts';
import { purgeLines, quarantinedLines } from '../../render/screens/tmp/tmp-quarantine.ts';
import { entryCount } from '../../render/screens/tmp/tmp.ts';
import { formatSize } from '../../render/terminal/size.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { consents } from '../terminal/consent.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { journalOfRun, knownJournals } from './tmp-journal.ts';
import type { TmpOptions } from './tmp-options.ts';
import { readVersion } from '../invocation/version.ts';

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
  return setAsideIn(journal, ownUid).flatMap(({ run, units }) =>
    units.map(({ at, path, movedTo, freeableBytes }) => ({
      run,
      journal,
      at,
      path,
      place: joinPath(movedTo, baseName(path)),
      freeableBytes,
    })),
  );
}

/** What one run has set aside, by the journal that tells. */
interface Purgeable {
  readonly journal: ByteString;
  readonly run: string;
  readonly units: readonly SetAside[];
}

/** @param asked the run as the deletion named it, the path of its journal, or an age: all that was set aside longer ago. */
function purgeable(asked: ByteString, options: TmpOptions, ownUid: number): Purgeable[] {
  const ageMs = asked.includes('/') ? undefined : parseAge(toText(asked));
  if (ageMs === undefined) {
    const { path, run } = journalOfRun(asked, options, ownUid);
    return [{ journal: path, ...setAsideBy(path, run, ownUid) }];
  }
  const latest = nowSeconds() * 1000 - ageMs;
  return [...new Set(knownJournals(options, ownUid))].flatMap((journal) =>
    setAsideIn(journal, ownUid).flatMap(({ run, units }) => {
      const old = units.filter(({ at }) => Date.parse(at) <= latest);
      return old.length === 0 ? [] : [{ journal, run, units: old }];
    }),
  );
}

function setAsideIn(journal: ByteString, ownUid: number): ReturnType<typeof allSetAside> {
  try {
    return allSetAside(journal, ownUid);
  } catch {
    // Not one of ours.
    return [];
  }
}

/** Deletes for good what is asked for; see `purgeable`. */
export async function purgeQuarantine(
  asked: ByteString,
  options: TmpOptions,
  who: Deleter,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const found = purgeable(asked, options, who.ownUid);
  const sizes = { exact: options.shared.exactBytes };
  const all = found.flatMap((one) => one.units);
  const bytes = all.reduce((sum, { freeableBytes }) => sum + freeableBytes, 0);
  const question = `Delete ${entryCount(all.length)} for good (${formatSize(bytes, sizes)})? [y/N] `;
  if (all.length > 0 && !options.yes && !(await consents(question, '--purge', terminal, signal))) {
    await terminal.print('Nothing was deleted.\n');
    return signal.aborted ? ExitCode.interrupted : ExitCode.done;
  }
  const units: PurgedUnit[] = [];
  for (const one of found) units.push(...(await purge(one.journal, one.run, one.units, who, signal)));
  await terminal.print(
    options.shared.json
      ? `${JSON.stringify(purgeJson(units, readVersion()), undefined, 2)}\n`
      : `${purgeLines(units, sizes).join('\n')}\n`,
  );
  if (signal.aborted) return ExitCode.interrupted;
  return units.some(({ obstacle }) => obstacle !== undefined) ? ExitCode.partial : ExitCode.done;
}
