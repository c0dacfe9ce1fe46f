/** The accounts of this machine (passwd(5)). */
import { readFileSync } from 'node:fs';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export interface UserAccount {
  readonly name: ByteString;
  readonly uid: number;
  /** As the file says: it need not be there. */
  readonly home: ByteString;
}

/** Accounts in a passwd file; those of directory services are not in it. Empty where it cannot be read. */
export function readUserAccounts(file = '/etc/passwd' as ByteString): UserAccount[] {
  let table: ByteString;
  try {
    table = fromBytes(readFileSync(toBuffer(file)));
  } catch {
    return [];
  }
  return table.split('\n').flatMap((line) => {
    const [name, , uid = '', , , home] = line.split(':') as (ByteString | undefined)[];
    return name !== undefined && /^\d+$/u.test(uid) && home?.startsWith('/') === true
      ? [{ name, uid: Number(uid), home }]
      : [];
  });
}
