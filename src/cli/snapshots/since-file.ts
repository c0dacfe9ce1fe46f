/** Which file `--since` means: the one that is named, or with `last` the newest snapshot of the tree that is kept. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { keptBefore } from './kept-before.ts';

const NEWEST = 'last';

/** Throws UsageError where none is kept. @param root without a link in it. */
export async function sinceFile(since: ByteString, root: ByteString): Promise<ByteString> {
  if (since === '-')
    throw new UsageError('--since takes a file by its name, or last for the newest that is kept');
  if (since !== NEWEST) return since;
  const last = await keptBefore(root);
  if (last) return last.file;
  throw new UsageError(
    'no snapshot of all of it is kept; diskwhy snapshot --keep keeps one, or name a file for --since',
    root,
  );
}
