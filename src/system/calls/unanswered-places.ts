/**
 * Places where a look may wait for ever: mounts whose server or process has not answered yet. Whoever comes by them
 * unasked passes them over, so that one of them keeps nobody.
 */
import { readlinkSync } from 'node:fs';
import { components, fromBytes, isInside, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** As many as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** Of this thread; empty where nobody asked mounts whether they answer. */
let unanswered: readonly ByteString[] = [];

/** @param places mount points; they take the place of those set before. */
export function setUnanswered(places: readonly ByteString[]): void {
  unanswered = places;
}

/** For another thread, which has a list of its own. */
export function unansweredPlaces(): readonly ByteString[] {
  return unanswered;
}

/** Whether an absolute path leads into one of them, links followed. Touches none of them. */
export function isUnanswered(path: ByteString): boolean {
  if (unanswered.length === 0 || !path.startsWith('/')) return false;
  for (const here of stepsOf(path)) if (unanswered.some((place) => isInside(here, place))) return true;
  return false;
}

/**
 * What is looked at on the way to an absolute path, "/" first, links followed. It is made as it is asked for: a step
 * is touched only when the one after it is wanted.
 */
export function* stepsOf(path: ByteString): Generator<ByteString, void, undefined> {
  let here = '/' as ByteString;
  let links = 0;
  const left = components(path).toReversed();
  yield here;
  while (left.length > 0) {
    const name = left.pop()!;
    if (name === '.') continue;
    if (name === '..') {
      here = here.slice(0, Math.max(1, here.lastIndexOf('/'))) as ByteString;
      continue;
    }
    const next = joinPath(here, name);
    yield next;
    const target = linkAt(next);
    if (target === undefined || ++links > MOST_LINKS) {
      here = next;
      continue;
    }
    if (target.startsWith('/')) here = '/' as ByteString;
    left.push(...components(target).toReversed());
  }
}

function linkAt(path: ByteString): ByteString | undefined {
  try {
    return fromBytes(readlinkSync(toBuffer(path), { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}
