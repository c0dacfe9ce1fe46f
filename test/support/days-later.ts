/** A program whose clock is ahead: change times and birth times cannot be set, so the clock is. */
import type { RunOptions } from './diskwhy.ts';

export function daysLater(count: number): Required<Pick<RunOptions, 'env'>> {
  const clock = `globalThis.real=Date.now;Date.now=()=>real()+${count}*864e5`;
  return { env: { NODE_OPTIONS: `--import=data:text/javascript,${clock}` } };
}
