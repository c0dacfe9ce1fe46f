/** Paths in JSON, the same everywhere. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** `path` as text, and as bytes where text cannot say it. */
export function pathJson(path: ByteString): { path: string; pathBase64?: string } {
  const text = toText(path);
  return isText(path) ? { path: text } : { path: text, pathBase64: toBuffer(path).toString('base64') };
}
