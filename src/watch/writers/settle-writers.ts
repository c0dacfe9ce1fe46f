/** Who writes, of those seen writing and those that have the file open: the surest, each told once. */
import type { Writer } from '../../model/watch-event.ts';
import type { SeenWriter } from './sightings.ts';

/** Those seen writing; else short-lived ones; else those that have it open. */
export function settleWriters(seen: readonly SeenWriter[], held: readonly Writer[]): Writer[] {
  const isWriting = (pid: number | undefined): boolean =>
    held.some((one) => one.pid === pid && one.confidence === 'writing');
  // Who was only seen with the file open counts where it lives briefly, and its parent does not write itself.
  const kept = seen.filter(
    ({ isSure, respawns, starter }) => isSure || (respawns > 0 && !isWriting(starter?.pid)),
  );
  const isKnown = ({ pid, command }: Writer): boolean =>
    kept.some(
      ({ identity, respawns }) => identity.pid === pid || (respawns > 0 && identity.command === command),
    );
  const all = [...kept.map(writerOf), ...held.filter((one) => !isKnown(one))];
  const writing = all.filter(({ confidence }) => confidence === 'writing');
  if (writing.length > 0) return writing;
  const brief = all.filter(({ respawns }) => respawns > 0);
  return brief.length > 0 ? brief : all;
}

function writerOf({ identity, respawns, starter, isSure }: SeenWriter): Writer {
  const confidence = isSure ? 'writing' : 'holding';
  return { ...identity, confidence, behind: starter && { kind: 'process', process: starter }, respawns };
}
