/** The entry at a unit's top: looked at by itself, since the scan tells only what is below. */
import { lstatSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { baseName, parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fillIdentityFromStats, hashEntry, IDENTITY_WORD, identityWords } from '../../model/entry-digest.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import { isUnanswered } from '../../system/calls/unanswered-places.ts';
import type { Candidate } from './candidate.ts';

/** Looks at the entry itself; undefined where it is gone, or would be waited for. */
export function lookAt(path: ByteString): BigIntStats | undefined {
  if (isUnanswered(path)) return undefined;
  try {
    return lstatSync(toBuffer(path), { bigint: true });
  } catch {
    return undefined;
  }
}

export function kindOf(stat: BigIntStats): TmpUnit['kind'] {
  if (stat.isFile()) return 'file';
  if (stat.isSymbolicLink()) return 'symlink';
  if (stat.isSocket()) return 'socket';
  return stat.isFIFO() ? 'fifo' : 'device';
}

export function identityOf(stat: BigIntStats): Candidate['fingerprint']['identity'] {
  const { mode, uid, nlink, size, mtimeNs, ctimeNs } = stat;
  return {
    id: fileIdOfStats(stat),
    mode: Number(mode),
    uid: Number(uid),
    links: Number(nlink),
    sizeBytes: Number(size),
    mtimeNs,
    ctimeNs,
  };
}

const words = identityWords();

/** Puts the hash of a unit's own entry into `entryHash`. */
export function hashTop(path: ByteString, stat: BigIntStats, parent: FileId): void {
  const inode = BigInt(parent.slice(parent.indexOf(':') + 1));
  fillIdentityFromStats(words, stat);
  words[IDENTITY_WORD.parentInodeLow] = Number(inode & 0xffff_ffffn);
  words[IDENTITY_WORD.parentInodeHigh] = Number(inode >> 32n);
  const name = toBuffer(baseName(path));
  hashEntry(words, name, 0, name.length);
}

/** The id of the directory above a path; undefined where it cannot be looked at. */
export function parentId(path: ByteString): FileId | undefined {
  const stat = lookAt(parentPath(path));
  return stat && fileIdOfStats(stat);
}
