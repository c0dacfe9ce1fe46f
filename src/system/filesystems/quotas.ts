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

/** Owners with a limit on the filesystem of a block device; none where quotas are off or may not be read. */
export function readQuotas(device: ByteString): Quota[] {
  const libc = loadLibc();
  if (!libc) return [];
  const name = Buffer.from(`${device}\0`, 'latin1');
  const answer = Buffer.alloc(ANSWER_BYTES);
  const quotas: Quota[] = [];
  for (const [type, kind] of KINDS.entries()) {
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
      };
      if (quota.hardBytes + quota.softBytes + quota.hardInodes + quota.softInodes > 0) quotas.push(quota);
      id = found + 1;
    }
  }
  return quotas;
}
