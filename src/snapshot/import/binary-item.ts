/** The items of ncdu's binary export: what their keys and types are numbered, and what follows from a type. */
import { UNKNOWN_LINKS } from './read-entry.ts';
import type { ReadEntry } from './read-entry.ts';

/** Keys; those between them are sums, which are added up anew. */
export const KEY = {
  type: 0,
  name: 1,
  previous: 2,
  apparentBytes: 3,
  diskBytes: 4,
  device: 5,
  readError: 6,
  sub: 12,
  inode: 13,
  links: 14,
  uid: 15,
  mode: 17,
  mtime: 18,
} as const;
export const TYPE = {
  directory: 0,
  regular: 1,
  special: 2,
  link: 3,
  error: -1,
  otherFilesystem: -3,
  kernel: -4,
} as const;

/** What follows from its type, when all of it is read. */
export function settleItem(entry: ReadEntry, type: number): void {
  entry.isRegular = type === TYPE.regular || type === TYPE.link;
  if (type === TYPE.link) {
    if (entry.links <= 1) entry.links = UNKNOWN_LINKS;
    // Without its number an inode cannot be told from others.
    if (!entry.hasInode) entry.links = 1;
    return;
  }
  entry.links = 1;
  if (type === TYPE.error) entry.isUnread = true;
  else if (type === TYPE.otherFilesystem || type === TYPE.kernel) entry.leftOut = 'filesystem';
  else if (type < 0) entry.leftOut = 'pattern';
}
