/** What a path names: the entry itself, and what it leads to where it is a link. */
import { lstatSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

/** None where there is nothing of that name, or it may not be looked at. */
export function idsOfPath(path: ByteString): FileId[] {
  if (isUnanswered(path)) return [];
  const itself = lookWith(lstatSync, path);
  if (!itself) return [];
  const target = itself.isSymbolicLink() ? lookWith(statSync, path) : undefined;
  return [fileIdOfStats(itself), ...(target ? [fileIdOfStats(target)] : [])];
}

function lookWith(look: typeof lstatSync, path: ByteString): BigIntStats | undefined {
  try {
    return look(toBuffer(path), { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
