/** The users of this machine, as /etc/passwd lists them (passwd(5)). */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

export interface Account {
  readonly name: ByteString;
  readonly uid: number;
  readonly home: ByteString;
}

/** All accounts of the file; empty where it cannot be read. Accounts of a directory server are not in it. */
export function readAccounts(): Account[] {
  try {
    return parsePasswd(fromBytes(readFileSync('/etc/passwd')));
  } catch {
    return [];
  }
}

/** Parses `name:password:uid:gid:comment:home:shell`. */
export function parsePasswd(text: ByteString): Account[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid = '', , , home = ''] = line.split(':');
    if (!/^\d+$/u.test(uid) || name === '') return [];
    return [{ name: name as ByteString, uid: Number(uid), home: home as ByteString }];
  });
}
