/** Bars drawn with eighths of a block. */

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar for `share` (0–1) of `width` columns, without padding; something above zero always shows. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  if (share > 0 && filled === 0) return eighths[1];
  return '█'.repeat(Math.floor(filled / 8)) + eighths[filled % 8];
}

/** The same with spaces up to `width`. */
export function paddedBar(share: number, width: number): string {
  return bar(share, width).padEnd(width);
}
