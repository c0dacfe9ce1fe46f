/** What this machine calls the owners that quotas are counted by: passwd(5), group(5), projid(5). */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Quota } from '../../model/quota.ts';

/** Each has a name first; where the number is. */
const TABLES = {
  user: { file: '/etc/passwd', numberAt: 2 },
  group: { file: '/etc/group', numberAt: 2 },
  project: { file: '/etc/projid', numberAt: 1 },
} as const;

/** The first name with the number; undefined where there is none, or it is kept elsewhere (a directory service). */
export function ownerName(kind: Quota['kind'], id: number): ByteString | undefined {
  const { file, numberAt } = TABLES[kind];
  let table: ByteString;
  try {
    table = fromBytes(readFileSync(file));
  } catch {
    return undefined;
  }
  const row = table
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[numberAt]?.trim() === String(id) && fields[0] !== '');
  return row?.[0] as ByteString | undefined;
}
