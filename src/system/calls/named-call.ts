/** System calls by the name that the C library has for them, and by their number where it has none. */
import type { openNativeLibrary } from './native-library.ts';

type LibraryHandle = ReturnType<ReturnType<typeof openNativeLibrary>['load']>;

/**
 * Numbers by processor (asm/unistd.h) of what glibc 2.28 (getdents64), musl (getdents64) and musl before 1.2.5 (statx,
 * renameat2) have no name for.
 */
const NUMBERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  x64: { getdents64: 217, renameat2: 316, statx: 332 },
  arm64: { getdents64: 61, renameat2: 276, statx: 291 },
};

/** The function with this prototype in C. Throws where neither the library nor the table has it. */
export function namedCall(
  libc: LibraryHandle,
  prototype: string,
  number = NUMBERS[process.arch]?.[nameIn(prototype)],
): (...words: readonly number[]) => number {
  try {
    return libc.func(prototype);
  } catch (error) {
    if (number === undefined) throw error;
    const byNumber = libc.func(prototype.replace(`${nameIn(prototype)}(`, 'syscall(intptr_t, '));
    return (...words) => byNumber(number, ...words) as number;
  }
}

function nameIn(prototype: string): string {
  return /(?<name>\w+)\(/u.exec(prototype)!.groups!['name'];
}
