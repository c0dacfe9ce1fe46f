/** Quotas as the kernel keeps them (quotactl(2), linux/quota.h): for ext4, XFS and whatever else counts by owner. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Quota } from '../../model/quota.ts';
import { loadLibc } from '../calls/libc.ts';

/** The order of linux/quota.h: USRQUOTA, GRPQUOTA, PRJQUOTA. */
const KINDS: readonly Quota['kind'][] = ['user', 'group', 'project'];

/** Q_GETNEXTQUOTA (Linux 4.6): the entry of this id or the next higher one. */
const GET_NEXT = 0x80_0009;
/** struct if_nextdqblk: eight 64-bit numbers, then valid and id. */
const ANSWER_BYTES = 72;
const ID_AT = 68;
/** QIF_DQBLKSIZE: block limits count kibibytes, the space used counts bytes. */
const LIMIT_UNIT = 1024;
const MOST_OWNERS = 100_000;
const MOST_ID = 2 ** 31 - 1;

/** Q_XGETQSTAT (linux/dqblk_xfs.h), answered by every filesystem: in its flags two bits a kind, counted and enforced. */
const GET_STATE = 0x5805;
const FLAGS_AT = 2;

/**
 * Owners with a limit on the filesystem of a block device; none where quotas are off, may not be read, or are counted
 * and not enforced: so ext4 does without `usrquota`, `grpquota`, `prjquota` among its mount options.
 */
export function readQuotas(device: ByteString): Quota[] {
  const libc = loadLibc();
  if (!libc) return [];
  const name = Buffer.from(`${device}\0`, 'latin1');
  const answer = Buffer.alloc(ANSWER_BYTES);
  const state = Buffer.alloc(ANSWER_BYTES * 2);
  const quotas: Quota[] = [];
  for (const [type, kind] of KINDS.entries()) {
    const isAnswered =
      libc.quotactl((GET_STATE << 8) | type, libc.addressOf(name), 0, libc.addressOf(state)) === 0;
    if (isAnswered && (state.readUInt16LE(FLAGS_AT) & (2 << (2 * type))) === 0) continue;
    let id = 0;
    for (let asked = 0; asked < MOST_OWNERS && id <= MOST_ID; asked++) {
      if (libc.quotactl((GET_NEXT << 8) | type, libc.addressOf(name), id, libc.addressOf(answer)) !== 0)
        break;
      const number = (index: number): number => Number(answer.readBigUInt64LE(index * 8));
      const found = answer.readUInt32LE(ID_AT);
      const quota = {
        kind,
        id: found,
        hardBytes: number(0) * LIMIT_UNIT,
        softBytes: number(1) * LIMIT_UNIT,
        usedBytes: number(2),
        hardInodes: number(3),
        softInodes: number(4),
        usedInodes: number(5),
        bytesGraceEndsAt: number(6),
        inodesGraceEndsAt: number(7),
      };
      if (quota.hardBytes + quota.softBytes + quota.hardInodes + quota.softInodes > 0) quotas.push(quota);
      id = found + 1;
    }
  }
  return quotas;
}
