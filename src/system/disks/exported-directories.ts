/** Directories that this machine's NFS server exports: clients far away use them, and no process here has them open. */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { unescapeOctal } from '../calls/octal-escapes.ts';

/** What the kernel exports, what it was asked about lately, and what exportfs(8) keeps for it; one path and its clients a line. */
const TABLES = ['/proc/fs/nfsd/exports', '/proc/net/rpc/nfsd.export/content', '/var/lib/nfs/etab'];

/** Each once; none where there is no server. @param tables exports(5) without continued lines, blanks in paths as \040. */
export function exportedDirectories(tables: readonly string[] = TABLES): ByteString[] {
  return [...new Set(tables.flatMap(pathsIn))];
}

function pathsIn(table: string): ByteString[] {
  let text: ByteString;
  try {
    text = fromBytes(readFileSync(table));
  } catch {
    return [];
  }
  return text
    .split('\n')
    .map((line) => unescapeOctal(/^\S+/u.exec(line)?.[0] ?? ''))
    .filter((path) => path.startsWith('/'));
}
