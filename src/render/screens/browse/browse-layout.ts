/** How the lines of the browser's screen are shared between rows and the panel that says why. */

export interface BrowseLayout {
  /** Lines for entries. */
  readonly rows: number;
  /** Undefined where it is switched off, or there is no room. */
  readonly panel:
    | { readonly where: 'beside'; readonly width: number; readonly lines: number }
    | { readonly where: 'below'; readonly width: number; readonly lines: number }
    | undefined;
}

/** Where we are, and the titles of columns. */
const HEAD_LINES = 2;
const FOOT_LINES = 1;
/** From this width on the panel stands beside the rows. */
const BESIDE = 120;
const BESIDE_SHARE = 0.4;
const MOST_BESIDE = 64;
/** A lower terminal has rows only. */
const LEAST_HEIGHT = 14;
const MOST_BELOW = 7;

export function layoutOf(width: number, height: number, showsWhy: boolean): BrowseLayout {
  const room = Math.max(1, height - HEAD_LINES - FOOT_LINES);
  if (!showsWhy || height < LEAST_HEIGHT) return { rows: room, panel: undefined };
  if (width >= BESIDE) {
    const beside = Math.min(MOST_BESIDE, Math.floor(width * BESIDE_SHARE));
    return { rows: room, panel: { where: 'beside', width: beside, lines: room } };
  }
  const lines = Math.min(MOST_BELOW, Math.floor(height / 4));
  // A rule between them.
  return { rows: room - lines - 1, panel: { where: 'below', width, lines } };
}

/** Entries of a list that has the whole screen. */
export function listRoom(height: number): number {
  return Math.max(1, height - HEAD_LINES - FOOT_LINES);
}
