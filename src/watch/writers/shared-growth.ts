/** Who writes what grows together: the writers of its fastest members, each with its part of the bytes. */
import type { Writer } from '../../model/watch-event.ts';
import type { GrowingMember } from '../ground/ground.ts';

/** The largest part first. @param writersOf who writes one of them. */
export function sharedWriters(
  members: readonly GrowingMember[],
  writersOf: (member: GrowingMember) => readonly Writer[],
): Writer[] {
  const found = new Map<string, { readonly writer: Writer; weight: number }>();
  let total = 0;
  for (const member of members) {
    const writers = writersOf(member);
    if (writers.length === 0) continue;
    total += member.bytesPerSecond;
    for (const writer of writers) {
      // Those that come and go are one writer by their command.
      const key = writer.respawns > 0 ? writer.command : `${writer.pid}`;
      const one = found.get(key) ?? { writer, weight: 0 };
      one.weight += member.bytesPerSecond / writers.length;
      found.set(key, one);
    }
  }
  if (total === 0) return [];
  return [...found.values()]
    .map(({ writer, weight }) => ({ ...writer, share: weight / total }))
    .toSorted((a, b) => b.share - a.share);
}
