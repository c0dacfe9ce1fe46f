/** Which files of a large unit the main thread asks about itself: so many that both threads are ready at once. */

/** It reads and compares all of them beside, and the second thread only asks: measured, a quarter keeps both busy. */
const EACH = 4;

/** By the inode, so that no file is asked about by two threads at once, whatever its names: each would find it open. */
export function isMainThreads(inodeLow: number): boolean {
  return inodeLow % EACH === 0;
}
