/** Bytes written lately: within the last hour, day and week, by modification time. */

/** Times from which on a file counts; seconds since 1970. */
export interface RecentWindow {
  readonly hour: number;
  readonly day: number;
  readonly week: number;
  /** Times from here on lie in the future and prove nothing. */
  readonly end: number;
}

/** Where bytes written lately are added up, by directory. */
export interface RecentColumns {
  readonly hour: Float64Array;
  readonly day: Float64Array;
  readonly week: Float64Array;
}

const HOUR = 3600;
/** Clocks of file servers, and files written while the scan runs. */
const TOLERANCE = HOUR;

export function recentWindow(nowSeconds: number): RecentWindow {
  return {
    hour: nowSeconds - HOUR,
    day: nowSeconds - 24 * HOUR,
    week: nowSeconds - 7 * 24 * HOUR,
    end: nowSeconds + TOLERANCE,
  };
}

/** Adds a file of `blocks` to directory `at`. */
export function addRecent(
  columns: RecentColumns,
  at: number,
  window: RecentWindow,
  mtime: number,
  blocks: number,
): void {
  if (mtime <= window.week || mtime >= window.end) return;
  columns.week[at] += blocks;
  if (mtime > window.day) columns.day[at] += blocks;
  if (mtime > window.hour) columns.hour[at] += blocks;
}
