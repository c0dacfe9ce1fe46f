/** Soft thresholds: features become evidence between two values, never at one. */

/** 0 up to `from`, 1 from `to` on, in between in proportion. */
export function ramp(value: number, from: number, to: number): number {
  return clamp((value - from) / (to - from), 0, 1);
}

/** The value, or the nearer of the two where it is beyond them. */
export function clamp(value: number, from: number, to: number): number {
  return Math.min(to, Math.max(from, value));
}
