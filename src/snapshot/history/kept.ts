/** What is in a store: its snapshots with what was noted of each, read anew where the note is missing. */
import { readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { KeptSnapshot } from '../../model/kept-snapshot.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { readSnapshot } from '../import/import.ts';
import { parseSummary, summaryOf } from './summary.ts';
import type { Summary } from './summary.ts';

/** "20261128T030000Z-4f2a.json.zst": when, and what tells two of one second apart. */
const NAME = /^(\d{8}T\d{6}Z-[\da-f]+)\.json\.zst$/u;
/** What a run leaves that is ended while it writes (see new-file.ts). */
const UNFINISHED = /^\.diskwhy-[\da-f]+\.tmp$/u;

/** A snapshot that is there and cannot be read. */
interface DamagedSnapshot {
  readonly file: ByteString;
  readonly reason: string;
}

export interface Kept {
  /** The oldest first. */
  readonly snapshots: readonly KeptSnapshot[];
  readonly damaged: readonly DamagedSnapshot[];
}

export function snapshotName(takenAt: number, tail: string): ByteString {
  const moment = new Date(takenAt * 1000).toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  return `${moment}-${tail}.json.zst` as ByteString;
}

/** Where the note of a snapshot is. */
export function summaryFile(snapshot: ByteString): ByteString {
  return snapshot.replace(/\.json\.zst$/u, '.summary.json') as ByteString;
}

/** Nothing where there is no store. Throws UsageError where it cannot be read. */
export async function readKept(store: ByteString): Promise<Kept> {
  const snapshots: KeptSnapshot[] = [];
  const damaged: DamagedSnapshot[] = [];
  for (const name of namesIn(store)) {
    if (!NAME.test(name)) continue;
    const file = joinPath(store, name);
    try {
      const fileBytes = statSync(toBuffer(file)).size;
      snapshots.push({ file, fileBytes, ...(readSummary(file) ?? (await summaryByReading(file))) });
    } catch (error) {
      // Another run may just have let it go.
      if (errorCode(error) === 'ENOENT') continue;
      if (!(error instanceof UsageError)) throw error;
      damaged.push({ file, reason: error.message });
    }
  }
  return { snapshots: snapshots.toSorted((a, b) => a.takenAt - b.takenAt), damaged };
}

/** The newest one that was noted, by its name alone; undefined where there is none. Never throws: nobody asked for it. */
export function lastNoted(store: ByteString): KeptSnapshot | undefined {
  try {
    for (const name of namesIn(store)
      .filter((one) => NAME.test(one))
      .toSorted()
      .toReversed()) {
      const file = joinPath(store, name);
      const summary = readSummary(file);
      if (summary) return { file, fileBytes: statSync(toBuffer(file)).size, ...summary };
    }
  } catch {
    // A store that cannot be read says nothing.
  }
  return undefined;
}

/** Lets a snapshot go: its file first, so that no note is ever without one for long. */
export function removeKept(file: ByteString): void {
  for (const one of [file, summaryFile(file)])
    try {
      unlinkSync(toBuffer(one));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
}

/** What runs left that were ended half-way, and notes without a snapshot. The store must be locked. */
export function tidyStore(store: ByteString): void {
  const names = new Set<string>(namesIn(store));
  for (const name of names) {
    const isLeft =
      UNFINISHED.test(name) ||
      (name.endsWith('.summary.json') && !names.has(name.replace(/\.summary\.json$/u, '.json.zst')));
    if (isLeft) unlinkSync(toBuffer(joinPath(store, name as ByteString)));
  }
}

function namesIn(store: ByteString): ByteString[] {
  try {
    return readdirSync(toBuffer(store), { encoding: 'latin1' }) as ByteString[];
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return [];
    if (code === undefined) throw error;
    throw new UsageError(errnoMessage(code), store);
  }
}

function readSummary(file: ByteString): Summary | undefined {
  try {
    return parseSummary(readFileSync(toBuffer(summaryFile(file)), 'utf8'));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

async function summaryByReading(file: ByteString): Promise<Summary> {
  const options = { nowSeconds: 0, largestCount: 0, rankByApparent: false };
  const { scan, head } = await readSnapshot({ path: file }, options);
  // What was left out is not told by the file.
  return summaryOf(scan, { takenAt: head.writtenAt ?? 0, filesystem: head.filesystem, isPlain: false });
}
