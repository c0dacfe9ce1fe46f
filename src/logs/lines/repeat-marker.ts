/** "message repeated N times: [ … ]" (rsyslog) and "last message repeated N times" (BSD syslog, macOS): lines that weigh N. */

export interface RepeatMarker {
  readonly times: number;
  /** Where the marker starts, and where the repeated text stands; equal offsets when it is not given. */
  readonly from: number;
  readonly insideFrom: number;
  readonly insideTo: number;
}

const pattern = /(?:--- )?(?:last )?message repeated (\d{1,9}) times?(?:: \[ ?)?/iu;

/** @param line text whose offsets equal those of the bytes (Latin-1). Null where the line is no marker. */
export function repeatMarker(line: string): RepeatMarker | null {
  const match = pattern.exec(line);
  if (match === null) return null;
  const insideFrom = match.index + match[0].length;
  const hasInside = match[0].includes('[');
  return {
    times: Number(match[1]),
    from: match.index,
    insideFrom: hasInside ? insideFrom : 0,
    insideTo: hasInside ? line.length - (line.endsWith(']') ? 1 : 0) : 0,
  };
}
