/** Which journals the options of `diskwhy tmp` speak of. */
import { journalDirectory, journalsIn, readUnfinished } from '../../clean/clean.ts';
import type { DeletionRequest, UnfinishedRecord } from '../../clean/clean.ts';
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isDirectoryPath } from '../../system/directories/root-directory.ts';
import { stateEnvironment } from '../invocation/state-environment.ts';

/** Where journals are kept: `default` is the state directory. */
export interface JournalOption {
  readonly journal: 'default' | 'none' | { readonly path: ByteString };
}

/** What `--journal` and `--no-journal` say. */
export function journalOptionOf(journal: ByteString | 'none' | undefined): JournalOption {
  if (journal === undefined) return { journal: 'default' };
  return { journal: isNone(journal) ? 'none' : { path: journal } };
}

function isNone(journal: ByteString | 'none'): journal is 'none' {
  return journal === 'none';
}

/** Where a deletion writes its journal; undefined: none. */
export function journalPlace({ journal }: JournalOption, ownUid: number): DeletionRequest['journal'] {
  if (journal === 'none') return undefined;
  return journal === 'default'
    ? { directory: journalDirectory(stateEnvironment(), ownUid) }
    : { file: journal.path };
}

/** What earlier runs left half done, by every journal there is, also for a run that keeps none itself. */
export function unfinishedUnits(options: JournalOption, ownUid: number): Map<ByteString, UnfinishedRecord> {
  return readUnfinished(journalPlaces(options, ownUid), ownUid);
}

/**
 * The journal that tells of a run, and the run's name in it.
 * @param asked a run's name, or the path of a journal that has only one.
 */
export function journalOfRun(
  asked: ByteString,
  { journal }: JournalOption,
  ownUid: number,
): { readonly path: ByteString; readonly run: string | undefined } {
  if (asked.includes('/')) return { path: asked, run: undefined };
  const own = fromText(`${asked}.jsonl`);
  if (typeof journal !== 'object')
    return { path: joinPath(journalDirectory(stateEnvironment(), ownUid), own), run: asked };
  return { path: isDirectoryPath(journal.path) ? joinPath(journal.path, own) : journal.path, run: asked };
}

/** Every journal that is known. */
export function knownJournals(options: JournalOption, ownUid: number): ByteString[] {
  return journalPlaces(options, ownUid).flatMap(journalsIn);
}

/** The usual place, where there is one, and the one that was named. */
function journalPlaces({ journal }: JournalOption, ownUid: number): ByteString[] {
  const named = typeof journal === 'object' ? [journal.path] : [];
  try {
    return [journalDirectory(stateEnvironment(), ownUid), ...named];
  } catch {
    // There is no usual place: no HOME.
    return named;
  }
}
