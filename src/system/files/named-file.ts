/** Which file a path names, whose it is and when it was last touched, for those few that are asked about by name. */
import { lstatSync } from 'node:fs';
import { isUnanswered } from '../calls/unanswered-places.ts';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { BLOCK_BYTES } from '../../model/size.ts';

export interface NamedFile {
  readonly id: FileId;
  readonly uid: number;
  readonly isDirectory: boolean;
  readonly isRegular: boolean;
  readonly diskBytes: number;
  /** Seconds since 1970. */
  readonly modifiedAt: number;
  readonly changedAt: number;
  readonly readAt: number;
  /** 0 where the filesystem does not keep it. */
  readonly bornAt: number;
}

/** Undefined where it is gone, cannot be looked at or would be waited for. Links are not followed. */
export function namedFile(path: ByteString): NamedFile | undefined {
  if (isUnanswered(path)) return undefined;
  try {
    const stat = lstatSync(toBuffer(path), { bigint: true, throwIfNoEntry: false });
    if (!stat) return undefined;
    return {
      id: fileIdOfStats(stat),
      uid: Number(stat.uid),
      isDirectory: stat.isDirectory(),
      isRegular: stat.isFile(),
      diskBytes: Number(stat.blocks) * BLOCK_BYTES,
      modifiedAt: seconds(stat.mtimeNs),
      changedAt: seconds(stat.ctimeNs),
      readAt: seconds(stat.atimeNs),
      bornAt: seconds(stat.birthtimeNs),
    };
  } catch {
    return undefined;
  }
}

const NANOSECONDS = 1_000_000_000n;

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds / NANOSECONDS);
}
