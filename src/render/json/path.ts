/** Paths in JSON, the same everywhere. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export interface PathJson {
  /** As UTF-8 text; bytes that are none are U+FFFD. */
  readonly path: string;
  /** Its bytes, only where the text does not lead back to them. */
  readonly pathBase64?: string;
}

/** `path` as text, and as bytes where text cannot say it. */
export function pathJson(path: ByteString): PathJson {
  const text = toText(path);
  return isText(path) ? { path: text } : { path: text, pathBase64: toBuffer(path).toString('base64') };
}
