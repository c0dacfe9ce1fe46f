/** What a run has moved aside and nobody has brought back or deleted since, by its journal. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { readJournal } from '../journal/journal.ts';
import type { IntentRecord, JournalRecord } from '../journal/journal-lines.ts';
import { journalledRuns } from '../journal/journalled-runs.ts';

/** A unit in quarantine. */
export type SetAside = IntentRecord & { readonly movedTo: ByteString };

interface RunSetAside {
  readonly run: string;
  readonly units: SetAside[];
}

/**
 * The run of a journal that is meant, and what it has in quarantine; throws UsageError where there is none.
 * @param run its name; undefined for the only one.
 */
export function setAsideBy(journal: ByteString, run: string | undefined, ownUid: number): RunSetAside {
  const asked = runsIn(journal, ownUid).filter((one) => run === undefined || one.run === run);
  if (run !== undefined && asked.length === 0) throw new UsageError(`knows no run ${run}`, journal);
  const found = asked.filter(({ units }) => units.length > 0);
  if (found.length === 0) throw new UsageError('this run has nothing in quarantine', journal);
  if (found.length > 1)
    throw new UsageError(
      `holds several runs; say which: --journal PATH with ${found.map((one) => one.run).join(' or ')}`,
      journal,
    );
  return found[0];
}

/** What every run of a journal has in quarantine. Throws UsageError where it cannot be read. */
export function allSetAside(journal: ByteString, ownUid: number): RunSetAside[] {
  return runsIn(journal, ownUid).filter(({ units }) => units.length > 0);
}

function runsIn(journal: ByteString, ownUid: number): RunSetAside[] {
  return journalledRuns(readJournal(journal, ownUid)).map(({ run, records }) => ({
    run,
    units: setAsideIn(records),
  }));
}

/** Units with an intent and no outcome (killed in between) may be in quarantine as well. */
function setAsideIn(records: readonly JournalRecord[]): SetAside[] {
  const moved = new Map<number, SetAside>();
  for (const record of records) {
    if (record.type === 'intent' && record.movedTo !== undefined)
      moved.set(record.unit, { ...record, movedTo: record.movedTo });
    else if (record.type === 'restored' || record.type === 'purged') moved.delete(record.unit);
    else if (record.type === 'outcome' && record.outcome !== 'quarantined') moved.delete(record.unit);
  }
  return [...moved.values()];
}
