/** Which file a path leads to, or stands for. */
import { lstatSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { isUnanswered } from './unanswered-places.ts';

/** Links followed. Undefined where it leads nowhere, may not be followed, or would be waited for (see unanswered-places.ts). */
export function idOfPath(path: ByteString): FileId | undefined {
  return idBy(path, () => statSync(toBuffer(path), { bigint: true }));
}

/** The entry itself, be it a link. */
export function idOfEntry(path: ByteString): FileId | undefined {
  return idBy(path, () => lstatSync(toBuffer(path), { bigint: true }));
}

function idBy(path: ByteString, look: () => BigIntStats): FileId | undefined {
  if (isUnanswered(path)) return undefined;
  try {
    return fileIdOfStats(look());
  } catch {
    return undefined;
  }
}
