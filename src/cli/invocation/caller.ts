/** Who runs the program, and the environment they run it in. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export interface Caller {
  /** Effective user id; 0 on platforms without. */
  readonly uid: number;
  /** Environment variables as bytes, as paths are. */
  readonly environment: Readonly<Record<string, ByteString | undefined>>;
}

export function readCaller(): Caller {
  return {
    uid: process.geteuid?.() ?? 0,
    environment: Object.fromEntries(
      Object.entries(process.env).map(([name, value]) => [
        name,
        value === undefined ? value : fromText(value),
      ]),
    ),
  };
}
