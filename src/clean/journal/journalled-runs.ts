/** A journal that was named by hand may hold several runs, one after the other: which line belongs to which. */
import type { JournalRecord } from './journal-lines.ts';

/** One run as a journal tells it. */
export interface JournalledRun {
  /** Its name; empty where the journal does not begin with one. */
  readonly run: string;
  /** Everything it and later runs wrote down of it, its first line included. */
  readonly records: readonly JournalRecord[];
}

/** The runs of a journal, the earliest first. */
export function journalledRuns(records: readonly JournalRecord[]): JournalledRun[] {
  const runs: { run: string; records: JournalRecord[] }[] = [];
  for (const record of records) {
    if (record.type === 'run') {
      runs.push({ run: record.run, records: [record] });
      continue;
    }
    const named = 'run' in record ? runs.find(({ run }) => run === record.run) : undefined;
    const of = named ?? runs.at(-1);
    if (of) of.records.push(record);
    else runs.push({ run: '', records: [record] });
  }
  return runs;
}
