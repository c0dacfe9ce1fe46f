/** The only place that reads the wall clock. */

/** Seconds since 1970, with a fraction. */
export function nowSeconds(): number {
  return Date.now() / 1000;
}

/** Minutes the local time is ahead of UTC at that moment. */
export function zoneMinutes(atSeconds: number): number {
  return -new Date(atSeconds * 1000).getTimezoneOffset();
}
