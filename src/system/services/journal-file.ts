/** Binary journald files, read through journalctl: nothing else promises to know their format. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { type ByteString, toText } from '../../model/byte-string.ts';

/**
 * The journal's entries as text lines with times ("2026-11-22T17:42:26.321933+0000 host name[pid]: …").
 * @param lastEntries only so many of the newest, null for all.
 * Throws ENOENT where there is no journalctl, an Error with its message where it cannot read the file.
 */
export async function* journalPieces(
  path: ByteString,
  lastEntries: number | null,
): AsyncGenerator<Buffer, void> {
  const range = lastEntries === null ? [] : ['-n', String(lastEntries)];
  const child = spawn(
    'journalctl',
    ['--no-pager', '-q', '-o', 'short-iso-precise', ...range, '--file', toText(path)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
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
