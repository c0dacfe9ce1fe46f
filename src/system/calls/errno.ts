/** Names of errno values, as node:fs spells them. */
import { constants } from 'node:os';

export { errnoMessage } from '../../model/errno-message.ts';

/** Of two names for one value the first in the alphabet, as node:fs has it: EAGAIN, not EWOULDBLOCK. */
const names = new Map(
  Object.entries(constants.errno)
    .toReversed()
    .map(([name, value]) => [value, name]),
);

/** "EACCES" for 13; "errno 9999" for a value the platform does not name. */
export function errnoName(errno: number): string {
  return names.get(errno) ?? `errno ${errno}`;
}

/** The errno name an exception of node:fs carries, or undefined where it is another kind of error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
