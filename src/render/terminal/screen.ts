/** What a terminal report is drawn with: width, colours, and how sizes are written. */
import type { SizeStyle } from './size.ts';
import type { Style } from './style.ts';

export interface Screen {
  /** Columns that fit; Infinity where nothing need be cut (a pipe). */
  readonly width: number;
  readonly style: Style;
  readonly sizes: SizeStyle;
  /** Show and rank apparent sizes instead of bytes on disk. */
  readonly apparent: boolean;
  /** Rows per list. */
  readonly top: number;
}

/** Below this width bars are left out. */
const BARS_NEED = 70;

export function hasBars(screen: Screen): boolean {
  return screen.width >= BARS_NEED;
}

/** The size the report is about. */
export function sizeOf(
  screen: Screen,
  one: { readonly diskBytes: number; readonly apparentBytes: number },
): number {
  return screen.apparent ? one.apparentBytes : one.diskBytes;
}
