/** Sizes, counts and times as a person reads them. The one importer of filesize. */
import { filesize } from 'filesize';

/** How sizes are written. */
export interface SizeStyle {
  /** Exact bytes instead of KiB, MiB, GiB. */
  readonly exact: boolean;
}

/** "81.4 GiB"; "0 B"; with `exact` "87,412,310,016 B". */
export function formatSize(bytes: number, { exact }: SizeStyle): string {
  if (exact) return `${formatCount(bytes)} B`;
  if (bytes < 1024) return `${bytes} B`;
  return filesize(bytes, { base: 2, standard: 'iec', round: 1, pad: true });
}

/** "+3.2 GiB", "−12.0 MiB", "0 B" */
export function formatChange(bytes: number, sizes: SizeStyle): string {
  const size = formatSize(Math.abs(bytes), sizes);
  if (bytes === 0) return size;
  return (bytes > 0 ? '+' : '−') + size;
}

/** "412,031" */
export function formatCount(count: number): string {
  return count.toString().replaceAll(/\B(?=(\d{3})+$)/gu, ',');
}

/** "64 %", "0.4 %"; "–" where there is no whole. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  return `${percent < 10 && percent > 0 ? percent.toFixed(1) : Math.round(percent)} %`;
}

const spans: readonly (readonly [seconds: number, name: string])[] = [
  [365 * 86_400, 'y'],
  [30 * 86_400, 'mo'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
];

/** How long ago something was: "3 min", "9 d"; "now" below a minute, "future" where the clock says later. */
export function formatAge(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < -60) return 'future';
  const span = spans.find(([length]) => seconds >= length);
  return span ? `${Math.floor(seconds / span[0])} ${span[1]}` : 'now';
}

/** "0.41 s", "12.3 s", "3 min 20 s" */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
