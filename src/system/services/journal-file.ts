/** Binary journald files, read through journalctl: nothing else promises to know their format. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { type ByteString, toText } from '../../model/byte-string.ts';

/**
 * The journal's entries as text lines with times ("2026-11-22T17:42:26.321933+0000 host name[pid]: …").
 * @param lastEntries only so many of the newest, null for all.
 * Throws ENOENT where there is no journalctl, an Error with its message where it cannot read the file.
 */
export function journalPieces(path: ByteString, lastEntries: number | null): AsyncGenerator<Buffer, void> {
  const range = lastEntries === null ? [] : ['-n', String(lastEntries)];
  return pieces([...range, '--file', toText(path)], null);
}

/** Whose entries: those of a unit ("web.service"), or of a container that logs to the journal (its whole id). */
export type JournalOf = { readonly unit: string } | { readonly container: string };

const OWN_ENTRIES = 200;
/** A journal of gigabytes on a slow disk is not worth the wait. */
const MOST_MS = 3000;

/** The newest entries of one in this machine's journal, as lines. Throws like `journalPieces`, and when they take too long. */
export function journalPiecesOf(of: JournalOf): AsyncGenerator<Buffer, void> {
  const match = 'unit' in of ? `--unit=${of.unit}` : `CONTAINER_ID_FULL=${of.container}`;
  return pieces(['-n', String(OWN_ENTRIES), match], MOST_MS);
}

async function* pieces(words: readonly string[], timeout: number | null): AsyncGenerator<Buffer, void> {
  const child = spawn('journalctl', ['--no-pager', '-q', '-o', 'short-iso-precise', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(timeout === null ? {} : { timeout }),
  });
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    if (complaint.length < 500) complaint += data.toString();
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject);
  child.on('close', resolve);
  ended.catch(() => undefined);
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    const code = await ended;
    if (code !== 0) throw new Error(complaint.trim().split('\n', 1)[0] || `journalctl ended with ${code}`);
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill();
  }
}

/**
 * Fields of the newest entries, oldest first; values that are not text are left out.
 * Throws like `journalPieces`.
 */
export async function journalFields(
  path: ByteString,
  fields: readonly string[],
  lastEntries: number,
): Promise<Partial<Record<string, string>>[]> {
  const { stdout } = await promisify(execFile)(
    'journalctl',
    [
      '--no-pager',
      '-q',
      '-o',
      'json',
      `--output-fields=${fields.join(',')}`,
      '-n',
      String(lastEntries),
      '--file',
      toText(path),
    ],
    { maxBuffer: 64 << 20, timeout: 10_000 },
  );
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      return Object.fromEntries(
        Object.entries(entry).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
      );
    });
}
