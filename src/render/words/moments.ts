/** When something was, as a person reads it beside other moments. */

/** "2026-11-28 03:00 UTC"; "at an unknown time" where nobody knows. */
export function momentText(seconds: number | undefined): string {
  if (seconds === undefined || Math.abs(seconds) > 8.64e12) return 'at an unknown time';
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** "8.0 days", "3.5 hours", "12 minutes" */
export function spanText(seconds: number): string {
  if (seconds >= DAY) return `${(seconds / DAY).toFixed(1)} days`;
  if (seconds >= HOUR) return `${(seconds / HOUR).toFixed(1)} hours`;
  return `${Math.round(seconds / MINUTE)} minutes`;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
