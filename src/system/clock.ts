/** The only place that reads the wall clock. */

/** Seconds since 1970, with a fraction. */
export function nowSeconds(): number {
  return Date.now() / 1000;
}
