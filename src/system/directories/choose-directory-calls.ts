/** Which directory calls work on this machine. */
import type { DirectoryCalls } from './directory-calls.ts';
import { loadLibc } from '../calls/libc.ts';
import { libcDirectoryCalls } from './libc-directory-calls.ts';
import { procDirectoryCalls } from './proc-directory-calls.ts';

/** The calls that work on this machine, or undefined. `portable` leaves libc out. */
export function chooseDirectoryCalls(source: 'auto' | 'portable'): DirectoryCalls | undefined {
  const libc = source === 'auto' ? loadLibc() : undefined;
  return (libc && libcDirectoryCalls(libc)) ?? procDirectoryCalls();
}
