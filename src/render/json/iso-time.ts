/** Times in JSON. */

/** Seconds since 1970 as ISO 8601; ECMAScript's times reach 100 million days either way, anything else is null. */
export function isoTime(seconds: number): string | null {
  return Math.abs(seconds) <= 8.64e12 ? new Date(seconds * 1000).toISOString() : null;
}
