/** How far a path leads: the last part of it that is there, whose that is and who may enter it. */
import { statSync } from 'node:fs';
import { parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';

export interface PathStanding {
  readonly isThere: boolean;
  readonly at: ByteString;
  readonly uid: number;
  /** The lowest twelve bits of st_mode. */
  readonly permissions: number;
}

/** @param path absolute. Undefined where not even its beginning may be looked at. */
export function pathStanding(path: ByteString): PathStanding | undefined {
  if (isUnanswered(path)) return undefined;
  for (let at = path; ; at = parentPath(at)) {
    try {
      const { uid, mode } = statSync(toBuffer(at));
      return { isThere: at === path, at, uid, permissions: mode & 0o7777 };
    } catch {
      if (at === '/' || at === '') return undefined;
    }
  }
}
