/** A program whose clock is so many days and a second ahead, as it may count in whole seconds: change times and birth times cannot be set, so the clock is. */
import type { RunOptions } from './diskwhy.ts';

export function daysLater(count: number): Required<Pick<RunOptions, 'env'>> {
  const clock = `globalThis.real=Date.now;Date.now=()=>real()+${count}*864e5+1000`;
  return { env: { NODE_OPTIONS: `--import=data:text/javascript,${clock}` } };
}
