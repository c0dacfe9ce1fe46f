/** What all commands of a report give back together: the sum a person wants to know first. */
import type { Freeable } from '../../model/free-plan.ts';
import type { SizeStyle } from '../terminal/size.ts';
import { formatSize } from '../terminal/size.ts';
import { countOf } from './phrases.ts';

/** "safe to free now: 41.0 GiB with 3 commands; after review: 20.0 GiB more with 1 command" */
export function freeableText(freeable: Freeable, sizes: SizeStyle): string {
  const { safeBytes, reviewBytes, safeCommands, reviewCommands, isExact } = freeable;
  const least = isExact ? '' : 'at least ';
  const part = (bytes: number, commands: number, more = ''): string =>
    `${least}${formatSize(bytes, sizes)}${more} with ${countOf(commands, 'command')}`;
  if (safeBytes + reviewBytes === 0)
    return 'no command gives anything back by itself: it is for people to decide';
  if (safeBytes === 0) return `safe to free now: nothing; after review: ${part(reviewBytes, reviewCommands)}`;
  const safe = `safe to free now: ${part(safeBytes, safeCommands)}`;
  return reviewBytes === 0 ? safe : `${safe}; after review: ${part(reviewBytes, reviewCommands, ' more')}`;
}
