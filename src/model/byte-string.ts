/**
 * Names and paths as bytes. Linux names are any bytes but NUL and '/', so a name decoded as UTF-8 may not lead back
 * to its file; a ByteString holds one byte per character (ISO 8859-1) and loses nothing.
 */
import { Buffer, isUtf8 } from 'node:buffer';

declare const bytes: unique symbol;

/** A string whose every character is one byte, 0–255. Not for display: see `toText` and render/terminal/escape.ts. */
export type ByteString = string & { readonly [bytes]: true };

/** The bytes of `text` in UTF-8. */
export function fromText(text: string): ByteString {
  return Buffer.from(text, 'utf8').toString('latin1') as ByteString;
}

/** The bytes of `buffer` from `start` up to `end`. */
export function fromBytes(buffer: Uint8Array, start = 0, end = buffer.length): ByteString {
  return Buffer.from(buffer.buffer, buffer.byteOffset + start, end - start).toString('latin1') as ByteString;
}

/** A fresh Buffer with the bytes: what node:fs takes as a path. */
export function toBuffer(name: ByteString): Buffer {
  return Buffer.from(name, 'latin1');
}

/** The name decoded as UTF-8; bytes that are not valid UTF-8 become U+FFFD (then `isText` is false). */
export function toText(name: ByteString): string {
  return toBuffer(name).toString('utf8');
}

/** Whether the bytes are valid UTF-8, so that `toText` loses nothing. */
export function isText(name: ByteString): boolean {
  return isUtf8(toBuffer(name));
}

/** `parent` and `name` with exactly one slash between them. */
export function joinPath(parent: ByteString, name: ByteString): ByteString {
  return (parent.endsWith('/') ? parent + name : `${parent}/${name}`) as ByteString;
}

/** Whether `path` is `ancestor` or lies below it, by whole components: /scan-2 is not inside /scan. */
export function isInside(path: string, ancestor: string): boolean {
  if (ancestor === '/' || path === ancestor) return true;
  return path.startsWith(ancestor) && path[ancestor.length] === '/';
}

/** The path's components, without empty ones. */
export function components(path: ByteString): ByteString[] {
  return path.split('/').filter((part) => part !== '') as ByteString[];
}

/** The path without its last component; "/" for a path in the root directory. */
export function parentPath(path: ByteString): ByteString {
  return (path.slice(0, Math.max(1, path.lastIndexOf('/'))) || '/') as ByteString;
}

/** The last component. */
export function baseName(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf('/') + 1) as ByteString;
}
