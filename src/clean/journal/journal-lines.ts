/** The journal's lines: JSON, one event each, written so that a person and the next run can read them. */
import { fromText, isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import type { DeleteOutcome, Obstacle } from '../../model/deletion.ts';
import type { FileId } from '../../model/file-id.ts';

export const JOURNAL_SCHEMA = 'diskwhy/journal@2';

/** The run begins. */
export interface RunRecord {
  readonly type: 'run';
  readonly schema: typeof JOURNAL_SCHEMA;
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly uid: number;
  readonly command: readonly string[];
  readonly units: number;
}

/** Written and synced before anything of the unit is touched: of several units at once, where they are to be deleted. */
export interface IntentRecord {
  readonly type: 'intent';
  readonly at: string;
  /** Number of the unit in this run. */
  readonly unit: number;
  readonly action: 'delete' | 'quarantine';
  readonly path: ByteString;
  readonly rule: string;
  /** Of the directory that holds the unit, and of the unit itself. */
  readonly parent: FileId;
  readonly id: FileId;
  readonly entries: number;
  readonly freeableBytes: number;
  readonly digest: string;
  /** For `quarantine`: where it will be. */
  readonly movedTo: ByteString | undefined;
}

/**
 * Written right before the first name of a unit goes that is to be deleted; without it nothing of the unit was touched.
 * Not synced: where the machine stops then, the unit's directories look new, and it is judged anew when they are old.
 */
interface BegunRecord {
  readonly type: 'begun';
  readonly at: string;
  readonly unit: number;
}

/** Written when the unit is done with. */
export interface OutcomeRecord {
  readonly type: 'outcome';
  readonly at: string;
  readonly unit: number;
  readonly outcome: DeleteOutcome;
  readonly removedEntries: number;
  readonly freedBytes: number;
  /** Without the changes of a unit that changed. */
  readonly obstacle: Obstacle | undefined;
}

/** The run ended by itself; without this line it was killed. */
interface EndRecord {
  readonly type: 'end';
  readonly at: string;
  /** Units begun and not deleted. */
  readonly unfinished: number;
}

/** A later run brought the unit back, finished deleting it, or deleted it where it had been moved to. */
interface LaterRecord {
  readonly type: 'restored' | 'finished' | 'purged';
  /** The run whose unit it was; the last one that began above where it is missing. */
  readonly run?: string;
  readonly at: string;
  readonly unit: number;
}

export type JournalRecord = RunRecord | IntentRecord | BegunRecord | OutcomeRecord | EndRecord | LaterRecord;

const PATHS = ['path', 'movedTo'] as const;

/** One line, its newline included. A path that is not valid UTF-8 stands in base64 beside its text. */
export function journalLine(record: JournalRecord): string {
  const fields: Record<string, unknown> = { ...record };
  if (record.type === 'outcome' && record.obstacle?.kind === 'changed')
    fields['obstacle'] = { kind: 'changed', how: record.obstacle.how };
  for (const name of PATHS) {
    const path = fields[name] as ByteString | undefined;
    if (path === undefined) continue;
    fields[name] = toText(path);
    if (!isText(path)) fields[`${name}Base64`] = toBuffer(path).toString('base64');
  }
  return `${JSON.stringify(fields)}\n`;
}

/** The records of a journal; a line that is not whole (the disk was full, the machine stopped) is passed over. */
export function parseJournal(text: string): JournalRecord[] {
  return text.split('\n').flatMap((line) => {
    try {
      const fields = JSON.parse(line) as Record<string, unknown>;
      for (const name of PATHS) {
        const base64 = fields[`${name}Base64`];
        const value = fields[name];
        if (typeof base64 === 'string') fields[name] = Buffer.from(base64, 'base64').toString('latin1');
        else if (typeof value === 'string') fields[name] = fromText(value);
      }
      return [fields as unknown as JournalRecord];
    } catch {
      return [];
    }
  });
}

/** This moment as the journal's lines have it: ISO 8601, UTC. */
export function journalTime(): string {
  return new Date(nowSeconds() * 1000).toISOString();
}
