/** Which file a path leads to, links followed. */
import { statSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { isUnanswered } from './unanswered-places.ts';

/** Undefined where it leads nowhere, may not be followed, or would be waited for (see unanswered-places.ts). */
export function idOfPath(path: ByteString): FileId | undefined {
  if (isUnanswered(path)) return undefined;
  try {
    return fileIdOfStats(statSync(toBuffer(path), { bigint: true }));
  } catch {
    return undefined;
  }
}
