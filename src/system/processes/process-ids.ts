/** Which processes there are (proc(5)). */
import { readdirSync } from 'node:fs';

/** Every process there is now, as far as this user may see; none where there is no /proc. */
export function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
